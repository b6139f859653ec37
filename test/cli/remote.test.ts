import { describe, expect, it } from 'vitest';
import { cli, json } from './support/cli.ts';
import { fakeRelay, problemOf } from './support/fake-relay.ts';

const health = { json: { status: 'ok', receivers: ['ops-slack', 'ops-teams'] } };

/** Where a relay was a moment ago. */
async function goneRelay(): Promise<string> {
  await using relay = await fakeRelay({});
  return relay.url;
}

describe('a command that talks to a relay', () => {
  it('finds it by --url, else by RELAY_URL, with or without /api and slashes', async () => {
    await using relay = await fakeRelay({ 'GET /api/health': health });

    const all = await Promise.all([
      cli(['health', '--url', `${relay.url}/`]),
      cli(['health'], { env: { RELAY_URL: `${relay.url}/api/` } }),
      cli(['health', '--url', relay.url], { env: { RELAY_URL: 'http://127.0.0.1:9' } }),
    ]);

    for (const { status, stdout } of all) {
      expect(status).toBe(0);
      expect(stdout).toContain(`ok  ${relay.url}\nversion    unknown\nreceivers  ops-slack, ops-teams\n`);
    }
    expect(relay.asked.map(({ call, query }) => [call, query])).toStrictEqual(
      Array(3).fill(['GET /api/health', { deep: '1' }]),
    );
  });

  it('sends the key of RELAY_KEY as a header, and shows it nowhere', async () => {
    await using relay = await fakeRelay({ 'GET /api/health': { status: 401 } });
    const env = { RELAY_KEY: 'verysecret' };

    const { status, stdout, stderr } = await cli(['health', '--url', relay.url], { env });

    expect(status).toBe(1);
    expect(relay.asked[0]?.headers).toMatchObject({ 'x-functions-key': 'verysecret' });
    expect(stderr).toContain(`${relay.url} does not accept the key of RELAY_KEY.`);
    expect(stdout + stderr).not.toContain('verysecret');
  });

  it('does not send the key over plain http: to another machine', async () => {
    const env = { RELAY_KEY: 'verysecret', RELAY_URL: 'http://relay.example.net' };

    const { status, stderr } = await cli(['health'], { env });

    expect(status).toBe(2);
    expect(stderr).toContain('RELAY_KEY is not sent over plain http:');
    expect(stderr).not.toContain('verysecret');
  });

  it('follows no redirect, so that nobody else gets the key', async () => {
    await using other = await fakeRelay({ 'GET /login': { json: {} } });
    await using relay = await fakeRelay({
      'GET /api/health': { status: 302, headers: { location: `${other.url}/login` } },
    });

    const { status, stderr } = await cli(['health', '--url', relay.url], { env: { RELAY_KEY: 'verysecret' } });

    expect(status).toBe(1);
    expect(stderr).toContain('does not answer like a relay: it answered with status 302');
    expect(other.asked).toStrictEqual([]);
  });

  it.each(['?code=verysecret', '#verysecret'])('takes no key in the address (%s)', async (more) => {
    const { status, stderr } = await cli(['health', '--url', `http://127.0.0.1:9/${more}`]);

    expect(status).toBe(2);
    expect(stderr).toContain('--url holds more than an address');
    expect(stderr).not.toContain('verysecret');
  });

  it.each([
    ['nothing listens', goneRelay, /Nothing listens at .*npm start.*--url or RELAY_URL/s],
    [
      'there is no such host',
      async () => 'http://relay.invalid',
      /There is no host of that name: http:\/\/relay\.invalid/,
    ],
  ])('says what to do where %s', async (_what, address, message) => {
    const url = await address();

    const [text, machine] = await Promise.all([cli(['health', '--url', url]), cli(['health', '--url', url, '--json'])]);

    expect(text).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(message) });
    expect(json(machine.stderr)).toMatchObject({ error: { status: 1, next: expect.any(String) } });
  });

  it.each([
    ['a key is missing', { status: 401 }, 1, /asks for a key, and RELAY_KEY is not set.*az functionapp keys list/s],
    ['the key is not enough', { status: 403 }, 1, /asks for a key/],
    ['there is no such address', { status: 404 }, 1, /There is no \/api\/health at .*it is no relay, or an older one/],
    [
      'storage is down',
      problemOf('storage', 503, 'the ledger did not answer: timeout'),
      1,
      /cannot do it now: the ledger did not answer: timeout.*storage account/s,
    ],
    [
      'the relay is not configured',
      problemOf('configuration', 503, 'the settings cannot be used: RELAY_LOCALE: no'),
      1,
      /the settings cannot be used.*Mend its configuration/s,
    ],
    ['another server answers', { text: '<html>\u001b[2Jhello</html>' }, 1, /does not answer like a relay/],
    [
      'another API answers',
      { json: { status: 'UP' } },
      1,
      /does not answer like a relay: receivers is not as expected/,
    ],
    [
      'a relay refuses the request',
      problemOf('payload', 422, 'the query cannot be read: receiver: expected ops'),
      2,
      /receiver: expected ops/,
    ],
    ['a proxy is in the way', { status: 502, text: 'bad gateway' }, 1, /it answered with status 502/],
  ])('says what to do where %s', async (_what, answer, status, message) => {
    await using relay = await fakeRelay({ 'GET /api/health': answer });

    const ended = await cli(['health', '--url', relay.url]);

    expect(ended).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(message) });
    expect(ended.stderr).not.toContain('\u001b');
  });

  it('shows the answer as it came with --json', async () => {
    await using relay = await fakeRelay({ 'GET /api/health': { json: { ...health.json, more: 1 } } });

    const { stdout } = await cli(['health', '--json', '--url', relay.url]);

    expect(json(stdout)).toStrictEqual({ status: 'ok', receivers: ['ops-slack', 'ops-teams'], more: 1 });
  });
});

