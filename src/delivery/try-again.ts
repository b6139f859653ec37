import type { Verdict } from '../destinations/answer.ts';
import { giveUpAll } from './dead-letters.ts';
import { type DeliveryReport, type Dispatch, iso } from './dispatch.ts';
import { type Parked, recordAll } from './parked.ts';
import { nextTry } from './rules/schedule.ts';

const SECOND = 1_000;

/**
 * An event that a receiver did not take which takes others is tried again by itself, and keeps nobody waiting; with a
 * receiver that takes none, or asks for time, it goes on waiting.
 */
export async function tryAgain(
  dispatch: Dispatch,
  name: string,
  { key, entry }: Parked,
  { isItsOwn, verdict }: { readonly isItsOwn: boolean; readonly verdict: Verdict & { readonly kind: 'retry' } },
): Promise<DeliveryReport> {
  const { clock, deliveries, random } = dispatch.ports;
  const { event, proven, attempt, acceptedAt = iso(clock.now()), standsFor } = entry;
  const { reason } = verdict;
  if (!isItsOwn) {
    await recordAll(dispatch, name, [{ key, entry }], (same) => same);
    return { outcome: 'retry', reason };
  }
  const again = nextTry({ attempt, acceptedAt }, {}, clock.now(), random);
  if (again === undefined) return giveUpAll(dispatch, name, [{ key, entry }], reason);
  const { delay, next } = again;
  const whose = standsFor === undefined ? {} : { standsFor };
  await deliveries.send({ version: 1, event, proven, receivers: [name], acceptedAt, ...next, ...whose }, delay);
  const dueAt = iso(clock.now() + delay * SECOND);
  await recordAll(dispatch, name, [{ key, entry }], (same) => ({ ...same, state: 'waiting', ...next, dueAt }));
  return { outcome: 'retry', reason, delay };
}
