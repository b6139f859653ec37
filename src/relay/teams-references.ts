import * as z from 'zod';
import type { Ledger } from '../delivery/ports.ts';
import { allOf, referenceKey, TEAMS } from '../delivery/rules/keys.ts';
import type { Reference } from '../destinations/teams-bot/inbound.ts';

const reference = z.object({
  service: z.string(),
  tenant: z.string(),
  room: z.string(),
  team: z.string().optional(),
  channel: z.string().optional(),
});

type Known = z.infer<typeof reference>;

/** Notes where the bot was let in, or forgets where it was shown out. Rejects with a StorageError. */
export async function keepReference(ledger: Pick<Ledger, 'write'>, { added, ...known }: Reference): Promise<void> {
  const key = referenceKey(known.room);
  const change = added ? ({ kind: 'put', key, value: known } as const) : ({ kind: 'delete', key } as const);
  await ledger.write(TEAMS, [change]);
}

/** Where the bot was let in, as far as it was told. Rejects with a StorageError. */
export async function referencesIn(ledger: Pick<Ledger, 'list'>): Promise<readonly Known[]> {
  const found: Known[] = [];
  for await (const page of ledger.list(TEAMS, allOf('reference:'))) {
    for (const { value } of page) {
      const { data } = reference.safeParse(value);
      if (data !== undefined) found.push(data);
    }
  }
  return found;
}
