import * as z from 'zod';
import type { EventOf } from '../../event/event.ts';
import { iso, MINUTE_MILLISECONDS, SECOND_MILLISECONDS } from '../../event/time/units.ts';
import { noticeOf } from './notice.ts';
import type { Sender } from './senders.ts';

/** A sender from which something is to come at least so often (milliseconds), and who is told if not. */
export interface Expectation {
  readonly source: string;
  readonly every: number;
  readonly to?: readonly string[] | undefined;
}

const expected = z.object({
  /** When the rule was first seen: what never came counts from here. */
  since: z.iso.datetime(),
  /** Since when the relay has looked without a break: only that counts. */
  from: z.iso.datetime(),
  /** When the last webhook came, also where the sender's own row is gone. */
  last: z.iso.datetime().optional(),
  /** That it is silent is told; since when it is. */
  silentSince: z.iso.datetime().optional(),
});

/** What is known of the senders that are expected, by name, and when that was looked at. */
export const expectedSenders = z.object({ at: z.iso.datetime(), senders: z.record(z.string(), expected) });

export type ExpectedSenders = z.infer<typeof expectedSenders>;
type Expected = z.infer<typeof expected>;

/** A longer break than this and the relay itself stood still, or a clock was set: nothing is known of the time between. */
const BREAK = 5 * MINUTE_MILLISECONDS;
/** What came is written at most so much later, by whichever instance took it; with the minute between two looks, within two. */
const LATE = 50 * SECOND_MILLISECONDS;

/** A look at what came: what is known from now on, and what is to be told to whom. `now` is in milliseconds. */
export function looked(
  known: ExpectedSenders | undefined,
  { rules, senders, now }: { rules: readonly Expectation[]; senders: readonly Sender[]; now: number },
): { readonly next: ExpectedSenders; readonly news: readonly Told[] } {
  const isUnbroken = known !== undefined && Math.abs(now - Date.parse(known.at)) <= BREAK;
  const each = rules.map((rule) => {
    const before = known?.senders[rule.source];
    const sender = senders.find(({ source }) => source === rule.source);
    const since = before?.since ?? iso(now);
    const last = latest(before?.last, sender?.last, iso(now));
    const from = isUnbroken && before !== undefined ? before.from : iso(now);
    const entry = { since, from, ...(last && { last }), silentSince: before?.silentSince };
    return { source: rule.source, ...judged(rule, entry, sender, now) };
  });
  return {
    next: { at: iso(now), senders: Object.fromEntries(each.map(({ source, entry }) => [source, entry])) },
    news: each.flatMap(({ told }) => told ?? []),
  };
}

/** A notice, and the rule that says who gets it. */
interface Told {
  readonly rule: Expectation;
  readonly event: EventOf<'notice'>;
}

/** Of two times the later; none is after `now`, whatever the clock of who wrote it was. */
function latest(one: string | undefined, other: string | undefined, now: string): string | undefined {
  const later = [one ?? '', other ?? ''].toSorted().at(-1);
  return later && (later < now ? later : now);
}

/** When something has to have come: counted from what came last, or since the relay looks. In milliseconds. */
export const dueAt = ({ every }: Pick<Expectation, 'every'>, { from, last = from }: Expected): number =>
  Math.max(Date.parse(from), Date.parse(last)) + every;

function judged(
  rule: Expectation,
  { silentSince, ...entry }: Expected,
  sender: Sender | undefined,
  now: number,
): { readonly entry: Expected; readonly told?: Told } {
  const { since, last } = entry;
  if (silentSince !== undefined) {
    if (last === undefined || last <= silentSince) return { entry: { ...entry, silentSince } };
    const lasted = secondsFrom(silentSince, Date.parse(last));
    return {
      entry,
      told: { rule, event: noticeOf('heard', rule.source, iso(now), { began: silentSince, lasted }) },
    };
  }
  if (now < dueAt(rule, entry) + LATE) return { entry };
  // Named by what came last: whoever finds it out as well, or once more after a crash, tells the same.
  const began = last ?? since;
  const event = noticeOf('silent', rule.source, iso(now), {
    began,
    lasted: secondsFrom(began, now),
    ...causeOf(sender, began),
  });
  return { entry: { ...entry, silentSince: began }, told: { rule, event } };
}

const secondsFrom = (began: string, now: number): number =>
  Math.min(Math.max(0, Math.round((now - Date.parse(began)) / SECOND_MILLISECONDS)), MOST_SECONDS);

const MOST_SECONDS = 100_000_000;
const MOST_REASONS = 3;

/** What was refused of a sender meanwhile, the most first, and since when. */
function causeOf(sender: Sender | undefined, began: string): Pick<EventOf<'notice'>, 'reason' | 'reasons'> {
  const refused = (sender?.refusals ?? [])
    .filter(({ at }) => at > began)
    .toSorted((one, other) => other.count - one.count)
    .slice(0, MOST_REASONS);
  if (refused.length === 0) return {};
  return {
    reasons: refused.map(({ reason, status, count }) => ({ reason, status, count: Math.min(count, MOST_COUNT) })),
    reason: refused.map((each) => `${each.status} ${each.reason} ×${each.count} (${minute(each.since)})`).join('; '),
  };
}

const MOST_COUNT = 1_000_000;

/** "2026-12-01 04:51 UTC": since when. */
const minute = (time: string): string => `${time.slice(0, 16).replace('T', ' ')} UTC`;
