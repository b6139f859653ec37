import type { EventOf } from '../../event/event.ts';
import { identity } from '../../event/identity.ts';
import { storyOf } from '../../event/story.ts';
import type { Carried } from './carried.ts';
import { type DayCount, partOf } from './day-count.ts';
import { took } from './tally.ts';

const FLAP_MILLISECONDS = 15 * 60_000;
// After a day without its end, an alert that fires again is a new one: its end was lost.
const LOST_MILLISECONDS = 86_400_000;

const alertsOf = (row: DayCount) => partOf(row, 'alerts');

/** An alert that begins or ends. One that is told again while it fires is neither. */
export function countAlert(
  event: EventOf<'alert'>,
  rows: readonly DayCount[],
  { firing, acknowledged, ended }: Carried,
): void {
  const name = identity(storyOf(event) ?? event.id);
  const at = Date.parse(event.occurredAt);
  const since = firing.get(name);
  if (event.state === 'resolved') {
    const began = since ?? (event.firedAt === undefined ? undefined : Date.parse(event.firedAt));
    for (const row of rows.map(alertsOf)) {
      row.resolved += 1;
      if (began !== undefined) took(row.resolve, at - began);
    }
    firing.delete(name);
    acknowledged.delete(name);
    ended.set(name, at);
    return;
  }
  if (since !== undefined && at - since < LOST_MILLISECONDS) return;
  const last = ended.get(name);
  const isFlap = last !== undefined && at >= last && at - last < FLAP_MILLISECONDS;
  for (const row of rows.map(alertsOf)) {
    row.fired += 1;
    if (isFlap) row.flaps += 1;
  }
  acknowledged.delete(name);
  firing.set(name, at);
}

/** Somebody deals with an alert: the first who says so counts. */
export function countAcknowledged(
  event: EventOf<'act'>,
  rows: (name: string) => readonly DayCount[],
  { firing, acknowledged }: Carried,
): void {
  if (event.action !== 'acknowledged' || event.of.kind !== 'alert' || event.story === undefined) return;
  const name = identity(`alert ${event.story}`);
  const [since, at] = [firing.get(name), Date.parse(event.occurredAt)];
  if (since === undefined || acknowledged.has(name)) return;
  acknowledged.set(name, at);
  for (const row of rows(event.of.subject).map(alertsOf)) {
    row.acknowledged += 1;
    took(row.acknowledge, at - since);
  }
}
