import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const WORKER = fileURLToPath(new URL('../support/functions-worker.cjs', import.meta.url));
const NOWHERE = 'http://127.0.0.1:1/nobody';
const NO_STORAGE = `DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey=a2V5;BlobEndpoint=${NOWHERE};QueueEndpoint=${NOWHERE};TableEndpoint=${NOWHERE}`;

/** A folder that is deployed as it stands, one around another that has only its code below `dist`, and one elsewhere. */
let deployed: string;
let around: string;
let elsewhere: string;

beforeAll(async () => {
  const top = await mkdtemp(join(tmpdir(), 'relay-deployed-'));
  [deployed, around, elsewhere] = ['wwwroot', 'project', 'elsewhere'].map((name) => join(top, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(elsewhere);
  execFileSync(process.execPath, ['scripts/build.ts', deployed]);
  // What whoever builds here has configured.
  await rm(join(deployed, 'relay.yaml'), { force: true });
  await cp(deployed, join(around, 'dist'), { recursive: true });
});

afterAll(() => rm(join(deployed, '..'), { recursive: true, force: true }));

const file = (name: string) => `receivers: { ${name}: { type: slack, url: https://hooks.slack.com/services/T/B/x } }\n`;

interface Start {
  readonly folder: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The receivers that the relay has, when Azure's worker runs in another folder than the one that was deployed. */
async function receiversOf({ folder, cwd = elsewhere, env = {} }: Start): Promise<unknown> {
  const child = fork(WORKER, [folder], {
    env: { AzureWebJobsStorage: NO_STORAGE, ...env },
    cwd,
    serialization: 'advanced',
  });
  try {
    await once(child, 'message');
    const http = { method: 'GET', url: 'https://relay.example.com/api/health', headers: {}, params: {} };
    child.send({ name: 'health', data: { http }, triggerMetadata: {} });
    const [{ response }] = await once(child, 'message');
    const answer = JSON.parse(Buffer.from(response.returnValue.http.body.bytes).toString('utf8'));
    return answer.receivers ?? answer;
  } finally {
    child.kill();
  }
}

describe('relay.yaml', () => {
  it('beside host.json is read, wherever the process runs', async () => {
    await writeFile(join(deployed, 'relay.yaml'), file('beside-host-json'));

    expect(await receiversOf({ folder: deployed })).toStrictEqual(['beside-host-json']);
    expect(await receiversOf({ folder: deployed, cwd: '/' })).toStrictEqual(['beside-host-json']);
  });

  it('in the root that Azure names is read', async () => {
    await writeFile(join(around, 'relay.yaml'), file('in-the-root'));

    const env = { AzureWebJobsScriptRoot: around };
    expect(await receiversOf({ folder: join(around, 'dist'), env })).toStrictEqual(['in-the-root']);
  });

  it('in the working directory comes first', async () => {
    await writeFile(join(deployed, 'relay.yaml'), file('beside-host-json'));
    await writeFile(join(around, 'relay.yaml'), file('here'));

    expect(await receiversOf({ folder: deployed, cwd: around })).toStrictEqual(['here']);
  });

  it('is none where there is none: the settings name the receivers', async () => {
    await rm(join(deployed, 'relay.yaml'), { force: true });
    const env = { SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T/B/x' };

    expect(await receiversOf({ folder: deployed, env })).toStrictEqual(['slack']);
  });
});

describe('RELAY_CONFIG', () => {
  it.each(['conf.yaml', './conf.yaml'])('names a file of the deployed folder (%s)', async (RELAY_CONFIG) => {
    await writeFile(join(deployed, 'conf.yaml'), file('named'));

    expect(await receiversOf({ folder: deployed, env: { RELAY_CONFIG } })).toStrictEqual(['named']);
  });

  it('names a file by its whole path', async () => {
    const RELAY_CONFIG = join(elsewhere, 'whole.yaml');
    await writeFile(RELAY_CONFIG, file('whole'));

    expect(await receiversOf({ folder: deployed, cwd: '/', env: { RELAY_CONFIG } })).toStrictEqual(['whole']);
  });

  it('that names nothing is a problem, and relay.yaml does not stand in for it', async () => {
    await writeFile(join(deployed, 'relay.yaml'), file('beside-host-json'));

    expect(await receiversOf({ folder: deployed, env: { RELAY_CONFIG: 'none.yaml' } })).toMatchObject({
      configuration: 'unusable',
    });
  });
});
