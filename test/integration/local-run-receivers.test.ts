import { afterAll, beforeAll, describe, it } from 'vitest';
import { type DataFolder, dataFolder, inboxOf, type LocalRun, postJson, startRun } from '../support/local-run.ts';
import { listen, type ReceivedRequest, type Reply } from '../support/server.ts';
import { acceptedIds, eventIn, scaleOut } from './autoscale.ts';
import { eventually } from './eventually.ts';

const OK: Reply = { status: 200, body: 'ok' };
const ACCEPTED: Reply = { status: 202 };
// The escapes are part of a signed address: tidying them up would break it.
const SLACK_PATH = '/services/T00000000/B00000000/sesame';
const TEAMS_PATH =
  '/workflows/0a1b/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sig=a-b_c%2Fd';

/** What the chats answer first to a message of the event with this short id. */
const faults: Record<'slack' | 'teams', Map<string, Reply>> = { slack: new Map(), teams: new Map() };

function reply(name: 'slack' | 'teams', { body }: ReceivedRequest): Reply {
  const event = eventIn(body) ?? '';
  const fault = faults[name].get(event);
  faults[name].delete(event);
  return fault ?? (name === 'slack' ? OK : ACCEPTED);
}

let slack: Awaited<ReturnType<typeof listen>>;
let teams: Awaited<ReturnType<typeof listen>>;
let folder: DataFolder;
let run: LocalRun;
let url: string;
beforeAll(async () => {
  slack = await listen((request) => reply('slack', request));
  teams = await listen((request) => reply('teams', request));
  folder = await dataFolder();
  run = startRun(folder, { SLACK_WEBHOOK_URL: slack.url + SLACK_PATH, TEAMS_WEBHOOK_URL: teams.url + TEAMS_PATH });
  url = await run.ready();
});
afterAll(async () => {
  for (const each of [run, folder, slack, teams]) await each[Symbol.asyncDispose]();
});

/** Posts a new event and resolves with its id; the chat that is named answers it with the fault first. */
async function postOne(name: 'slack' | 'teams' = 'slack', fault?: Reply): Promise<string> {
  const body = scaleOut();
  if (fault !== undefined) {
    const preview = await postJson(`${url}/api/preview`, body);
    const { events } = (await preview.json()) as { events: { id: string }[] };
    faults[name].set(events[0]?.id.slice(0, 6) ?? '', fault);
  }
  const [id = ''] = await acceptedIds(await postJson(`${url}/api/webhooks`, body));
  return id;
}

const about = (id: string, { received }: { received: ReceivedRequest[] }) =>
  received.filter(({ body }) => id.startsWith(eventIn(body) ?? 'no event'));

// Some of these wait for a second try; together they wait once.
describe.concurrent('the local run with two receivers of its own', () => {
  it('posts to each at its address, byte for byte, and leaves the inbox empty', async ({ expect }) => {
    const id = await postOne();

    await eventually(() => expect(about(id, slack)).toHaveLength(1));
    await eventually(() => expect(about(id, teams)).toHaveLength(1));
    expect(about(id, slack)[0]).toMatchObject({ path: SLACK_PATH });
    expect(about(id, teams)[0]).toMatchObject({ path: TEAMS_PATH });
    expect(await inboxOf(url)).toStrictEqual({ builtIn: false, receivers: ['slack', 'teams'], messages: [] });
  });

  it.for([
    ['slack', 'status 503', { status: 503 }],
    ['teams', 'status 503', { status: 503 }],
    ['slack', 'a cut connection', { status: 200, reset: true }],
    ['teams', 'a cut connection', { status: 202, reset: true }],
  ] as const)('tries %s again after %s, and does not repeat the other', async ([name, _what, fault], { expect }) => {
    const [failing, other] = name === 'slack' ? [slack, teams] : [teams, slack];

    const id = await postOne(name, fault);

    await eventually(() => expect(about(id, failing)).toHaveLength(2));
    const [first, second] = about(id, failing);
    // 5 s ± 20 %, counted by Azurite in whole seconds.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(3_000);
    expect(second?.body).toBe(first?.body);
    expect(about(id, other)).toHaveLength(1);
  });

  it('obeys the Retry-After of a receiver', async ({ expect }) => {
    const id = await postOne('teams', { status: 429, headers: { 'retry-after': '1' } });

    await eventually(() => expect(about(id, teams)).toHaveLength(2), 4_000);
  });

  it('does not hold up one receiver for another that is slow to answer', async ({ expect }) => {
    const slow = await postOne('teams', { ...ACCEPTED, after: 4_000 });
    await eventually(() => expect(about(slow, teams)).toHaveLength(1));

    const id = await postOne();

    await eventually(() => expect(about(slow, slack)).toHaveLength(1), 3_000);
    await eventually(() => expect([...about(id, slack), ...about(id, teams)]).toHaveLength(2), 3_000);
  });

  it('prints no address of a receiver', async ({ expect }) => {
    await postOne('slack', { status: 500, body: SLACK_PATH });

    await eventually(() => expect(run.output).toMatch(/retry +slack .*status-500/));
    for (const secret of ['sesame', 'T00000000', 'sig=', slack.url, teams.url])
      expect(run.output).not.toContain(secret);
  });
});
