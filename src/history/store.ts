import * as z from 'zod';
import type { Change, Ledger } from '../delivery/ports.ts';
import { type Carried, carried, closed, opened } from './rules/carried.ts';
import { type DayCount, dayCount } from './rules/day-count.ts';

/** The partition of what days came to: no receiver is called so. */
const HISTORY = '~history';
const MARK = 'mark';

/** How many characters of a row are filled: it holds 480,000, and the last thing may be large. */
const FULL = 400_000;
// Of rows that are full, less than the 4 MiB of a transaction.
const AT_ONCE = 4;
/** What is counted of a day at most; a name that senders make up anew each time must not fill storage. */
const MOST_THINGS = 20_000;

const mark = z.object({ final: z.iso.date(), at: z.iso.datetime() });

/** Up to which day nothing is counted again, and when it was last counted. */
export type Mark = z.infer<typeof mark>;

export async function readMark(ledger: Ledger): Promise<Mark | undefined> {
  return mark.safeParse((await ledger.read(HISTORY, MARK))?.value).data;
}

export async function writeMark(ledger: Ledger, value: Mark): Promise<void> {
  await ledger.write(HISTORY, [{ kind: 'put', key: MARK, value }]);
}

/** What went on at the end of a day; nothing where that is not known. */
export async function readCarried(ledger: Ledger, day: string): Promise<Carried> {
  const row = await ledger.read(HISTORY, `carry:${day}`);
  return opened(carried.safeParse(row?.value).data ?? carried.parse({}));
}

const part = z.object({ parts: z.int().min(1), counts: z.array(z.unknown()) });

/** The counts of a day in the place of those that were there, and what goes on after it, at `end` (milliseconds). */
export async function writeDay(
  ledger: Ledger,
  day: string,
  counts: readonly DayCount[],
  carrying: Carried,
  end: number,
): Promise<void> {
  const parts = inParts(counts.slice(0, MOST_THINGS));
  const changes = parts.map(
    (own, at): Change => ({
      kind: 'put',
      key: `day:${day}:${`${at}`.padStart(3, '0')}`,
      value: { parts: parts.length, counts: own },
    }),
  );
  for (let at = 0; at < changes.length; at += AT_ONCE) await ledger.write(HISTORY, changes.slice(at, at + AT_ONCE));
  await ledger.write(HISTORY, [{ kind: 'put', key: `carry:${day}`, value: closed(carrying, end) }]);
}

function inParts(counts: readonly DayCount[]): readonly (readonly DayCount[])[] {
  const parts: DayCount[][] = [[]];
  let size = 0;
  for (const each of counts) {
    const own = JSON.stringify(each).length;
    if (size > 0 && size + own > FULL) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(each);
    size += own;
  }
  return parts;
}

/** The counts of days from `since` to `until`, both included, day by day. Rows of another form are left out. */
export async function readDays(ledger: Ledger, since: string, until: string): Promise<readonly DayCount[]> {
  const found: DayCount[] = [];
  const parts = new Map<string, number>();
  for await (const page of ledger.list(HISTORY, { from: `day:${since}`, to: `day:${until}~` })) {
    for (const { key, value } of page) {
      const [, day = '', at = ''] = key.split(':');
      const { data } = part.safeParse(value);
      if (data !== undefined && Number(at) === 0) parts.set(day, data.parts);
      // One that is left of a count with more parts says nothing.
      if (data === undefined || Number(at) >= (parts.get(day) ?? 0)) continue;
      found.push(...data.counts.flatMap((each) => dayCount.safeParse(each).data ?? []));
    }
  }
  return found;
}
