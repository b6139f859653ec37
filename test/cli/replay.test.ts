import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { cli, json } from './support/cli.ts';
import { type Asked, deliveryOf, fakeRelay, problemOf } from './support/fake-relay.ts';

const ID = '9f3c1ab2d4e5f60718293a4b5c6d7e8f';

const relayThat = (outcome: string | undefined, deliveries: readonly object[] = [deliveryOf()]) =>
  fakeRelay({
    'GET /api/deliveries': { json: { deliveries } },
    'GET /api/dead-letters': { json: { deliveries } },
    'POST /api/replay': {
      json: { replayed: outcome === undefined ? [] : [{ receiver: 'ops-slack', eventId: ID, outcome }] },
    },
  });

const posted = (asked: readonly Asked[]) =>
  asked.filter(({ call }) => call === 'POST /api/replay').map(({ body }) => body);

describe('replay of one event', () => {
  it.each([ID, '9f3c1', '9f3c1ab2'])('asks for the id as it is given: %s', async (given) => {
    await using relay = await relayThat('queued');

    const { status, stdout } = await cli(['replay', given, '--url', relay.url]);

    expect(status).toBe(0);
    expect(stdout).toMatch(/^9f3c1ab2d4e5 +ops-slack +queued: it is sent within seconds$/m);
    expect(posted(relay.asked)).toStrictEqual([{ id: given }]);
  });

  it('says which quiet it overrides', async () => {
    const kept = { receiver: 'ops-slack', eventId: ID, outcome: 'queued', despite: 'window nights' };
    await using relay = await fakeRelay({ 'POST /api/replay': { json: { replayed: [kept] } } });

    const { stdout } = await cli(['replay', ID, '--url', relay.url]);

    expect(stdout).toMatch(/queued: it is sent within seconds, despite window nights$/m);
  });

  it('to one receiver, forced, is what is asked', async () => {
    await using relay = await relayThat('queued');

    await cli(['replay', ID, '--receiver', 'ops-slack', '--force', '--url', relay.url]);

    expect(posted(relay.asked)).toStrictEqual([{ id: ID, receiver: 'ops-slack', force: true }]);
  });

  it('lists what an id that several begin with can mean', async () => {
    const errors = [
      { path: ID, message: '2026-11-20T14:05:09.962Z scale failed shop-web (prod)' },
      { path: 'deadbeef', message: '2026-11-20T14:06:09.962Z custom error Disk full' },
    ];
    await using relay = await fakeRelay({
      'POST /api/replay': problemOf('ambiguous', 409, '2 ids begin with 9f3c1', errors),
    });

    const { status, stderr } = await cli(['replay', '9f3c1', '--url', relay.url]);

    expect(status).toBe(2);
    expect(stderr).toContain('2 ids begin with 9f3c1.');
    for (const { path, message } of errors) expect(stderr).toContain(`${path}: ${message}`);
    expect(stderr).toContain('Give more of the id');
  });

  it('is wrong where nobody has it, and where it was sent already', async () => {
    await using unknown = await relayThat(undefined);
    await using sent = await relayThat('sent-already');

    const [none, already] = await Promise.all([
      cli(['replay', 'nothing', '--url', unknown.url]),
      cli(['replay', ID, '--url', sent.url]),
    ]);

    expect(none).toMatchObject({ status: 1, stderr: expect.stringContaining('No receiver has an event nothing.') });
    expect(already).toMatchObject({ status: 1, stdout: expect.stringContaining('--force sends it once more') });
  });

  it('shows the answer as it came with --json', async () => {
    await using relay = await relayThat('queued');

    const { stdout } = await cli(['replay', ID, '--json', '--url', relay.url]);

    expect(json(stdout)).toStrictEqual({ replayed: [{ receiver: 'ops-slack', eventId: ID, outcome: 'queued' }] });
  });
});

describe('replay to a receiver that is no longer configured', () => {
  it('finds the event by its beginning, and says why it is not sent', async () => {
    await using relay = await relayThat('no-such-receiver');

    const { status, stdout } = await cli(['replay', '9f3c1', '--receiver', 'ops-slack', '--url', relay.url]);

    expect(status).toBe(1);
    expect(stdout).toMatch(
      / is not sent: there is no such receiver; put it back into the configuration, then replay$/m,
    );
    expect(posted(relay.asked)).toStrictEqual([{ id: '9f3c1', receiver: 'ops-slack' }]);
  });

  it('says which receivers there are where there is nothing of it', async () => {
    await using relay = await fakeRelay({
      'POST /api/replay': { json: { replayed: [] } },
      'GET /api/health': { json: { status: 'ok', receivers: ['ops-slack'] } },
    });

    expect(await cli(['replay', '--receiver', 'nobody', '--url', relay.url])).toMatchObject({
      status: 2,
      stderr: 'error  There is no receiver nobody.\nThere are ops-slack.\n',
    });
  });
});

describe('replay of all', () => {
  it.each([
    [[], 'No dead letters.\n'],
    [['--since', '1h'], 'There are no dead letters for --since 1h.\n'],
  ])('says that there is none (%j)', async (more, said) => {
    await using relay = await relayThat(undefined, []);

    expect(await cli(['replay', ...more, '--url', relay.url])).toMatchObject({ status: 0, stdout: said });
  });

  it('asks nobody where nobody can answer', async () => {
    await using relay = await relayThat('queued');

    const { status } = await cli(['replay', '--since', '1d', '--receiver', 'ops-slack', '--url', relay.url]);

    expect(status).toBe(0);
    expect(posted(relay.asked)).toStrictEqual([{ since: '1d', receiver: 'ops-slack' }]);
  });

  it('sends nothing where it would be everything, and nobody can be asked', async () => {
    await using relay = await relayThat('queued');

    for (const more of [[], ['--json']]) {
      const { status, stderr } = await cli(['replay', '--url', relay.url, ...more]);
      expect(status).toBe(2);
      expect(stderr).toContain('Nothing was sent: this would send 1 dead letter again.');
      expect(stderr).toContain('--yes sends them');
    }
    expect(posted(relay.asked)).toHaveLength(0);

    expect((await cli(['replay', '--yes', '--url', relay.url])).status).toBe(0);
    expect(posted(relay.asked)).toHaveLength(1);
  });

  it.each([
    ['y\n', [], 1],
    ['yes\n', [], 1],
    ['n\n', [], 0],
    ['\n', [], 0],
    [undefined, [], 0],
    [undefined, ['--yes'], 1],
  ])('asks a terminal first: answered %j with %j, it sends %i times', async (answer, more, times) => {
    await using relay = await relayThat('queued');
    const terminal = onTerminal(answer);

    const status = await run(['replay', '--url', relay.url, ...more], terminal.shell);

    expect(status).toBe(0);
    expect(posted(relay.asked)).toHaveLength(times);
    expect(terminal.shown()).toContain(more.length > 0 ? 'queued' : 'Send 1 dead letter again? [y/N]');
  });
});

/** A terminal at which somebody types; without an answer, Ctrl-D. */
function onTerminal(answer: string | undefined) {
  let text = '';
  const out = () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    return stream;
  };
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  if (answer === undefined) stdin.end();
  else stdin.write(answer);
  return { shell: { env: {}, stdin, stdout: out(), stderr: out() }, shown: () => text };
}
