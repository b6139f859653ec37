import { inspect } from 'node:util';
import type { SMTPServerOptions } from 'smtp-server';
import { describe, expect, it, vi } from 'vitest';
import { readConfig } from '../src/config/config.ts';
import { UNREAD } from '../src/delivery/rules/keys.ts';
import { type DestinationName, destinations } from '../src/destinations/registry.ts';
import { deliveryTo, OK, scaleOf } from './support/deliveries.ts';
import { mailServer } from './support/mail-server.ts';
import { memoryPorts } from './support/ports.ts';
import { answerTo, post, receiverAt, relayWith, requestOf } from './support/relay.ts';
import { listen, type ReceivedRequest, type Reply } from './support/server.ts';

const IN_PATH = 'pl4nted-in-the-path';
const IN_QUERY = 'pl4nted-in-the-query';
const KEY = 'pl4nted-as-the-key';
const SECRET = `/services/T000/${IN_PATH}?api-version=1&sig=${IN_QUERY}`;

/** All that can be seen of a value: its JSON, and its message, stack, cause and hidden fields. */
const visible = (value: unknown): string =>
  [
    JSON.stringify(value) ?? '',
    inspect(value, { depth: 12, showHidden: true }),
    value instanceof Error ? `${value.stack} ${inspect(value.cause)}` : '',
  ].join('\n');

const echo =
  (status: number, more: Partial<Reply> = {}) =>
  ({ path }: ReceivedRequest): Reply => ({
    status,
    body: `nothing to be found at ${path}`,
    headers: { location: path, 'x-path': path },
    ...more,
  });

const replies: Readonly<Record<string, (request: ReceivedRequest) => Reply>> = {
  'good answer of Slack': () => OK.slack,
  'good answer of Teams': () => OK.teams,
  'good answer of a subscriber': () => OK.webhook,
  'success that is none': echo(200),
  redirect: echo(302),
  'bad request': echo(400),
  'refused key': echo(401),
  'unknown address': echo(404),
  'missing address': echo(410),
  'busy answer': echo(429, { headers: { 'retry-after': SECRET } }),
  'server fault': echo(500),
  'word of Slack': echo(403, { body: `invalid_token ${SECRET}` }),
  'code of Power Automate': echo(400, {
    body: `{"error":{"code":"TriggerInputSchemaMismatch","message":"${SECRET}"}}`,
  }),
  'cut connection': echo(200, { reset: true }),
};

const letters = { from: { name: '', address: 'relay@example.com' }, to: { name: '', address: 'ops@example.com' } };

const bot = {
  bot: { appId: '00000000-0000-0000-0000-000000000002', tenant: '00000000-0000-0000-0000-000000000001' },
  room: { channel: '19:general@thread.tacv2', stories: 'both', broadcast: false },
} as const;

async function everything(type: DestinationName, url: string, fault: 'deliveries' | 'ledger' | 'none') {
  const said: unknown[] = [];
  const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
  const spies = methods.map((method) => vi.spyOn(console, method).mockImplementation((...all) => void said.push(all)));
  const ports = memoryPorts();
  const signed = type === 'webhook' ? [KEY, `whsec_${Buffer.from(KEY).toString('base64')}`] : undefined;
  const secrets = type === 'teams-bot' ? [KEY] : signed;
  const { relay } = relayWith(
    [
      {
        ...receiverAt(type, url, 'ops'),
        ...(secrets && { secrets }),
        ...(type === 'email' && { letters }),
        ...(type === 'teams-bot' && bot),
      },
    ],
    ports,
  );
  const attempts = [0, 0, 7].map((attempt) => deliveryTo(['ops'], { attempt, event: scaleOf('a', 1, attempt) }));
  for (const message of [...attempts, { receivers: ['ops'] }]) {
    if (fault !== 'none') ports[fault].down = true;
    said.push(await relay.deliver(message, 'm1').catch((error: unknown) => error));
    if (fault !== 'none') ports[fault].down = false;
    said.push(await relay.deliver(message, 'm1').catch((error: unknown) => error));
  }
  const body = { kind: 'custom', title: 'hello' };
  said.push(await relay.preview(post(body)), await answerTo(relay, post(body)), await relay.health(requestOf('')));
  ports.time.now += 3_600_000;
  said.push(await relay.watch().catch((error: unknown) => error));
  for (const ask of [relay.deliveries, relay.deadLetters]) said.push(await ask(requestOf('', { method: 'GET' })));
  said.push(await relay.replay(post({ force: true })));
  said.push(ports.deliveries.sent, ports.ledger.rows('ops'), ports.ledger.rows(UNREAD));
  for (const spy of spies) spy.mockRestore();
  return said.map(visible).join('\n');
}

