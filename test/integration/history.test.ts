import { describe, expect, inject, it } from 'vitest';
import type { Change } from '../../src/delivery/ports.ts';
import { eventKey } from '../../src/delivery/rules/keys.ts';
import type { LedgerEntry } from '../../src/delivery/rules/ledger.ts';
import { countHistory } from '../../src/history/count.ts';
import { readDays } from '../../src/history/store.ts';
import { azureLedger } from '../../src/outbound/storage/ledger.ts';
import { scaleOf } from '../support/deliveries.ts';
import { newTableName } from './storage-names.ts';
import { proxyTo } from './storage-proxy.ts';

const START = Date.parse('2026-11-20T14:05:09.000Z');
const EVENTS = 2_500;
const RECEIVERS = ['ops', 'team'];

function entry(receiver: string, at: number): LedgerEntry {
  const event = scaleOf(`set-${at % 40}`, 3, 4 + (at % 3), at * 10);
  const acceptedAt = event.occurredAt;
  const more = { attempt: 0, owner: 'm', leaseUntil: acceptedAt, updatedAt: acceptedAt, attempts: [] };
  return { event, receiver, state: 'sent', acceptedAt, ...more };
}

describe('counting, in a real table,', () => {
  it('reads a thousand rows at once, and writes a day with three calls', async () => {
    await using storage = await proxyTo(inject('storage'));
    const ledger = azureLedger({ connectionString: storage.connectionString }, newTableName());
    for (const receiver of RECEIVERS) {
      for (let at = 0; at < EVENTS; at += 100) {
        const rows = Array.from({ length: 100 }, (_, index) => entry(receiver, at + index));
        const changes = rows.map((value): Change => ({ kind: 'put', key: eventKey(value.event.id), value }));
        await ledger.write(receiver, changes);
      }
    }
    const given = { ledger, now: START + EVENTS * 10_000, receivers: RECEIVERS, episodes: async () => [] };
    await countHistory(given);
    storage.calls.length = 0;

    expect(await countHistory(given)).toMatchObject({
      from: '2026-11-20',
      to: '2026-11-20',
      events: EVENTS,
      unread: 0,
    });

    // Three pages of each receiver and one of what no route takes; a mark and what goes on read; three rows written.
    expect(storage.calls.length).toBe(3 * RECEIVERS.length + 1 + 2 + 3);
    const days = await readDays(ledger, '2026-11-20', '2026-11-20');
    expect(days.find(({ of }) => of === 'all')).toMatchObject({ events: EVENTS, messages: { sent: 2 * EVENTS } });
    expect(days.filter(({ of }) => of === 'set')).toHaveLength(40);
  });
});
