import { afterAll, beforeAll, describe, it } from 'vitest';
import { type DataFolder, dataFolder, inboxOf, type LocalRun, postJson, startRun } from '../support/local-run.ts';
import { ownStorage } from '../support/own-storage.ts';
import { listen, type ReceivedRequest, type Reply } from '../support/server.ts';
import { acceptedIds, eventIn, scaleOut } from './autoscale.ts';
import { eventually } from './eventually.ts';

const OK: Reply = { status: 200, body: 'ok' };
const ACCEPTED: Reply = { status: 202 };
// The escapes are part of a signed address: tidying them up would break it.
const SLACK_PATH = '/services/T00000000/B00000000/sesame';
const TEAMS_PATH =
  '/workflows/0a1b/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sig=a-b_c%2Fd';

/** What a receiver answers first, by its path. */
const faults = new Map<string, Reply>();

function reply(good: Reply, { path }: ReceivedRequest): Reply {
  const fault = faults.get(path);
  faults.delete(path);
  return fault ?? good;
}

/** Each test has a chat of its own with either service, because a chat that fails is left alone for a while. */
const CHATS = Array.from({ length: 10 }, (_, number) => `shop-${number}`);

const pathsOf = (chat: string) => ({ slack: `${SLACK_PATH}/${chat}`, teams: `${TEAMS_PATH}&chat=${chat}` });

let slack: Awaited<ReturnType<typeof listen>>;
let teams: Awaited<ReturnType<typeof listen>>;
let folder: DataFolder;
let run: LocalRun;
let url: string;
beforeAll(async () => {
  slack = await listen((request) => reply(OK, request));
  teams = await listen((request) => reply(ACCEPTED, request));
  folder = await dataFolder();
  const receivers = CHATS.flatMap((chat) => [
    [`${chat}-slack`, { type: 'slack', url: slack.url + pathsOf(chat).slack }],
    [`${chat}-teams`, { type: 'teams', url: teams.url + pathsOf(chat).teams }],
  ]);
  const routes = CHATS.map((chat) => ({ match: { resource: chat }, to: [`${chat}-slack`, `${chat}-teams`] }));
  const config = JSON.stringify({ receivers: Object.fromEntries(receivers), routes });
  run = startRun(folder, {
    AzureWebJobsStorage: await ownStorage(),
    RELAY_CONFIG: await folder.write('relay.yaml', config),
  });
  url = await run.ready();
});
afterAll(async () => {
  for (const each of [run, folder, slack, teams]) await each[Symbol.asyncDispose]();
});

let next = 0;

/** A chat that no other test has. */
function ownChat() {
  const chat = CHATS[next] ?? '';
  next += 1;
  return { chat, paths: pathsOf(chat) };
}

/** Posts a new event for a chat, and resolves with its id. */
async function postTo(chat: string): Promise<string> {
  const [id = ''] = await acceptedIds(await postJson(`${url}/api/webhooks`, scaleOut(chat)));
  return id;
}

const about = (id: string, { received }: { received: ReceivedRequest[] }) =>
  received.filter(({ body }) => id.startsWith(eventIn(body) ?? 'no event'));

// Some of these wait for a second try; together they wait once.
describe.concurrent('the local run with receivers of its own', () => {
  it('posts to each at its address, byte for byte, and leaves the inbox empty', async ({ expect }) => {
    const { chat, paths } = ownChat();
    const id = await postTo(chat);

    await eventually(() => expect(about(id, slack)).toHaveLength(1));
    await eventually(() => expect(about(id, teams)).toHaveLength(1));
    expect(about(id, slack)[0]).toMatchObject({ path: paths.slack });
    expect(about(id, teams)[0]).toMatchObject({ path: paths.teams });
    expect(await inboxOf(url)).toMatchObject({ builtIn: false, messages: [] });
  });

  it.for(['slack', 'teams'] as const)(
    'tries %s again after status 503, and does not repeat the other',
    async (name, { expect }) => {
      const { chat, paths } = ownChat();
      faults.set(paths[name], { status: 503 });
      const [failing, other] = name === 'slack' ? [slack, teams] : [teams, slack];

      const id = await postTo(chat);

      await eventually(() => expect(about(id, failing)).toHaveLength(2));
      const [first, second] = about(id, failing);
      // 5 s ± 20 %, counted by Azurite in whole seconds.
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(3_000);
      expect(second?.body).toBe(first?.body);
      expect(about(id, other)).toHaveLength(1);
    },
  );

  it.for(['slack', 'teams'] as const)(
    'tries %s again at once after a cut connection, and does not repeat the other',
    // The try at once may get a connection that the server closes at that moment, and then waits its turn.
    { retry: 1 },
    async (name, { expect }) => {
      const { chat, paths } = ownChat();
      faults.set(paths[name], { status: 200, reset: true });
      const [failing, other] = name === 'slack' ? [slack, teams] : [teams, slack];

      const id = await postTo(chat);

      await eventually(() => expect(about(id, failing)).toHaveLength(2));
      const [first, second] = about(id, failing);
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeLessThan(1_000);
      await eventually(() => expect(about(id, other)).toHaveLength(1));
    },
  );

  it('obeys the Retry-After of a receiver, for all its messages', async ({ expect }) => {
    const { chat, paths } = ownChat();
    faults.set(paths.teams, { status: 429, headers: { 'retry-after': '2' } });
    const id = await postTo(chat);
    await eventually(() => expect(about(id, teams)).toHaveLength(1));

    await postTo(chat);

    const got = () => teams.received.filter(({ path }) => path === paths.teams);
    await eventually(() => expect(got()).toHaveLength(2));
    expect((got()[1]?.at ?? 0) - (got()[0]?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  it('tells what comes too fast in one digest, after a burst of messages', async ({ expect }) => {
    const { chat, paths } = ownChat();

    await Promise.all(Array.from({ length: 30 }, () => postTo(chat)));

    const got = () => slack.received.filter(({ path }) => path === paths.slack);
    await eventually(() => expect(got().at(-1)?.body).toMatch(/digest|\b\d+ (events|times)|×/i));
    // Some more than the burst, since a busy machine takes its time for thirty.
    expect(got().length).toBeLessThan(20);
  });

  it('does not hold up one receiver for another that is slow to answer', async ({ expect }) => {
    const { chat, paths } = ownChat();
    faults.set(paths.teams, { ...ACCEPTED, after: 4_000 });
    const slow = await postTo(chat);
    await eventually(() => expect(about(slow, teams)).toHaveLength(1));

    await eventually(() => expect(about(slow, slack)).toHaveLength(1));
    const { chat: another } = ownChat();
    const id = await postTo(another);
    await eventually(() => expect([...about(id, slack), ...about(id, teams)]).toHaveLength(2));
  });

  it('prints no address of a receiver', async ({ expect }) => {
    const { chat, paths } = ownChat();
    faults.set(paths.slack, { status: 500, body: SLACK_PATH });
    await postTo(chat);

    await eventually(() => expect(run.output).toMatch(/retry +shop-\d-slack .*status-500/));
    for (const secret of ['sesame', 'T00000000', 'sig=', slack.url, teams.url])
      expect(run.output).not.toContain(secret);
  });
});