const names = Object.keys(destinations) as DestinationName[];

describe.each(names.filter((name) => name !== 'email'))('the address of a receiver (%s)', (type) => {
  it.each(Object.entries(replies))('is told nowhere after a %s', async (_kind, reply) => {
    await using server = await listen(reply);

    for (const fault of ['none', 'deliveries', 'ledger'] as const) {
      const seen = await everything(type, server.url + SECRET, fault);

      expect(seen).toContain('ops');
      expect(seen).not.toContain(IN_PATH);
      expect(seen).not.toContain(IN_QUERY);
      expect(seen).not.toContain(KEY);
      expect(seen).not.toContain(Buffer.from(KEY).toString('base64'));
    }
    expect(server.received.length).toBeGreaterThan(0);
  });

  it.each([
    ['nobody listens there', `http://127.0.0.1:1${SECRET}`],
    ['it is no address', `http://127.0.0.1:99999${SECRET}`],
    ['it has no scheme', `127.0.0.1${SECRET}`],
    ['its scheme is no web', `ftp://127.0.0.1${SECRET}`],
    ['it has a user and a password', `http://${IN_PATH}:${IN_QUERY}@127.0.0.1:1/`],
    ['there is no such host', `http://${IN_PATH}.invalid/?sig=${IN_QUERY}`],
  ])('is told nowhere when %s', async (_what, url) => {
    const seen = await everything(type, url, 'none');

    // Whoever is not there gives no token either.
    expect(seen).toMatch(type === 'teams-bot' ? /connection|NoAppToken/ : /connection/);
    expect(seen).not.toContain(IN_PATH);
    expect(seen).not.toContain(IN_QUERY);
    expect(seen).not.toContain(KEY);
    expect(seen).not.toContain(Buffer.from(KEY).toString('base64'));
  });
});

describe('the address of a server of mail', () => {
  const SIGNED_IN = `${IN_PATH}:${encodeURIComponent(KEY)}@`;

  const refusal = (code: number) => Object.assign(new Error(`no ${IN_PATH} ${KEY}`), { responseCode: code });
  const answers: Readonly<Record<string, SMTPServerOptions>> = {
    'takes it': {},
    'refuses the password': { onAuth: (_auth, _session, done) => done(refusal(535)) },
    'refuses the recipient': { onRcptTo: (_to, _session, done) => done(refusal(550)) },
    'is busy': { onMailFrom: (_from, _session, done) => done(refusal(451)) },
  };

  it.each(Object.entries(answers))('is told nowhere where it %s', async (_what, options) => {
    await using server = await mailServer({ allowInsecureAuth: true, hideSTARTTLS: true, ...options });

    const seen = await everything('email', `smtp://${SIGNED_IN}127.0.0.1:${server.port}`, 'none');

    expect(seen).toContain('ops');
    expect(seen).not.toContain(IN_PATH);
    expect(seen).not.toContain(KEY);
    expect(seen).not.toContain(Buffer.from(`\0${IN_PATH}\0${KEY}`).toString('base64'));
    if (options.onAuth === undefined) expect(server.signedIn[0]).toStrictEqual([IN_PATH, KEY]);
  });
});

describe('settings that cannot be used', () => {
  it.each([
    ['SLACK_WEBHOOK_URL', `http://hooks.slack.com${SECRET}`],
    ['SLACK_WEBHOOK_URL', `https://hooks.slack.example${SECRET}`],
    ['SLACK_WEBHOOK_URL', `https://${IN_PATH}:${IN_QUERY}@hooks.slack.com/services/T/B/x`],
    ['SLACK_WEBHOOK_URL', `hooks.slack.com${SECRET}`],
    ['TEAMS_WEBHOOK_URL', `https://contoso.webhook.office.com${SECRET}`],
    ['RELAY_LOCALE', IN_PATH],
    ['RELAY_TIME_ZONE', IN_PATH],
    ['RELAY_CONFIG', IN_PATH],
    ['PORT', IN_PATH],
    ['AzureWebJobsStorage__queueServiceUri', IN_PATH],
  ])('are told without what %s holds (%s)', async (name, value) => {
    const error = await readConfig({ [name]: value }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'configuration', problems: [{ path: name }] });
    expect(visible(error)).not.toContain(IN_PATH);
    expect(visible(error)).not.toContain(IN_QUERY);
  });
});
