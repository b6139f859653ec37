import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { scaleOut } from '../integration/autoscale.ts';
import { eventually } from '../integration/eventually.ts';
import { dataFolder, startRun } from '../support/local-run.ts';
import { listen, type ReceivedRequest, type Reply } from '../support/server.ts';
import { collector } from './collector.ts';

const AUDIT_KEY = Buffer.from('pl4nted-key-of-the-signature').toString('base64');

/** What the settings and the configuration file hold. It is for nobody to see. */
const SETTINGS = {
  SLACK_PATH: 'pl4nted-path-of-slack',
  TEAMS_SIG: 'pl4nted-sig-of-teams',
  AUDIT_PATH: 'pl4nted-path-of-audit',
  AUDIT_SECRET: `whsec_${AUDIT_KEY}`,
  PROXY_PASSWORD: 'pl4nted-password-of-the-proxy',
  GITHUB_WEBHOOK_SECRET: 'pl4nted-secret-of-github',
  AUTOSCALE_TOKEN: 'pl4nted-token-of-autoscale',
  DEVOPS_PASSWORD: 'pl4nted-password-of-devops',
} as const;

/** What senders send beside the body. */
const SENT = {
  'x-functions-key': 'pl4nted-function-key',
  authorization: 'Bearer pl4nted.bearer.token',
  cookie: 'session=pl4nted-cookie',
  code: 'pl4nted-code-in-the-query',
} as const;

/** What a body says: data of its event, which chats and storage get, and which the log and the collector do not. */
const WORDS = 'pl4nted words of a body';

/** What a body says and nobody should have put there: it goes no further than the event's schema. */
const SAID = {
  token: 'ghp_pl4ntedInTheBody0000000',
  link: 'https://x.example.com/?sig=pl4nted-sig-in-a-body',
} as const;

const CONFIG = `
receivers:
  ops: { type: slack, url: "\${SLACK_URL}", fallback: audit, rate: off }
  lead: { type: teams, url: "\${TEAMS_URL}", rate: off }
  audit: { type: webhook, url: "\${AUDIT_URL}", secret: "\${AUDIT_SECRET}", rate: off, proxy: "http://relay:\${PROXY_PASSWORD}@127.0.0.1:1" }
notices: [lead]
sources:
  github: { secret: "\${GITHUB_WEBHOOK_SECRET}" }
  azure-autoscale: { token: "\${AUTOSCALE_TOKEN}" }
  azure-devops: { basic: { user: azure, password: "\${DEVOPS_PASSWORD}" } }
`;

/** A chat that takes nothing and says at length why. */
const echo =
  (status: number) =>
  ({ path }: ReceivedRequest): Reply => ({ status, body: `invalid_payload ${path}`, headers: { location: path } });

interface Seen {
  readonly output: string;
  readonly answers: string;
  readonly stored: string;
  readonly exported: string;
  readonly received: readonly ReceivedRequest[];
}

let seen: Seen;
beforeAll(async () => {
  seen = await everything();
});
let storageKey = '';

