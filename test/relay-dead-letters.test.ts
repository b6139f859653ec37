import { describe, expect, it } from 'vitest';
import { deliveryTo, OK } from './support/deliveries.ts';
import { examples } from './support/examples.ts';
import { receiverAt, relayWith } from './support/relay.ts';
import { listen, type Reply } from './support/server.ts';

describe('a receiver that is broken', () => {
  it('is given up at once, with a letter that says why and names no address', async () => {
    await using server = await listen({ status: 404, body: 'no_service' });
    const { relay, ports } = relayWith([receiverAt('slack', `${server.url}/services/secret`)]);
    const message = deliveryTo(['slack']);

    const reports = await relay.deliver(message, 'm1');

    expect(reports).toStrictEqual([
      {
        outcome: 'dead',
        receiver: 'slack',
        eventId: examples.scale.id,
        attempt: 0,
        reason: 'no_service',
        milliseconds: 0,
      },
    ]);
    expect(server.received).toHaveLength(1);
    expect(ports.deliveries.sent).toStrictEqual([]);
    expect(ports.deadLetters.sent).toStrictEqual([
      {
        message: {
          version: 1,
          reason: 'no_service',
          detail: 'slack did not take the message: no_service, after 1 try',
          diedAt: '2026-11-20T14:05:09.000Z',
          delivery: message,
        },
        delay: 0,
      },
    ]);
    expect([...ports.ledger.entries.values()]).toMatchObject([
      { state: 'dead', attempt: 0, attempts: [{ outcome: 'broken', reason: 'no_service' }] },
    ]);
  });

  it.each<['slack' | 'teams', Reply, string]>([
    ['slack', { status: 200, body: 'no_service' }, 'no_service'],
    ['slack', { status: 403, body: 'invalid_token' }, 'invalid_token'],
    ['slack', { status: 410, body: 'channel_is_archived' }, 'channel_is_archived'],
    ['teams', { status: 404, body: '{"error":{"code":"WorkflowNotFound"}}' }, 'WorkflowNotFound'],
    ['teams', { status: 401 }, 'status-401'],
  ])('(%s, %o) is given up as %s', async (type, reply, reason) => {
    await using server = await listen(reply);
    const { relay, ports } = relayWith([receiverAt(type, server.url)]);

    expect(await relay.deliver(deliveryTo([type]))).toMatchObject([{ outcome: 'dead', reason }]);
    expect(server.received).toHaveLength(1);
    expect(ports.deadLetters.sent).toMatchObject([{ message: { reason } }]);
  });

  it.each(['slack', 'teams'] as const)(
    '(%s) by a redirect is given up, and the redirect is not followed',
    async (type) => {
      await using elsewhere = await listen(OK[type]);
      await using server = await listen({ status: 307, headers: { location: elsewhere.url } });
      const { relay } = relayWith([receiverAt(type, server.url)]);

      expect(await relay.deliver(deliveryTo([type]))).toMatchObject([{ outcome: 'dead', reason: 'status-307' }]);
      expect(elsewhere.received).toStrictEqual([]);
    },
  );

  it('does not keep the others waiting', async () => {
    await using slack = await listen({ status: 404, body: 'no_service' });
    await using teams = await listen(OK.teams);
    const { relay, ports } = relayWith([receiverAt('slack', slack.url), receiverAt('teams', teams.url)]);

    expect(await relay.deliver(deliveryTo(['slack', 'teams']))).toMatchObject([
      { outcome: 'dead', receiver: 'slack' },
      { outcome: 'sent', receiver: 'teams' },
    ]);
    expect(ports.deadLetters.sent).toMatchObject([{ message: { delivery: { receivers: ['slack'] } } }]);
  });
});

describe('a message is dead', () => {
  it('when its last try fails', async () => {
    await using server = await listen({ status: 503, headers: { 'retry-after': '5' } });
    const { relay, ports } = relayWith([receiverAt('slack', server.url)]);

    const last = await relay.deliver(deliveryTo(['slack'], { attempt: 6 }));
    const none = await relay.deliver(deliveryTo(['slack'], { attempt: 7 }));

    expect([...last, ...none]).toMatchObject([
      { outcome: 'retry', delay: 5 },
      { outcome: 'dead', reason: 'status-503' },
    ]);
    expect(ports.deadLetters.sent).toMatchObject([
      { message: { detail: 'slack did not take the message: status-503, after 8 tries' } },
    ]);
  });

  it('when it is for a receiver that is no more', async () => {
    await using server = await listen(OK.slack);
    const { relay, ports } = relayWith([receiverAt('slack', server.url)]);

    expect(await relay.deliver(deliveryTo(['gone', 'slack']))).toMatchObject([
      { outcome: 'dead', receiver: 'gone', reason: 'no-such-receiver' },
      { outcome: 'sent', receiver: 'slack' },
    ]);
    expect(ports.deadLetters.sent).toMatchObject([{ message: { delivery: { receivers: ['gone'] } } }]);
  });

  it('once, however often the queue brings it', async () => {
    await using server = await listen({ status: 404, body: 'no_service' });
    const { relay, ports } = relayWith([receiverAt('slack', server.url)]);

    await relay.deliver(deliveryTo(['slack']), 'm1');

    expect(await relay.deliver(deliveryTo(['slack']), 'm1')).toMatchObject([{ outcome: 'duplicate', reason: 'dead' }]);
    expect(server.received).toHaveLength(1);
    expect(ports.deadLetters.sent).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ['text', 'hello', '"hello"'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['of another version', { version: 2, for: 'later' }, '{"version":2,"for":"later"}'],
    ['an event of an unknown kind', { ...deliveryTo(['slack']), event: { kind: 'party' } }, '{"version":1,"event"'],
    ['very long', 'x'.repeat(60_000), `"${'x'.repeat(7_999)}`],
  ])('when nobody can read it (%s), and its start is kept', async (_what, message, start) => {
    const { relay, ports } = relayWith([]);

    expect(await relay.deliver(message)).toStrictEqual([{ outcome: 'dead', reason: 'unreadable' }]);
    const [letter] = ports.deadLetters.sent;
    expect(letter?.message).toStrictEqual({
      version: 1,
      reason: 'unreadable',
      detail: 'the queue held a message that is no delivery of a known version',
      diedAt: '2026-11-20T14:05:09.000Z',
      unread: expect.any(String),
    });
    expect(letter?.message.unread?.startsWith(start)).toBe(true);
    expect(letter?.message.unread?.length).toBeLessThanOrEqual(8_000);
  });
});
