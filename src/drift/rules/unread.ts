import type { RelayEvent } from '../../event/event.ts';
import { iso } from '../../event/time/units.ts';
import { noticeOf } from './coverage.ts';
import { setKey } from './ids.ts';
import type { RunReading } from './reading.ts';
import { type DriftState, FORGOTTEN_MILLISECONDS } from './state.ts';

type Unread = NonNullable<DriftState['unread']>;

/**
 * The sets that could not be read, beside those that could not before. One failure may pass by itself: it is told when a
 * set cannot be read by two runs in a row, and once that it can be again.
 */
export function unreadSets(
  before: Unread,
  { sets, gone, unread = [] }: RunReading,
  now: number,
): { readonly known: Unread; readonly notices: readonly RelayEvent[] } {
  const at = iso(now);
  const ended = new Set([...sets.map(({ set }) => setKey(set)), ...gone]);
  const failed = new Map(unread.filter(({ key }) => !ended.has(key)).map((each) => [each.key, each]));
  const kept = Object.entries(before).filter(
    ([key, { since }]) => !ended.has(key) && !failed.has(key) && now - Date.parse(since) < FORGOTTEN_MILLISECONDS,
  );
  const entries = [...failed.values()].map(({ key, name, why, status }) => {
    const last = before[key];
    const isLost = last !== undefined && last.told === undefined && last.since < at;
    const isTold = isLost || last?.told === true;
    return {
      key,
      name,
      why,
      status,
      isLost,
      entry: { name, why, since: last?.since ?? at, ...(isTold && { told: true as const }) },
    };
  });
  const lost = entries.filter(({ isLost }) => isLost);
  const read = new Set(sets.map(({ set }) => setKey(set)));
  const back = Object.entries(before).flatMap(([key, { name, told }]) =>
    told && read.has(key) ? [{ key, name }] : [],
  );
  return {
    known: Object.fromEntries([...kept, ...entries.map(({ key, entry }) => [key, entry] as const)]),
    notices: [
      ...noticeOf('driftUnreadable', lost.map(placed), TYPE, now),
      ...noticeOf('driftReadable', back.map(placed), TYPE, now),
    ],
  };
}

const TYPE = 'Microsoft.Compute/virtualMachineScaleSets';

const placed = ({ key, name, ...how }: Omit<Parameters<typeof noticeOf>[1][number], 'place'>) => {
  const [, , subscriptionId = ''] = key.split('/');
  return { key, name, why: how.why, status: how.status, place: { id: key, subscriptionId } };
};
