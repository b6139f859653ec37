import * as z from 'zod';
import { readSchedule } from '../event/time/ncrontab.ts';
import { lastTime } from '../event/time/ncrontab-times.ts';
import { type Dispatch, type Drill, iso } from './dispatch.ts';
import { notify } from './notify.ts';
import { DRILL, eventKey } from './rules/keys.ts';
import { ledgerEntry } from './rules/ledger.ts';
import { noticeOf } from './rules/notice.ts';

/** A drill that was begun and is not judged yet. Times are milliseconds since 1970. */
const begun = z.object({
  /** By the schedule: the test message is named after it. */
  time: z.number(),
  /** Since when the message can have been delivered. */
  since: z.number(),
  to: z.array(z.string()),
});

/** What is known of drills. A row of another form counts as none: the worst that can happen is one drill less. */
const drillRow = z.object({
  version: z.literal(1),
  /** The schedule was looked at up to here. */
  until: z.number(),
  begun: z.array(begun),
});

type Begun = z.infer<typeof begun>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What the test message is about. */
const ABOUT = 'autoscale-relay';

/**
 * Once an hour: begins a drill where it was time for one since the last look, one however many are due, and judges what
 * was begun an hour ago: whoever has not got the test message, which goes the way of every message, is told of as a
 * failure. Resolves with their names; rejects with a StorageError.
 */
export async function drilled(dispatch: Dispatch, drill: Drill): Promise<readonly string[]> {
  const { clock, ledger } = dispatch.ports;
  const now = clock.now();
  const row = await ledger.read(DRILL.partition, DRILL.key);
  const known = drillRow.safeParse(row?.value).data ?? { version: 1, until: now, begun: [] };
  const waiting = afterGap(known.begun, now - known.until, now);
  // The timer comes a moment early or late.
  const isOver = ({ since }: Begun) => now - since >= HOUR - MINUTE;
  const failed: string[] = [];
  for (const each of waiting.filter(isOver)) failed.push(...(await failedIn(dispatch, each, now)));
  const fresh = await begin(dispatch, drill, Math.min(known.until, now), now);
  const value = { version: 1, until: now, begun: [...waiting.filter((each) => !isOver(each)), ...fresh] };
  // Last: a fault before it sends or tells the same once more, by the same id. Whoever was quicker has done it all.
  const { key } = DRILL;
  await ledger.write(DRILL.partition, [
    row === undefined ? { kind: 'insert', key, value } : { kind: 'replace', key, value, etag: row.etag },
  ]);
  return failed;
}

/**
 * Where the last look is longer ago than an hour, the relay may have stood still: what was begun has another hour from
 * now, and after a day it says nothing any more.
 */
function afterGap(waiting: readonly Begun[], gap: number, now: number): readonly Begun[] {
  if (gap <= HOUR + MINUTE) return waiting;
  return gap > DAY ? [] : waiting.map((each) => ({ ...each, since: now }));
}

/** Queues the test message of the last time in a stretch; none where none is in it. */
async function begin(dispatch: Dispatch, { every, to }: Drill, after: number, now: number): Promise<readonly Begun[]> {
  const read = readSchedule(every);
  if ('problem' in read) throw new Error(`drill: ${read.problem}`);
  const time = lastTime(read.schedule, after, now);
  if (time === undefined) return [];
  const event = noticeOf('test', ABOUT, iso(now), { began: iso(time) });
  await dispatch.ports.deliveries.send({ version: 1, event, receivers: [...to], attempt: 0, acceptedAt: iso(now) });
  return [{ time, since: now, to: [...to] }];
}

async function failedIn(dispatch: Dispatch, { time, since, to }: Begun, now: number): Promise<readonly string[]> {
  const key = eventKey(noticeOf('test', ABOUT, iso(time)).id);
  const failed: string[] = [];
  for (const name of to.filter((name) => dispatch.receiver(name) !== undefined)) {
    const row = await dispatch.ports.ledger.read(name, key);
    const state = ledgerEntry.safeParse(row?.value).data?.state;
    if (state === 'sent') continue;
    failed.push(name);
    const news = { topic: 'drill', about: name, now, began: since, reason: state ?? 'not tried' } as const;
    await dispatch.desk.change(name, async (before) => ({
      changes: [],
      state: await notify(dispatch, before, news),
      result: undefined,
    }));
  }
  return failed;
}
