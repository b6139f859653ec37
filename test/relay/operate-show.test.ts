import { describe, expect, it } from 'vitest';
import { eventKey } from '../../src/delivery/rules/keys.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { identity, shortId, shownId } from '../../src/event/identity.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo, entryOf, scaleOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt, relayWith, requestOf } from '../support/relay.ts';

/** A relay whose chat has got some events. */
async function told(...events: readonly RelayEvent[]) {
  const ports = memoryPorts();
  const chat = await chatAt(ports);
  const { relay } = relayWith([receiverAt('slack', chat.url, 'ops'), receiverAt('slack', chat.url, 'other')], ports);
  for (const event of events) await relay.deliver(deliveryTo(['ops'], { event }), event.id);
  await drain(relay, ports);
  const show = async (id: string) =>
    relay.show(requestOf('', { method: 'GET', query: `id=${encodeURIComponent(id)}` }));
  return { ports, chat, relay, show, [Symbol.asyncDispose]: chat[Symbol.asyncDispose] };
}

const fired = { ...examples.alert, id: identity('fired') };
const resolved = {
  ...fired,
  id: identity('resolved'),
  state: 'resolved' as const,
  occurredAt: '2026-11-20T14:06:00.000Z',
};
const backup = (letter: string) => ({ ...examples.custom, id: `202611-backup-${letter}`, title: `Backup ${letter}` });
const found = (answer: { jsonBody?: unknown }) =>
  (answer.jsonBody as { events: readonly { event: RelayEvent; deliveries: object[]; without: string[] }[] }).events;

describe('what a message shows as its id', () => {
  it('finds the event, what its chats answered, and who was not sent it', async () => {
    await using there = await told(examples.scale, backup('a'));

    const [only, ...others] = found(await there.show(shownId(examples.scale)));

    expect(others).toStrictEqual([]);
    expect(only?.event).toStrictEqual(examples.scale);
    expect(only?.deliveries).toMatchObject([{ receiver: 'ops', state: 'sent', attempts: [{ outcome: 'sent' }] }]);
    expect(only?.without).toStrictEqual(['other']);
    expect(there.chat.received.map(({ body }) => body).join()).toContain(`id \`${shownId(examples.scale)}\``);
  });

  it('finds an alert and its end, in their order, by their story', async () => {
    await using there = await told(resolved, fired);

    expect(shownId(fired)).toBe(shownId(resolved));
    for (const id of [shownId(fired), fired.story ?? '', shortId(fired.story ?? '').slice(0, 6)]) {
      expect(found(await there.show(id)).map(({ event }) => event.id)).toStrictEqual([fired.id, resolved.id]);
    }
    expect(found(await there.show(fired.id)).map(({ event }) => event.id)).toStrictEqual([fired.id]);
  });

  it('finds by what the release before showed, and lists what that can mean where it means several', async () => {
    await using there = await told(backup('a'), backup('b'));

    const { status, jsonBody } = await there.show('202611');

    expect(status).toBe(409);
    const { errors } = jsonBody as { errors: readonly { path: string; message: string }[] };
    expect(errors.toSorted((one, other) => (one.message < other.message ? -1 : 1))).toStrictEqual(
      ['a', 'b'].map((letter) => ({
        path: identity(backup(letter).id),
        message: `2026-11-20T14:05:09.962Z custom warning Backup ${letter} on shop-web (prod)`,
      })),
    );
    for (const letter of ['a', 'b']) {
      const [only] = found(await there.show(shownId(backup(letter))));
      expect(only?.event.id).toBe(backup(letter).id);
      expect(found(await there.show(identity(backup(letter).id)))).toHaveLength(1);
    }
  });

  it('lists what it can mean in words, and not in those of programs', async () => {
    await using there = await told(
      ...['a', 'b'].map((letter) => ({ ...scaleOf(letter, 1, 2), id: `202611-${letter}`, story: letter })),
    );

    const { jsonBody } = await there.show('202611');

    const { errors } = jsonBody as { errors: readonly { message: string }[] };
    expect(errors.map(({ message }) => message)).toStrictEqual([
      expect.stringMatching(/ scale scaling out [ab] \(prod\)$/),
      expect.stringMatching(/ scale scaling out [ab] \(prod\)$/),
    ]);
  });

  it('of a digest finds the events that left in it', async () => {
    await using there = await told();
    const { ports, relay, show } = there;
    const event = scaleOf('web', 1, 2);
    await relay.deliver(deliveryTo(['ops'], { event }), 'm');
    const [row] = ports.ledger.rows('ops', 'event:');
    const digest = identity('digest');
    await ports.ledger.write('ops', [
      { kind: 'put', key: eventKey(event.id), value: { ...(row?.value as object), digest } },
    ]);

    expect(found(await show(shortId(digest))).map((each) => each.event.id)).toStrictEqual([event.id]);
  });
});

