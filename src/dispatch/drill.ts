import { eventKey } from '../delivery/keys.ts';
import { ledgerEntry } from '../delivery/ledger.ts';
import { noticeOf } from '../delivery/notice.ts';
import { type Dispatch, iso } from './dispatch.ts';
import { told } from './tell.ts';

/** When receivers are tried, and which. */
export interface Drill {
  /** NCRONTAB with six fields, in UTC. */
  readonly every: string;
  readonly to: readonly string[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What the test message is about. */
const DRILL = 'autoscale-relay';

/**
 * Once an hour: begins a drill where it was time for one since the last hour, and looks how the one before that ended. A
 * test message goes the way of every message; whoever has not got it by then is told of as a failure. Resolves with
 * their names; rejects with a StorageError.
 */
export async function drilled(dispatch: Dispatch, drill: Drill | undefined): Promise<readonly string[]> {
  if (drill === undefined) return [];
  const { clock, deliveries } = dispatch.ports;
  // To the minute, as the timer comes a moment early or late.
  const now = Math.floor(clock.now() / MINUTE) * MINUTE;
  const [begins, began] = await Promise.all([lastTime(drill.every, now), lastTime(drill.every, now - HOUR)]);
  if (begins !== undefined) {
    const event = noticeOf('test', DRILL, iso(begins));
    await deliveries.send({ version: 1, event, receivers: [...drill.to], attempt: 0, acceptedAt: iso(now) });
  }
  return began === undefined ? [] : failedSince(dispatch, drill, iso(began));
}

async function failedSince(dispatch: Dispatch, { to }: Drill, began: string): Promise<readonly string[]> {
  const key = eventKey(noticeOf('test', DRILL, began).id);
  const failed: string[] = [];
  for (const name of to) {
    const row = await dispatch.ports.ledger.read(name, key);
    const state = ledgerEntry.safeParse(row?.value).data?.state;
    if (state === 'sent') continue;
    failed.push(name);
    const now = dispatch.ports.clock.now();
    const news = { topic: 'drill', about: name, now, began: Date.parse(began), reason: state ?? 'not tried' } as const;
    await dispatch.desk.change(name, async (before) => ({
      changes: [],
      state: await told(dispatch, before, news),
      result: undefined,
    }));
  }
  return failed;
}

/** The last time of a schedule in the hour up to `until`; undefined where there is none. */
async function lastTime(every: string, until: number): Promise<number | undefined> {
  // Loaded when there is a drill.
  const { Cron } = await import('croner');
  const cron = new Cron(every, { timezone: 'UTC', mode: '6-part' });
  let last: number | undefined;
  // Forwards: backwards, the library fails for what comes once in years.
  for (let next = cron.nextRun(new Date(until - HOUR)); next !== null && next.getTime() <= until; ) {
    last = next.getTime();
    next = cron.nextRun(next);
  }
  return last;
}
