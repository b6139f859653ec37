import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { UNREAD } from '../../src/delivery/rules/keys.ts';
import { deliveryTo, doubted, entriesOf, entryOf, OK } from '../support/deliveries.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith, requestOf } from '../support/relay.ts';
import { listen, type Reply } from '../support/server.ts';

describe('a receiver that is broken', () => {
  it('is given up, with a letter that says why and names no address', async () => {
    await using server = await listen({ status: 404, body: 'no_service' });
    const { relay, ports } = relayWith([receiverAt('slack', `${server.url}/services/secret`)]);
    await doubted(ports, 'slack');

    const reports = await relay.deliver(deliveryTo(['slack']), 'm1');

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
    const [letter] = entriesOf(ports.ledger, 'slack', 'dead:');
    expect(letter).toMatchObject({
      event: examples.scale,
      state: 'dead',
      reason: 'no_service',
      attempt: 0,
      updatedAt: '2026-11-20T14:05:09.000Z',
      attempts: [{ outcome: 'broken', reason: 'no_service' }],
    });
    expect(entryOf(ports.ledger, 'slack')).toStrictEqual(letter);
    expect(JSON.stringify(ports.ledger.rows('slack'))).not.toContain('services/secret');
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
    await doubted(ports, type);

    expect(await relay.deliver(deliveryTo([type]))).toMatchObject([{ outcome: 'dead', reason }]);
    expect(server.received).toHaveLength(1);
    expect(entriesOf(ports.ledger, type, 'dead:')).toMatchObject([{ reason }]);
  });

  it.each(['slack', 'teams'] as const)(
    '(%s) by a redirect is given up, and the redirect is not followed',
    async (type) => {
      await using elsewhere = await listen(OK[type]);
      await using server = await listen({ status: 307, headers: { location: elsewhere.url } });
      const { relay, ports } = relayWith([receiverAt(type, server.url)]);
      await doubted(ports, type);

      expect(await relay.deliver(deliveryTo([type]))).toMatchObject([{ outcome: 'dead', reason: 'status-307' }]);
      expect(elsewhere.received).toStrictEqual([]);
    },
  );

  it('does not keep the others waiting', async () => {
    await using slack = await listen({ status: 404, body: 'no_service' });
    await using teams = await listen(OK.teams);
    const { relay, ports } = relayWith([receiverAt('slack', slack.url), receiverAt('teams', teams.url)]);
    await doubted(ports, 'slack');

    expect(await relay.deliver(deliveryTo(['slack', 'teams']))).toMatchObject([
      { outcome: 'dead', receiver: 'slack' },
      { outcome: 'sent', receiver: 'teams' },
    ]);
    expect(entriesOf(ports.ledger, 'slack', 'dead:')).toHaveLength(1);
    expect(entriesOf(ports.ledger, 'teams', 'dead:')).toHaveLength(0);
  });
});

describe('a message is dead', () => {
  it('when its last try fails', async () => {
    await using server = await listen({ status: 503, headers: { 'retry-after': '5' } });
    const { relay, ports } = relayWith([receiverAt('slack', server.url)]);

    const last = await relay.deliver(deliveryTo(['slack'], { attempt: 6 }));
    ports.time.now += 5_000;
    const none = await relay.deliver(deliveryTo(['slack'], { attempt: 7 }));

    expect([...last, ...none]).toMatchObject([
      { outcome: 'retry', delay: 5 },
      { outcome: 'dead', reason: 'status-503' },
    ]);
    expect(entriesOf(ports.ledger, 'slack', 'dead:')).toMatchObject([{ reason: 'status-503', attempt: 7 }]);
  });

  it('when it is for a receiver that is no more', async () => {
    await using server = await listen(OK.slack);
    const { relay, ports } = relayWith([receiverAt('slack', server.url)]);

    expect(await relay.deliver(deliveryTo(['gone', 'slack']))).toMatchObject([
      { outcome: 'dead', receiver: 'gone', reason: 'no-such-receiver' },
      { outcome: 'sent', receiver: 'slack' },
    ]);
    expect(entriesOf(ports.ledger, 'gone', 'dead:')).toMatchObject([{ reason: 'no-such-receiver' }]);
  });

  it('once, however often the queue brings it', async () => {
    await using server = await listen({ status: 404, body: 'no_service' });
    const { relay, ports } = relayWith([receiverAt('slack', server.url)]);
    await doubted(ports, 'slack');

    await relay.deliver(deliveryTo(['slack']), 'm1');

    for (const owner of ['m1', 'm2']) {
      expect(await relay.deliver(deliveryTo(['slack']), owner)).toMatchObject([
        { outcome: 'duplicate', reason: 'dead' },
      ]);
    }
    expect(server.received).toHaveLength(1);
    expect(entriesOf(ports.ledger, 'slack', 'dead:')).toHaveLength(1);
  });
});

