import { iso } from '../event/time/units.ts';
import type { Ports } from './ports.ts';
import { allOf } from './rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from './rules/ledger.ts';

export interface StorageQuery {
  readonly receivers: readonly string[];
  /** Milliseconds since 1970. */
  readonly since?: number | undefined;
  /** `receiver/key` of the last row that was read. */
  readonly after?: string | undefined;
  readonly isWanted: (entry: LedgerEntry) => boolean;
}

/** Rows at once: as many as Azure gives. */
const PAGE = 1_000;
/** Pages for one answer: somebody waits for it, and goes on where it ended. */
const MOST_PAGES = 5;

/**
 * What was tried, receiver by receiver in the order of storage: each row is read once, however long the ledger is, and one that is
 * written meanwhile is there or not. `after`: where to go on; undefined once that is all.
 */
export async function deliveriesInStorage(
  { ledger }: Pick<Ports, 'ledger'>,
  { receivers, since, after, isWanted }: StorageQuery,
): Promise<{ readonly found: readonly LedgerEntry[]; readonly after: string | undefined }> {
  const [last = '', key = ''] = after?.split('/') ?? [];
  const { from, to } = allOf('event:');
  const found: LedgerEntry[] = [];
  let pages = 0;
  for (const receiver of receivers.slice(Math.max(0, receivers.indexOf(last)))) {
    // "!" comes before all that keys are made of.
    const rest = receiver === last ? `${key}!` : from;
    const range = { from: rest, to, page: PAGE, ...(since !== undefined && { since: iso(since) }) };
    for await (const page of ledger.list(receiver, range)) {
      found.push(...page.flatMap(({ value }) => ledgerEntry.safeParse(value).data ?? []).filter(isWanted));
      pages += 1;
      const [end] = page.slice(-1);
      if (end !== undefined && (found.length >= PAGE || pages >= MOST_PAGES))
        return { found, after: `${receiver}/${end.key}` };
    }
  }
  return { found, after: undefined };
}
