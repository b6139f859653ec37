import { describe, expect, it } from 'vitest';
import { deliveryTo, entriesOf, entryOf, OK } from '../support/deliveries.ts';
import { examples } from '../support/examples.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { listen, type Reply } from '../support/server.ts';

const eventId = examples.scale.id;
const powerAutomate = (code: string) => JSON.stringify({ error: { code, message: 'told at length' } });

/** One delivery to one receiver whose server gives the same answer to all. */
async function delivered(type: 'slack' | 'teams', reply: Reply, attempt = 0) {
  await using server = await listen(reply);
  const { relay, ports } = relayWith([receiverAt(type, `${server.url}/path`)]);
  const [report] = await relay.deliver(deliveryTo([type], { attempt }), 'm1');
  return {
    report,
    requests: server.received,
    queued: ports.deliveries.sent,
    dead: entriesOf(ports.ledger, type, 'dead:'),
    ports,
  };
}

describe('a message', () => {
  it.each(['slack', 'teams'] as const)('is sent once to %s, however often the queue brings it', async (type) => {
    await using server = await listen(OK[type]);
    const { relay } = relayWith([receiverAt(type, server.url)]);

    const outcomes = [];
    for (const owner of ['m1', 'm1', 'm2', undefined]) {
      outcomes.push(...(await relay.deliver(deliveryTo([type]), owner)));
    }

    expect(outcomes.map(({ outcome }) => outcome)).toStrictEqual(['sent', 'duplicate', 'duplicate', 'duplicate']);
    expect(outcomes[1]).toStrictEqual({ outcome: 'duplicate', receiver: type, eventId, attempt: 0, reason: 'sent' });
    expect(server.received).toHaveLength(1);
  });

  it.each(['slack', 'teams'] as const)('goes to the very address of %s, as JSON', async (type) => {
    await using server = await listen(OK[type]);
    const { relay } = relayWith([receiverAt(type, `${server.url}/a%2Fb//c?sp=%2Ftriggers%2Fx&sig=a%2Bb-_~`)]);

    await relay.deliver(deliveryTo([type]));

    expect(server.received[0]?.path).toBe('/a%2Fb//c?sp=%2Ftriggers%2Fx&sig=a%2Bb-_~');
    expect(server.received[0]?.headers['content-type']).toMatch(/^application\/json\b/);
  });

  it('is remembered as sent, with how it went', async () => {
    const { report, ports } = await delivered('slack', OK.slack);

    expect(report).toStrictEqual({ outcome: 'sent', receiver: 'slack', eventId, attempt: 0, milliseconds: 0 });
    expect(entriesOf(ports.ledger, 'slack')).toStrictEqual([
      {
        event: examples.scale,
        receiver: 'slack',
        state: 'sent',
        attempt: 0,
        owner: 'm1',
        leaseUntil: '2026-11-20T14:05:54.000Z',
        updatedAt: '2026-11-20T14:05:09.000Z',
        acceptedAt: '2026-11-20T14:05:08.000Z',
        attempts: [{ at: '2026-11-20T14:05:09.000Z', milliseconds: 0, outcome: 'sent' }],
      },
    ]);
  });

  it('that one receiver refuses to take now comes again for that one alone', async () => {
    await using slack = await listen({ status: 503 });
    await using teams = await listen(OK.teams);
    const { relay, ports } = relayWith([receiverAt('slack', slack.url), receiverAt('teams', teams.url)]);
    const message = deliveryTo(['slack', 'teams']);

    expect(await relay.deliver(message)).toMatchObject([
      { outcome: 'retry', receiver: 'slack', reason: 'status-503', delay: 5 },
      { outcome: 'sent', receiver: 'teams' },
    ]);
    expect(ports.deliveries.sent).toStrictEqual([
      { message: { ...message, receivers: ['slack'], attempt: 1 }, delay: 5 },
    ]);
    expect(teams.received).toHaveLength(1);
  });

  it('is sent by a later attempt, and then no more', async () => {
    await using server = await listen((_request, before) => (before === 0 ? { status: 503 } : OK.slack));
    const { relay, ports } = relayWith([receiverAt('slack', server.url)]);

    const first = await relay.deliver(deliveryTo(['slack']), 'm1');
    ports.time.now += 5_000;
    const second = await relay.deliver(ports.deliveries.sent[0]?.message, 'm2');
    const again = await relay.deliver(deliveryTo(['slack']), 'm1');

    expect([...first, ...second, ...again]).toMatchObject([
      { outcome: 'retry', attempt: 0 },
      { outcome: 'sent', attempt: 1 },
      { outcome: 'duplicate', attempt: 0 },
    ]);
    expect(entryOf(ports.ledger, 'slack')).toMatchObject({
      state: 'sent',
      attempt: 1,
      attempts: [{ outcome: 'retry', reason: 'status-503' }, { outcome: 'sent' }],
    });
  });
});

