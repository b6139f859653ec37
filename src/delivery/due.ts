import { iso } from './dispatch.ts';
import type { Ports } from './ports.ts';
import { STATE } from './rules/keys.ts';
import type { LedgerEntry } from './rules/ledger.ts';
import { receiverState } from './rules/receiver-state.ts';

/** Deliveries with when what is parked leaves: its receiver may have put that off since it was parked. */
export async function dueNow(
  { ledger }: Pick<Ports, 'ledger'>,
  found: readonly LedgerEntry[],
): Promise<readonly LedgerEntry[]> {
  const names = new Set(found.filter(({ state }) => state === 'parked').map(({ receiver }) => receiver));
  const states = await Promise.all(
    [...names].map(async (name) => {
      const row = await ledger.read(name, STATE);
      return [name, receiverState.safeParse(row?.value).data?.flushAt] as const;
    }),
  );
  const flushes = new Map(states);
  return found.map((entry) => {
    const at = entry.state === 'parked' ? flushes.get(entry.receiver) : undefined;
    return at === undefined ? entry : { ...entry, dueAt: iso(at) };
  });
}