describe('a message that nobody can read', () => {
  it.each<[string, unknown, string]>([
    ['text', 'hello', '"hello"'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['of another version', { version: 2, for: 'later' }, '{"version":2,"for":"later"}'],
    ['a flush of another version', { version: 2, flush: 'slack' }, '{"version":2,"flush":"slack"}'],
    ['an event that is none', { ...deliveryTo(['slack']), event: { kind: 'party' } }, '{"version":1,"event"'],
    ['very long', 'x'.repeat(60_000), `"${'x'.repeat(7_999)}`],
  ])('is dead (%s), and its start is kept', async (_what, message, start) => {
    const { relay, ports } = relayWith([]);

    expect(await relay.deliver(message)).toStrictEqual([{ outcome: 'dead', reason: 'unreadable' }]);
    const [letter] = ports.ledger.rows(UNREAD, 'dead:');
    expect(letter?.value).toStrictEqual({
      reason: 'unreadable',
      diedAt: '2026-11-20T14:05:09.000Z',
      unread: expect.any(String),
    });
    const { unread } = z.object({ unread: z.string().max(8_000) }).parse(letter?.value);
    expect(unread.startsWith(start)).toBe(true);
  });

  it.each([
    { version: 2, text: 'password=pl4nted' },
    `{"clientSecret":"pl4nted","more":"${'x'.repeat(9_000)}"}`,
    { version: 2, text: `${'x'.repeat(7_950)} https://ops:pl4nted-and-cut@db.example.com/` },
  ])('is kept without the secrets in it', async (message) => {
    const { relay, ports } = relayWith([]);

    await relay.deliver(message);

    expect(JSON.stringify(ports.ledger.rows(UNREAD, 'dead:'))).not.toContain('pl4nted');
  });

  it('is listed with the dead letters', async () => {
    const { relay } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')]);
    await relay.deliver({ version: 2, for: 'later' });

    expect((await relay.deadLetters(requestOf('', { method: 'GET' }))).jsonBody).toStrictEqual({
      deliveries: [],
      unread: [{ reason: 'unreadable', diedAt: '2026-11-20T14:05:09.000Z', unread: '{"version":2,"for":"later"}' }],
    });
  });

  it('is told of by the next watch', async () => {
    const { relay, ports } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')], memoryPorts(), {
      notices: ['slack'],
    });
    await relay.deliver('hello');

    expect(await relay.watch()).toMatchObject({ deadLetters: 1 });

    expect(ports.deliveries.sent).toMatchObject([{ message: { event: { topic: 'deadLetters', count: 1 } } }]);
  });

  it('only because its event is of a later release is told by what every kind has', async () => {
    await using server = await listen(OK.slack);
    const { relay } = relayWith([receiverAt('slack', server.url)]);
    const { title: _, text: __, ...known } = examples.custom;
    const message = { ...deliveryTo(['slack']), event: { ...known, kind: 'forecast', peak: 9 } };

    expect(await relay.deliver(message)).toMatchObject([{ outcome: 'sent' }]);
    expect(server.received[0]?.body).toContain('forecast');
  });
});
