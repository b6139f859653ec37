import * as z from 'zod';
import { anyRelease } from '../event/later.ts';
import type { Deferred } from './deferred.ts';
import { type Dispatch, iso } from './dispatch.ts';
import { recordAll } from './parked.ts';
import { receiverName } from './rules/delivery.ts';
import { planKey } from './rules/keys.ts';

/**
 * In which digest what waits leaves: written down before it is told. Who comes back after a crash tells the same one, which its
 * receiver's ledger knows by its id, and not another one of what is left.
 */
const plan = z.object({
  event: anyRelease,
  standsFor: receiverName.optional(),
  /** ISO, by storage's clock: what has waited since then, and no later, is in it. */
  upTo: z.iso.datetime(),
});

type Plan = z.infer<typeof plan>;

/** What is left of the plan of who was here before; undefined where they had none, or had done with it. */
export async function planFound({ ports }: Dispatch, key: string, name: string): Promise<Plan | undefined> {
  const row = await ports.ledger.read(name, planKey(key));
  return plan.safeParse(row?.value).data;
}

/** The plan for all of these. */
export async function planned(
  { ports }: Dispatch,
  { key, name, held }: { readonly key: string; readonly name: string; readonly held: readonly Deferred[] },
  told: Omit<Plan, 'upTo'>,
): Promise<Plan> {
  const upTo = held.reduce((latest, { changedAt }) => (changedAt > latest ? changedAt : latest), '');
  const made = { ...told, upTo };
  await ports.ledger.write(name, [{ kind: 'put', key: planKey(key), value: made }]);
  return made;
}

/** Tells the digest, records what left in it, and is done with the plan. Resolves with what did not leave in it. */
export async function carriedOut(
  dispatch: Dispatch,
  { key, name, held }: { readonly key: string; readonly name: string; readonly held: readonly Deferred[] },
  { event, standsFor, upTo }: Plan,
): Promise<readonly Deferred[]> {
  const { deliveries, ledger, clock } = dispatch.ports;
  const acceptedAt = iso(clock.now());
  const whose = standsFor === undefined ? {} : { standsFor };
  await deliveries.send({ version: 1, event, receivers: [name], attempt: 0, acceptedAt, ...whose });
  const told = held.filter(({ changedAt }) => changedAt <= upTo);
  await recordAll(dispatch, name, told, (entry) => ({ ...entry, digest: event.id }));
  await ledger.write(name, [{ kind: 'delete', key: planKey(key) }]);
  return held.filter((each) => !told.includes(each));
}
