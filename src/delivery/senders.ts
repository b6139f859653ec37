import { identity } from '../event/identity.ts';
import type { Ports } from './ports.ts';
import { allOf, SENDERS } from './rules/keys.ts';
import { type Sender, sender, together } from './rules/senders.ts';

const MOST_TRIES = 3;

/** Adds what an instance has seen of a sender to what is known of it. Rejects with a StorageError. */
export async function addSender({ ledger, clock }: Pick<Ports, 'ledger' | 'clock'>, news: Sender): Promise<void> {
  const key = `sender:${identity(news.source)}`;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const row = await ledger.read(SENDERS, key);
    const known = sender.safeParse(row?.value).data ?? { source: news.source, hours: {}, refusals: [] };
    const value = together(known, news, clock.now());
    const change = row === undefined ? { kind: 'insert' as const } : { kind: 'replace' as const, etag: row.etag };
    // A conflict is another instance.
    if ((await ledger.write(SENDERS, [{ key, value, ...change }])) !== 'conflict') return;
  }
}

/** Every sender that is known, by name. Rejects with a StorageError. */
export async function knownSenders({ ledger }: Pick<Ports, 'ledger'>): Promise<readonly Sender[]> {
  const found: Sender[] = [];
  for await (const page of ledger.list(SENDERS, allOf('sender:')))
    found.push(...page.flatMap(({ value }) => sender.safeParse(value).data ?? []));
  return found.toSorted((a, b) => a.source.localeCompare(b.source));
}
