import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Ports } from '../../delivery/ports.ts';
import { iso } from '../../event/time/units.ts';
import type { HttpRequest } from '../http.ts';
import type { ChangeMade } from './answers.ts';

/** The partition of what people changed: no receiver is called so. */
const CHANGES = '~changes';

const change = z.object({
  at: z.iso.datetime(),
  by: z.string(),
  via: z.enum(['entra', 'local', 'none', 'key']),
  what: z.enum(['replay', 'silence', 'silenceEnded', 'drift']),
  about: z.string(),
});

/** Who asks, as rows have it. */
export const actorOf = ({ actor }: Pick<HttpRequest, 'actor'>): Pick<ChangeMade, 'by' | 'via'> =>
  actor ?? { by: 'admin key', via: 'key' };

/** Writes down who changes what, before it is done: no change is without its row. Rejects with a StorageError. */
export async function noteChange({ ledger, clock }: Pick<Ports, 'ledger' | 'clock'>, made: Omit<ChangeMade, 'at'>) {
  const at = iso(clock.now());
  const key = `change:${at}:${randomBytes(4).toString('hex')}`;
  await ledger.write(CHANGES, [{ kind: 'put', key, value: { at, ...made } }]);
}

const MOST = 500;

/** What was changed, the newest first. Rejects with a StorageError. */
export async function changesMade({ ledger }: Pick<Ports, 'ledger'>): Promise<readonly ChangeMade[]> {
  const found: ChangeMade[] = [];
  for await (const page of ledger.list(CHANGES, { from: 'change:', to: 'change:~', page: 1_000 })) {
    found.push(...page.flatMap(({ value }) => change.safeParse(value).data ?? []));
    // In the order of time: what comes last is the newest.
    if (found.length > MOST) found.splice(0, found.length - MOST);
  }
  return found.reverse();
}