describe('drift', () => {
  const wellWith = (more: object) => ({ 'GET /api/health': { json: { ...health.json, ...more } } });

  it('asks for a check and says where to look', async () => {
    const answers = {
      ...wellWith({ drift: 'on' }),
      'POST /api/drift': { status: 202, json: { on: true, queued: true } },
    };
    await using relay = await fakeRelay(answers);

    const { status, stdout } = await cli(['drift', '--url', relay.url], { env: { RELAY_KEY: 'master' } });

    expect(status).toBe(0);
    expect(stdout).toContain('deliveries --since 10m');
    expect(relay.asked).toMatchObject([
      { call: 'GET /api/health', query: {} },
      { call: 'POST /api/drift', body: {}, headers: { 'x-functions-key': 'master' } },
    ]);
  });

  it.each([{ drift: 'on' }, {}])('fires the timer of an older relay (%o)', async (more) => {
    await using relay = await fakeRelay({ ...wellWith(more), 'POST /admin/functions/drift': { status: 202 } });

    const { status, stdout } = await cli(['drift', '--url', relay.url], { env: { RELAY_KEY: 'master' } });

    expect(status).toBe(0);
    expect(stdout).toContain('deliveries --since 10m');
    expect(relay.asked).toMatchObject([
      { call: 'GET /api/health', query: {} },
      { call: 'POST /api/drift' },
      { call: 'POST /admin/functions/drift', body: {}, headers: { 'x-functions-key': 'master' } },
    ]);
  });

  it('fails where the report is off, says what to set, and fires nothing', async () => {
    const answers = { ...wellWith({ drift: 'off' }), 'POST /admin/functions/drift': { status: 202 } };
    await using relay = await fakeRelay(answers);

    const [text, machine] = await Promise.all(
      [[], ['--json']].map((more) => cli(['drift', '--url', relay.url, ...more])),
    );

    expect(text).toMatchObject({ status: 1, stdout: '' });
    expect(text?.stderr).toMatch(/The drift report of http:\S+ is off\.\s.*set DRIFT_SCOPE/is);
    expect(machine).toMatchObject({ status: 1, stdout: '' });
    expect(relay.asked.map(({ call }) => call)).toStrictEqual(['GET /api/health', 'GET /api/health']);
  });

  it('fails where the relay has no usable configuration', async () => {
    await using relay = await fakeRelay({
      'GET /api/health': { json: { status: 'ok', configuration: 'unusable' } },
      'POST /admin/functions/drift': { status: 202 },
    });

    const { status, stdout, stderr } = await cli(['drift', '--url', relay.url]);

    expect({ status, stdout }).toStrictEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/cannot use its configuration.*npm run relay -- health/s);
    expect(relay.asked).toHaveLength(1);
  });

  it('says that a relay has none', async () => {
    await using relay = await fakeRelay(wellWith({}));

    const { status, stderr } = await cli(['drift', '--url', relay.url]);

    expect(status).toBe(1);
    expect(stderr).toContain('has no drift check');
  });
});