async function everything(): Promise<Seen> {
  await using to = await collector();
  await using slack = await listen(echo(400));
  await using teams = await listen({ status: 202 });
  await using audit = await listen(echo(503));
  await using folder = await dataFolder();
  const config = join(folder.path, 'relay.yaml');
  await writeFile(config, CONFIG);
  await using run = startRun(folder, {
    ...SETTINGS,
    RELAY_CONFIG: config,
    SLACK_URL: `${slack.url}/services/T0/B0/${SETTINGS.SLACK_PATH}`,
    TEAMS_URL: `${teams.url}/workflows/1?sig=${SETTINGS.TEAMS_SIG}`,
    AUDIT_URL: `${audit.url}/${SETTINGS.AUDIT_PATH}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: to.url,
  });
  const url = await run.ready();
  storageKey = /AccountKey=([^;]+)/.exec(await folder.connectionString())?.[1] ?? '';
  const answers = await ask(url);
  await eventually(() => expect(to.spans().map(({ name }) => name)).toContain('send audit'));
  process.kill(run.pid, 'SIGTERM');
  await run.ended;
  return {
    output: run.output,
    answers,
    stored: await storedIn(folder.path),
    exported: to.received.map(({ path, body }) => `${path} ${body}`).join('\n'),
    received: [...slack.received, ...teams.received, ...audit.received],
  };
}

/** Everything that the relay answers to good and bad calls. */
async function ask(url: string): Promise<string> {
  const { code, ...headers } = SENT;
  const { token, link } = SAID;
  const call = async (path: string, body?: unknown, more: Record<string, string> = {}) => {
    const response = await fetch(`${url}/api/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', ...headers, ...more },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`;
  };
  const custom = { kind: 'custom', title: `${WORDS} ${token}`, text: link, severity: 'error' };
  const answers = [
    await call(`webhooks?code=${code}`, custom),
    await call(`webhooks/azure-autoscale?code=${code}&token=${SETTINGS.AUTOSCALE_TOKEN}`, scaleOut()),
    await call(`webhooks/azure-autoscale?token=pl4nted-wrong-token`, scaleOut()),
    await call('webhooks/github', { zen: WORDS }, { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }),
    await call('webhooks/azure-devops', { eventType: 'x' }),
    await call('webhooks', `{"${WORDS}`),
    await call('webhooks', { nobody: WORDS }),
    await call(`webhooks/nobody?code=${code}`, custom),
    await call(`webhooks?code=${code}`),
    await call('preview', custom),
    await call('health?deep=1'),
    await call('replay', {}),
  ];
  for (const timer of ['watch', 'clean', 'drift']) await fetch(`${url}/admin/functions/${timer}`, { method: 'POST' });
  await eventually(async () => expect(await call('dead-letters')).toContain('"state":"dead"'));
  return [...answers, await call('deliveries'), await call('dead-letters')].join('\n');
}

/** All that is on the disk but the two files that a person put there or that lead to storage. */
async function storedIn(path: string): Promise<string> {
  const files = (await readdir(path, { recursive: true, withFileTypes: true })).filter(
    (each) => each.isFile() && !['relay.yaml', 'storage.json'].includes(each.name),
  );
  const texts = await Promise.all(files.map(async (each) => readFile(join(each.parentPath, each.name), 'utf8')));
  // Messages of the queue are stored as Base64.
  const messages = texts.flatMap((text) => text.split(/(?=eyJ2ZXJzaW9uIjox)/).slice(1));
  return [
    ...texts,
    ...messages.map((each) => Buffer.from(each.replace(/[^A-Za-z0-9+/=].*$/s, ''), 'base64').toString('utf8')),
  ].join('\n');
}

const OUTPUTS = ['output', 'answers', 'stored', 'exported'] as const;

describe.each(OUTPUTS)('in the %s of a whole local run', (where) => {
  it('there is something to search', () => {
    const expected = {
      output: '  accepted   ',
      answers: '"accepted":[',
      stored: 'event:',
      exported: 'relay.deliveries',
    };

    expect(seen[where]).toContain(expected[where]);
    expect(seen[where]).toContain('audit');
  });

  it.each(Object.entries(SETTINGS))('nobody finds %s', (_name, secret) => {
    expect(seen[where]).not.toContain(secret);
    expect(seen[where]).not.toContain(encodeURIComponent(secret));
  });

  it('nobody finds the bare key of the signature, nor that of storage', () => {
    expect(storageKey.length).toBeGreaterThan(20);
    for (const key of [AUDIT_KEY, 'pl4nted-key-of-the-signature', storageKey]) expect(seen[where]).not.toContain(key);
  });

  it.each([...Object.entries(SENT), ['token', 'pl4nted-wrong-token']])(
    'nobody finds what was sent as %s',
    (_, secret) => {
      expect(seen[where]).not.toContain(secret.replace(/^(Bearer |session=)/, ''));
    },
  );
});

describe('what a body says', () => {
  it('is told to chats and kept', () => {
    expect(seen.stored).toContain(WORDS);
    expect(seen.received.map(({ body }) => body).join('\n')).toContain(WORDS);
  });

  it('is in no log and in nothing that is exported', () => {
    expect(seen.output).not.toContain(WORDS);
    expect(seen.exported).not.toContain(WORDS);
  });

  it.each(Object.entries(SAID))('is nowhere where it is a secret (%s)', (_what, secret) => {
    const told = seen.received.map(({ body }) => body).join('\n');

    expect(`${seen.stored} ${told}`).toContain('ghp_***');
    for (const text of [told, ...OUTPUTS.map((where) => seen[where])]) expect(text).not.toContain(secret);
  });
});

describe('a receiver', () => {
  it('is the only one who gets its address', () => {
    const paths = seen.received.map(({ path }) => path).join('\n');

    for (const name of ['SLACK_PATH', 'TEAMS_SIG', 'AUDIT_PATH'] as const) expect(paths).toContain(SETTINGS[name]);
  });

  it('is named in every line of the log that is about it, and no line holds an address', () => {
    const lines = seen.output.split('\n').filter((each) => /^\d\d:\d\d:\d\d {2}(sent|dead|retry)/.test(each));

    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((each) => !/ (ops|lead|audit) /.test(each) || /https?:/.test(each))).toStrictEqual([]);
    expect(seen.exported).not.toMatch(/https?:\/\//);
  });
});
