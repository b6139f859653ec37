import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../src/delivery/ledger.ts';
import { StorageError } from '../src/errors.ts';
import type { Claim } from '../src/ports.ts';
import { deliveryTo, OK } from './support/deliveries.ts';
import { examples } from './support/examples.ts';
import { MemoryLedger, memoryPorts } from './support/ports.ts';
import { receiverAt, relayWith } from './support/relay.ts';
import { listen } from './support/server.ts';

/** A ledger that a relay has left in the middle of sending. */
function leftSending(change: Partial<LedgerEntry>): MemoryLedger {
  const eventId = examples.scale.id;
  const ledger = new MemoryLedger();
  ledger.entries.set(JSON.stringify([eventId, 'slack']), {
    eventId,
    receiver: 'slack',
    state: 'sending',
    attempt: 0,
    owner: 'm1',
    leaseUntil: '2026-11-20T14:05:20.000Z',
    updatedAt: '2026-11-20T14:04:50.000Z',
    attempts: [],
    ...change,
  });
  return ledger;
}

describe('a message whose relay has crashed between sending and remembering', () => {
  it.each<[string, Partial<LedgerEntry>]>([
    ['at once when the queue brings it back', {}],
    ['by another message once the lease has run out', { owner: 'm0', leaseUntil: '2026-11-20T14:05:08.000Z' }],
  ])('is sent again %s: twice is better than never', async (_what, change) => {
    await using server = await listen(OK.slack);
    const { relay } = relayWith([receiverAt('slack', server.url)], { ...memoryPorts(), ledger: leftSending(change) });

    expect(await relay.deliver(deliveryTo(['slack']), 'm1')).toMatchObject([{ outcome: 'sent' }]);
    expect(server.received).toHaveLength(1);
  });

  it('is not sent by another message while the lease lives', async () => {
    await using server = await listen(OK.slack);
    const ports = { ...memoryPorts(), ledger: leftSending({}) };
    const { relay } = relayWith([receiverAt('slack', server.url)], ports);
    const message = deliveryTo(['slack']);

    expect(await relay.deliver(message, 'm2')).toStrictEqual([
      { outcome: 'postponed', receiver: 'slack', eventId: examples.scale.id, attempt: 0, delay: 11 },
    ]);
    expect(server.received).toStrictEqual([]);
    expect(ports.deliveries.sent).toStrictEqual([{ message, delay: 11 }]);
  });

  it('is sent by the postponed message when the first never comes back', async () => {
    await using server = await listen(OK.slack);
    const ports = { ...memoryPorts(), ledger: leftSending({}) };
    const { relay } = relayWith([receiverAt('slack', server.url)], ports);

    await relay.deliver(deliveryTo(['slack']), 'm2');
    ports.time.now += 11_000;

    expect(await relay.deliver(ports.deliveries.sent[0]?.message, 'm3')).toMatchObject([{ outcome: 'sent' }]);
  });
});

describe('the same webhook twice', () => {
  it('waits for the first while that is being sent, and is a duplicate then', async () => {
    await using server = await listen({ ...OK.slack, after: 50 });
    const { relay, ports } = relayWith([receiverAt('slack', server.url)]);

    const reports = await Promise.all(['m1', 'm2'].map((owner) => relay.deliver(deliveryTo(['slack']), owner)));

    expect(reports.flat()).toMatchObject([{ outcome: 'sent' }, { outcome: 'postponed', delay: 30 }]);
    expect(await relay.deliver(ports.deliveries.sent[0]?.message, 'm3')).toMatchObject([{ outcome: 'duplicate' }]);
    expect(server.received).toHaveLength(1);
  });

  it('and twenty times at once makes one message', async () => {
    await using server = await listen(OK.slack);
    const { relay } = relayWith([receiverAt('slack', server.url)]);

    const reports = await Promise.all(Array.from({ length: 20 }, () => relay.deliver(deliveryTo(['slack']))));

    expect(reports.flat().filter(({ outcome }) => outcome === 'sent')).toHaveLength(1);
    expect(server.received).toHaveLength(1);
  });
});

describe('while storage is down', () => {
  it.each([
    ['a message that has to come again', 'deliveries', { status: 503 }],
    ['a message that is dead', 'deadLetters', { status: 404, body: 'no_service' }],
  ] as const)('%s is left in the queue, and is tried again from there', async (_what, queue, reply) => {
    await using server = await listen((_request, before) => (before === 0 ? reply : OK.slack));
    const ports = memoryPorts();
    ports[queue].down = true;
    const { relay } = relayWith([receiverAt('slack', server.url)], ports);

    await expect(relay.deliver(deliveryTo(['slack']), 'm1')).rejects.toThrow(StorageError);

    ports[queue].down = false;
    expect(await relay.deliver(deliveryTo(['slack']), 'm1')).toMatchObject([{ outcome: 'sent' }]);
  });

  it('a message that nobody can read is left in the queue', async () => {
    const ports = memoryPorts();
    ports.deadLetters.down = true;

    await expect(relayWith([], ports).relay.deliver('hello')).rejects.toThrow(StorageError);
  });

  it('one receiver does not make another get its message twice', async () => {
    await using slack = await listen({ status: 503 });
    await using teams = await listen({ ...OK.teams, after: 30 });
    const ports = memoryPorts();
    ports.deliveries.down = true;
    const { relay } = relayWith([receiverAt('slack', slack.url), receiverAt('teams', teams.url)], ports);
    const message = deliveryTo(['slack', 'teams']);

    await expect(relay.deliver(message, 'm1')).rejects.toThrow(StorageError);
    ports.deliveries.down = false;

    expect(await relay.deliver(message, 'm1')).toMatchObject([{ outcome: 'retry' }, { outcome: 'duplicate' }]);
    expect(teams.received).toHaveLength(1);
  });

  it('a message that is out counts as sent even though that cannot be written down', async () => {
    await using server = await listen(OK.slack);
    class Forgetful extends MemoryLedger {
      override async claim(wish: Parameters<MemoryLedger['claim']>[0]): Promise<Claim> {
        const claim = await super.claim(wish);
        const record = () => Promise.reject(new StorageError('the ledger did not record the outcome', 'no answer'));
        return claim.kind === 'claimed' ? { ...claim, record } : claim;
      }
    }
    const { relay } = relayWith([receiverAt('slack', server.url)], { ...memoryPorts(), ledger: new Forgetful() });

    expect(await relay.deliver(deliveryTo(['slack']))).toMatchObject([{ outcome: 'sent' }]);
  });
});