describe('a message comes again', () => {
  it.each<[string, 'slack' | 'teams', Reply, string, number]>([
    ['the destination is busy', 'slack', { status: 429 }, 'rate-limited', 5],
    ['it is told when, in seconds', 'slack', { status: 429, headers: { 'retry-after': '7' } }, 'rate-limited', 7],
    [
      'it is told when, as a date',
      'teams',
      { status: 429, headers: { 'retry-after': 'Fri, 20 Nov 2026 14:06:39 GMT' } },
      'rate-limited',
      90,
    ],
    ['the destination is being mended', 'teams', { status: 503, headers: { 'retry-after': '60' } }, 'status-503', 60],
    ['the server fails', 'slack', { status: 500, body: '<html>' }, 'status-500', 5],
    ['the connection is cut', 'slack', { status: 200, reset: true }, 'connection', 5],
    ['the connection is cut', 'teams', { status: 200, reset: true }, 'connection', 5],
    ['a success is no word of Slack', 'slack', { status: 200, body: '<html>hello' }, 'unexpected-answer', 5],
    ['a flow says 200 and failed', 'teams', { status: 200, body: 'returned HTTP error 429' }, 'unexpected-answer', 5],
  ])('when %s (%s)', async (_what, type, reply, reason, delay) => {
    const { report, requests, queued, dead, ports } = await delivered(type, reply);

    expect(report).toMatchObject({ outcome: 'retry', reason, delay });
    // A connection that fails at once is tried once more at once.
    expect(requests).toHaveLength(reason === 'connection' ? 2 : 1);
    expect(queued).toMatchObject([{ message: { receivers: [type], attempt: 1 }, delay }]);
    expect(dead).toStrictEqual([]);
    expect(entryOf(ports.ledger, type)).toMatchObject({ state: 'waiting', attempt: 1 });
  });

  it.each(['slack', 'teams'] as const)('when nobody listens at the address of %s', async (type) => {
    const closed = await listen(OK[type]);
    await closed[Symbol.asyncDispose]();
    const { relay, ports } = relayWith([receiverAt(type, closed.url)]);

    expect(await relay.deliver(deliveryTo([type]))).toMatchObject([{ outcome: 'retry', reason: 'connection' }]);
    expect(ports.deliveries.sent).toHaveLength(1);
  });
});

describe('a message that is refused', () => {
  it('is tried once in its plain form', async () => {
    await using server = await listen((_request, before) =>
      before === 0 ? { status: 400, body: 'invalid_blocks' } : OK.slack,
    );
    const { relay, ports } = relayWith([receiverAt('slack', server.url)]);

    expect(await relay.deliver(deliveryTo(['slack']))).toMatchObject([{ outcome: 'sent' }]);
    expect(server.received.map(({ body }) => Object.keys(JSON.parse(body)).sort())).toStrictEqual([
      ['attachments', 'blocks', 'mrkdwn', 'text', 'unfurl_links', 'unfurl_media'],
      ['mrkdwn', 'text', 'unfurl_links', 'unfurl_media'],
    ]);
    expect(entriesOf(ports.ledger, 'slack', 'dead:')).toStrictEqual([]);
  });

  it.each<['slack' | 'teams', Reply, string]>([
    ['slack', { status: 400, body: 'invalid_blocks' }, 'invalid_blocks'],
    ['teams', { status: 400, body: powerAutomate('TriggerInputSchemaMismatch') }, 'TriggerInputSchemaMismatch'],
    ['teams', { status: 413 }, 'status-413'],
  ])('by %s in both forms is dead, and is not tried again', async (type, reply, reason) => {
    const { report, requests, queued, dead } = await delivered(type, reply);

    expect(report).toMatchObject({ outcome: 'dead', reason });
    expect(requests).toHaveLength(2);
    expect(queued).toStrictEqual([]);
    expect(dead).toMatchObject([{ state: 'dead', reason, attempts: [{ outcome: 'refused', reason }] }]);
  });

  it('comes again when its plain form finds the destination busy', async () => {
    await using server = await listen((_request, before) =>
      before === 0 ? { status: 400, body: 'invalid_blocks' } : { status: 429, headers: { 'retry-after': '9' } },
    );
    const { relay } = relayWith([receiverAt('slack', server.url)]);

    expect(await relay.deliver(deliveryTo(['slack']))).toMatchObject([{ outcome: 'retry', delay: 9 }]);
  });
});