describe('a digest of one receiver', () => {
  it('shows of each event what became of it at the others as well', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const names = ['ops', 'other', 'third'];
    const receivers = names.map((name) => ({ ...receiverAt('slack', chat.url, name), rate: { perSecond: 1 } }));
    const { relay } = relayWith(receivers, ports);
    const events = [1, 2, 3].map((to) => scaleOf(`set-${to}`, 0, to));
    for (const event of events) await relay.deliver(deliveryTo(['ops', 'other'], { event }), event.id);
    await drain(relay, ports);
    const { digest = '' } = entryOf(ports.ledger, 'ops', events[2]?.id);
    const { digest: theirs } = entryOf(ports.ledger, 'other', events[2]?.id);
    const show = async (more: string) =>
      found(await relay.show(requestOf('', { method: 'GET', query: `id=${shortId(digest)}${more}` })));

    const all = await show('');

    expect(all.map(({ event, without }) => [event.id, without])).toStrictEqual(
      events.slice(1).map(({ id }) => [id, ['third']]),
    );
    for (const { deliveries } of all) {
      expect(deliveries).toMatchObject([
        { receiver: 'ops', state: 'sent', digest },
        { receiver: 'other', state: 'sent', digest: theirs },
      ]);
    }
    // Of those that were not asked for, nothing is said.
    expect((await show('&receiver=ops')).map(({ without }) => without)).toStrictEqual([[], []]);
  });
});

describe('an id', () => {
  it.each([
    ['of two letters', 'ab', 404, /too short.*4 letters/],
    ['that nobody has', 'abcdef12', 404, /no event abcdef12/],
    ['that is empty', '', 422, /id/],
  ])('%s gets a clear answer', async (_what, id, status, detail) => {
    await using there = await told(examples.scale);

    expect(await there.show(id)).toMatchObject({ status, jsonBody: { detail: expect.stringMatching(detail) } });
  });

  it('of two letters is refused of a list in the same words', async () => {
    await using there = await told(examples.scale);
    const listed = await there.relay.deliveries(requestOf('', { method: 'GET', query: 'id=ab' }));

    expect(listed).toStrictEqual(await there.show('ab'));
  });

  it('of two letters is found where it is the whole of a sender’s own', async () => {
    await using there = await told({ ...examples.custom, id: '42' });

    expect(found(await there.show('42')).map(({ event }) => event.id)).toStrictEqual(['42']);
  });
});

describe('what kept an event back', () => {
  it('is shown where no route took it', async () => {
    const ports = memoryPorts();
    const { relay } = relayWith([], ports);
    const { jsonBody } = await answerTo(relay, post({ kind: 'custom', title: 'Nobody wants it' }));
    const [{ id = '' } = {}] = (jsonBody as { accepted: readonly { id: string }[] }).accepted;

    const [only] = found(await relay.show(requestOf('', { method: 'GET', query: `id=${shortId(id)}` })));

    expect(only).toMatchObject({ event: { title: 'Nobody wants it' }, deliveries: [], reason: 'no-route' });
  });

  it('is shown where its sender told it again', async () => {
    await using there = await told(examples.scale);

    const again = deliveryTo(['ops'], { acceptedAt: '2026-11-20T14:07:00.000Z' });
    expect(await there.relay.deliver(again, 'other')).toMatchObject([{ outcome: 'duplicate' }]);

    expect(entryOf(there.ports.ledger, 'ops')).toMatchObject({ state: 'sent', again: { count: 1 } });
    expect(there.chat.received).toHaveLength(1);
  });
});

describe('replay', () => {
  const body = (id: string) => post({ id, force: true });

  it('takes what a message shows, of an event and of a story', async () => {
    await using there = await told(fired, resolved, examples.scale);

    const outcomes = async (id: string) =>
      ((await there.relay.replay(body(id))).jsonBody as { replayed: readonly { eventId: string }[] }).replayed.map(
        ({ eventId }) => eventId,
      );

    expect(await outcomes(shownId(examples.scale))).toStrictEqual([examples.scale.id]);
    expect(await outcomes(shownId(fired))).toStrictEqual([fired.id, resolved.id]);
  });

  it('of several that begin so sends nothing, and lists them', async () => {
    await using there = await told(backup('a'), backup('b'));
    const before = there.ports.deliveries.sent.length;

    expect(await there.relay.replay(body('202611'))).toMatchObject({ status: 409 });
    expect(there.ports.deliveries.sent).toHaveLength(before);
  });
});

it('deliveries lists those of one id', async () => {
  await using there = await told(fired, resolved, examples.scale);

  const { jsonBody } = await there.relay.deliveries(requestOf('', { method: 'GET', query: `id=${shownId(fired)}` }));

  const { deliveries } = jsonBody as { deliveries: readonly { event: { id: string; short: string } }[] };
  expect(deliveries.map(({ event }) => event.id).toSorted()).toStrictEqual([fired.id, resolved.id].toSorted());
  expect(new Set(deliveries.map(({ event }) => event.short))).toStrictEqual(new Set([shownId(fired)]));
});
