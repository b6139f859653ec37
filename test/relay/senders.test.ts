import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StorageError } from '../../src/problems/errors.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt } from '../support/relay.ts';

const EVENT = { kind: 'custom', title: 'Backup done', severity: 'info', resource: { name: 'db' } };
const CREDENTIALS = { custom: { credentials: { secrets: [], tokens: ['tell-nobody'] }, include: [] } };

const relayOf = (ports = memoryPorts(), sources = {}) => ({
  ports,
  relay: createRelay({ receivers: [receiverAt('slack', 'http://127.0.0.1:1')], routes: [], ports, sources }),
});

type Relay = ReturnType<typeof relayOf>['relay'];
const sendersOf = async (relay: Relay) => (await relay.senders(post({}))).jsonBody;

describe('the senders', () => {
  it('are who has sent something, with when and how often', async () => {
    const { relay, ports } = relayOf();
    for (const _ of [1, 2]) expect((await answerTo(relay, post(EVENT, 'custom'))).status).toBe(202);
    expect((await answerTo(relay, post(EVENT))).status).toBe(202);

    expect(await sendersOf(relay)).toStrictEqual({
      senders: [{ source: 'custom', last: new Date(ports.clock.now()).toISOString(), count24h: 3, refusals: [] }],
    });
  });

  it.each([
    ['a wrong token', EVENT, 'custom', 401, 'no token'],
    ['another body', { kind: 'custom' }, 'grafana', 422, 'payload'],
    ['no JSON', '{', 'grafana', 400, 'body-not-json'],
    ['an address that is nearly right', EVENT, 'grafanaa', 404, 'no-such-source'],
  ])('are told with what was refused: %s', async (_what, body, source, status, reason) => {
    const { relay } = relayOf(memoryPorts(), CREDENTIALS);

    expect((await answerTo(relay, post(body, source))).status).toBe(status);
    expect(await sendersOf(relay)).toMatchObject({
      senders: [
        { source: source === 'custom' ? 'custom' : 'grafana', count24h: 0, refusals: [{ reason, status, count: 1 }] },
      ],
    });
    expect(JSON.stringify(await sendersOf(relay))).not.toContain('tell-nobody');
  });

  it.each(['zzzzzzzzzzzz', '../~senders', '한'.repeat(2_000), '__proto__', ''])(
    'are none of whoever posts to a made-up address: %s',
    async (source) => {
      const { relay } = relayOf();
      await relay.accept(post('{', source));

      expect(await sendersOf(relay)).toStrictEqual({ senders: [] });
    },
  );

  it('are what all instances saw, after a restart too', async () => {
    const one = relayOf();
    const other = relayOf(one.ports);
    await Promise.all([one, other].map(({ relay }) => relay.accept(post(EVENT, 'custom'))));
    await Promise.all([sendersOf(one.relay), sendersOf(other.relay)]);

    expect(await sendersOf(relayOf(one.ports).relay)).toMatchObject({ senders: [{ source: 'custom', count24h: 2 }] });
  });

  it('are known although a row cannot be read, and a later release wrote more', async () => {
    const { relay, ports } = relayOf();
    await ports.ledger.write('~senders', [{ kind: 'put', key: 'sender:1', value: { source: 3 } }]);
    await ports.ledger.write('~senders', [{ kind: 'put', key: 'sender:2', value: { source: 'flux', later: true } }]);

    expect(await sendersOf(relay)).toStrictEqual({ senders: [{ source: 'flux', count24h: 0, refusals: [] }] });
  });
});

describe('what is noted', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const rows = (ports: ReturnType<typeof memoryPorts>) => ports.ledger.rows('~senders').map(({ value }) => value);

  it('is written once a minute, and costs a webhook nothing', async () => {
    const { relay, ports } = relayOf();
    for (let at = 0; at < 100; at += 1) await relay.accept(post(EVENT, 'custom'));

    expect(rows(ports)).toStrictEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    await vi.waitFor(() => expect(rows(ports)).toMatchObject([{ source: 'custom' }]));
    expect(Object.values((rows(ports)[0] as { hours: object }).hours)).toStrictEqual([100]);
  });

  it('is noted still where storage is away, and written when it is back', async () => {
    const { relay, ports } = relayOf();
    const { write } = ports.ledger;
    ports.ledger.write = () => Promise.reject(new StorageError('the ledger did not answer', 'no answer'));
    await relay.accept(post('{', 'custom'));
    await vi.advanceTimersByTimeAsync(60_000);
    ports.ledger.write = write.bind(ports.ledger);

    expect(await sendersOf(relay)).toMatchObject({ senders: [{ source: 'custom', refusals: [{ count: 1 }] }] });
  });
});
