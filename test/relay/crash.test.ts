import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/delivery/ports.ts';
import { eventKey } from '../../src/delivery/rules/keys.ts';
import type { LedgerEntry } from '../../src/delivery/rules/ledger.ts';
import { StorageError } from '../../src/problems/errors.ts';
import { deliveryTo, entryOf, OK } from '../support/deliveries.ts';
import { examples } from '../support/examples.ts';
import { MemoryLedger, memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { listen } from '../support/server.ts';

/** Storage after a relay that was left in the middle of sending. */
async function leftSending(change: Partial<LedgerEntry>) {
  const ports = memoryPorts();
  const value: LedgerEntry = {
    event: examples.scale,
    receiver: 'slack',
    state: 'sending',
    attempt: 0,
    owner: 'm1',
    leaseUntil: '2026-11-20T14:05:20.000Z',
    updatedAt: '2026-11-20T14:04:50.000Z',
    attempts: [],
    ...change,
  };
  await ports.ledger.write('slack', [{ kind: 'insert', key: eventKey(value.event.id), value }]);
  return ports;
}

describe('a message whose relay has crashed between sending and remembering', () => {
  it.each<[string, Partial<LedgerEntry>]>([
    ['at once when the queue brings it back', {}],
    ['by another message once the lease has run out', { owner: 'm0', leaseUntil: '2026-11-20T14:05:08.000Z' }],
    ['where the lease was taken by a clock that ran ahead', { owner: 'm0', leaseUntil: '2027-11-20T14:05:08.000Z' }],
  ])('is sent again %s: twice is better than never', async (_what, change) => {
    await using server = await listen(OK.slack);
    const { relay } = relayWith([receiverAt('slack', server.url)], await leftSending(change));

    expect(await relay.deliver(deliveryTo(['slack']), 'm1')).toMatchObject([{ outcome: 'sent' }]);
    expect(server.received).toHaveLength(1);
  });

  it('is not sent by another message while the lease lives', async () => {
    await using server = await listen(OK.slack);
    const { relay, ports } = relayWith([receiverAt('slack', server.url)], await leftSending({}));
    const message = deliveryTo(['slack']);

    expect(await relay.deliver(message, 'm2')).toStrictEqual([
      {
        outcome: 'postponed',
        receiver: 'slack',
        eventId: examples.scale.id,
        attempt: 0,
        reason: 'being-sent',
        delay: 11,
      },
    ]);
    expect(server.received).toStrictEqual([]);
    expect(ports.deliveries.sent).toStrictEqual([{ message, delay: 11 }]);
  });

  it('is sent by the postponed message when the first never comes back', async () => {
    await using server = await listen(OK.slack);
    const { relay, ports } = relayWith([receiverAt('slack', server.url)], await leftSending({}));

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

    expect(reports.flat()).toMatchObject([{ outcome: 'sent' }, { outcome: 'postponed', delay: 45 }]);
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

  it('and twenty times at once in two relays makes one message', async () => {
    await using server = await listen(OK.slack);
    const ports = memoryPorts();
    const relays = [1, 2].map(() => relayWith([receiverAt('slack', server.url)], ports).relay);

    const reports = await Promise.all(
      Array.from({ length: 20 }, (_, index) => relays[index % 2]?.deliver(deliveryTo(['slack']), `m${index}`)),
    );

    expect(reports.flat().filter((report) => report?.outcome === 'sent')).toHaveLength(1);
    expect(server.received).toHaveLength(1);
  });
});

describe('while storage is down', () => {
  it('a message that has to come again is left in the queue, and is tried again from there', async () => {
    await using server = await listen((_request, before) => (before === 0 ? { status: 503 } : OK.slack));
    const { relay, ports } = relayWith([receiverAt('slack', server.url)]);
    ports.deliveries.down = true;

    await expect(relay.deliver(deliveryTo(['slack']), 'm1')).rejects.toThrow(StorageError);

    ports.deliveries.down = false;
    ports.time.now += 30_000;
    expect(await relay.deliver(deliveryTo(['slack']), 'm1')).toMatchObject([{ outcome: 'sent' }]);
  });

  it('a message that nobody can read is left in the queue', async () => {
    const ports = memoryPorts();
    ports.ledger.down = true;

    await expect(relayWith([], ports).relay.deliver('hello')).rejects.toThrow(StorageError);
  });

  it('one receiver does not make another get its message twice', async () => {
    await using slack = await listen({ status: 503 });
    await using teams = await listen({ ...OK.teams, after: 30 });
    const { relay, ports } = relayWith([receiverAt('slack', slack.url), receiverAt('teams', teams.url)]);
    ports.deliveries.down = true;
    const message = deliveryTo(['slack', 'teams']);

    await expect(relay.deliver(message, 'm1')).rejects.toThrow(StorageError);
    ports.deliveries.down = false;
    ports.time.now += 30_000;

    expect(await relay.deliver(message, 'm1')).toMatchObject([{ outcome: 'retry' }, { outcome: 'duplicate' }]);
    expect(teams.received).toHaveLength(1);
  });

  it('a message that is out counts as sent even though that cannot be written down', async () => {
    await using server = await listen(OK.slack);
    const { relay, ports } = relayWith([receiverAt('slack', server.url)], {
      ...memoryPorts(),
      ledger: new Forgetful(),
    });

    expect(await relay.deliver(deliveryTo(['slack']))).toMatchObject([{ outcome: 'sent' }]);
    expect(entryOf(ports.ledger, 'slack').state).toBe('sending');
  });
});

it('a receiver that has failed before and takes a message now is not sent it twice because storage fails then', async () => {
  const ports = memoryPorts();
  await using server = await listen((_request, before) => {
    ports.ledger.down = before === 1;
    return before === 0 ? { status: 503 } : OK.slack;
  });
  const { relay } = relayWith([receiverAt('slack', server.url)], ports);
  await relay.deliver(deliveryTo(['slack']), 'm1');
  ports.time.now += 5_000;

  expect(await relay.deliver(ports.deliveries.sent[0]?.message, 'm2')).toMatchObject([{ outcome: 'sent' }]);
});

/** Cannot be written to any more once something was claimed. */
class Forgetful extends MemoryLedger {
  override async write(partition: string, changes: readonly Change[]) {
    const etags = await super.write(partition, changes);
    this.write = () => Promise.reject(new StorageError('the ledger did not take the change', 'no answer'));
    return etags;
  }
}
