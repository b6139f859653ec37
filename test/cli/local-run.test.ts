import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../integration/eventually.ts';
import { doubtedStorage } from '../support/doubted-storage.ts';
import { type DataFolder, dataFolder, type LocalRun, postJson, startRun } from '../support/local-run.ts';
import { listen } from '../support/server.ts';
import { cli, folderWith, json } from './support/cli.ts';

// A real relay, a Slack that refuses every message until it is mended, and the command line between them.
let mended = false;
let slack: Awaited<ReturnType<typeof listen>>;
let config: Awaited<ReturnType<typeof folderWith>>;
let folder: DataFolder;
let run: LocalRun;
let url: string;

beforeAll(async () => {
  slack = await listen(() => (mended ? { status: 200, body: 'ok' } : { status: 404, body: 'no_service' }));
  config = await folderWith({ 'relay.yaml': `receivers:\n  ops: { type: slack, url: "${slack.url}/verysecret" }\n` });
  folder = await dataFolder();
  run = startRun(folder, {
    AzureWebJobsStorage: await doubtedStorage('ops'),
    RELAY_CONFIG: `${config.path}/relay.yaml`,
  });
  url = await run.ready();
});

afterAll(async () => {
  for (const each of [run, folder, slack, config]) await each[Symbol.asyncDispose]();
});

const relay = (...args: readonly string[]) => cli(args, { env: { RELAY_URL: url } });

async function listed(...args: readonly string[]) {
  const { stdout } = await relay('deliveries', '--json', ...args);
  return (json(stdout) as { deliveries: { state: string; reason?: string; event: { id: string; subject: string } }[] })
    .deliveries;
}

const backup = (title: string, name: string) =>
  postJson(`${url}/api/webhooks/custom`, { kind: 'custom', title, resource: { name } });

it('finds the relay well', async () => {
  expect(await relay('health')).toMatchObject({ status: 0, stdout: expect.stringContaining('receivers  ops') });
});

it('lists a dead letter with its reason and sends it again once the receiver is mended', async () => {
  await backup('Backup finished', 'db-1');
  await eventually(async () => expect(await listed('--state', 'failed')).toHaveLength(1));

  const dead = await relay('dead-letters', '--since', '1h', '--receiver', 'ops');
  expect(dead.stdout).toMatch(/ dead +ops +Information: Backup finished +1 +no_service +[0-9a-f]{8}\n/);
  const [, id = ''] = / ([0-9a-f]{8})\n/.exec(dead.stdout) ?? [];

  mended = true;
  expect(await relay('replay', id)).toMatchObject({ status: 0, stdout: expect.stringContaining('queued') });
  await eventually(async () =>
    expect(await listed('--state', 'sent')).toMatchObject([{ event: { subject: 'Backup finished' } }]),
  );
  expect(await relay('replay', id)).toMatchObject({ status: 1, stdout: expect.stringContaining('--force') });
});

it('silences a resource: its event is kept back with the reason, until the silence is ended', async () => {
  const added = await relay('silence', 'add', '--match', 'resource=db-2', '--for', '10m', '--reason', 'maintenance');
  expect(added).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Silent until .* UTC: resource=db-2\n/) });
  const [, id = ''] = /silence end (\w+)/.exec(added.stdout) ?? [];
  expect((await relay('silence', 'list')).stdout).toMatch(/ resource=db-2 +\S+ +maintenance +/);

  await backup('Backup started', 'db-2');
  await eventually(async () =>
    expect(await listed('--state', 'quiet')).toMatchObject([
      { reason: `silence ${id}`, event: { subject: 'Backup started' } },
    ]),
  );

  expect(await relay('silence', 'end', id.slice(0, 4))).toMatchObject({ status: 0 });
  expect((await relay('silence', 'list')).stdout).toBe('Nothing is silenced.\n');
});

it('says what is wrong with what it asks for', async () => {
  const wrong = await Promise.all([
    relay('deliveries', '--receiver', 'opps'),
    relay('silence', 'add', '--match', 'resorce=db-2', '--for', '10m'),
  ]);

  expect(wrong).toMatchObject([
    { status: 2, stderr: 'error  There is no receiver opps; did you mean `ops`?\nThere are ops.\n' },
    {
      status: 2,
      stderr: expect.stringContaining('--match resorce: unknown key `resorce`; did you mean `resource`?'),
    },
  ]);
});

it('says that nothing is checked for drift where nobody has asked for that', async () => {
  expect(await relay('drift')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('DRIFT_SCOPE') });
});
