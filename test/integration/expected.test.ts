import { describe, expect, it } from 'vitest';
import { tellOfSilent } from '../../src/delivery/expected.ts';
import { addSender } from '../../src/delivery/senders.ts';
import type { EventOf } from '../../src/event/event.ts';
import { azureLedger } from '../../src/outbound/storage/ledger.ts';
import { ownStorage } from '../support/own-storage.ts';
import { memoryPorts } from '../support/ports.ts';

const MINUTE = 60_000;
const rules = [{ source: 'flux', every: 2 * MINUTE }];

describe('a sender that is expected, in real storage', () => {
  it('is told once to be silent and once to be back, by whichever of two instances looks', async () => {
    const ledger = azureLedger({ connectionString: await ownStorage() }, 'deliveries');
    const { deliveries } = memoryPorts();
    let now = Date.parse('2026-11-20T14:00:00.000Z');
    const ports = { ledger, deliveries, clock: { now: () => now, wait: async () => undefined } };
    const came = () => addSender(ports, { source: 'flux', last: new Date(now).toISOString(), hours: {}, refusals: [] });
    const look = async (minutes: number) => {
      for (let at = 0; at < minutes; at += 1) {
        await Promise.all([1, 2].map(() => tellOfSilent(ports, rules, ['slack'])));
        now += MINUTE;
      }
    };

    await came();
    await look(6);
    await came();
    await look(2);

    const told = deliveries.sent.flatMap(({ message }) =>
      'event' in message ? [message.event as EventOf<'notice'>] : [],
    );
    expect([...new Map(told.map((event) => [event.id, event])).values()]).toMatchObject([
      { topic: 'silent', lasted: 180 },
      { topic: 'heard', lasted: 360 },
    ]);
  });
});
