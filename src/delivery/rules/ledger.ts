import * as z from 'zod';
import { anyRelease } from '../../event/later.ts';

export const attempt = z.object({
  at: z.iso.datetime(),
  /** How long the destination took to answer. */
  milliseconds: z.number(),
  outcome: z.enum(['sent', 'retry', 'refused', 'broken']),
  reason: z.string().optional(),
});

/**
 * sending: somebody holds the lease; waiting: a message for the next attempt is queued; parked: waits for the next
 * flush of its receiver; sent, dead, overtaken (its story had ended, or another event had told it) and quiet (silenced)
 * are final.
 */
export const deliveryStates = ['sending', 'waiting', 'parked', 'sent', 'dead', 'overtaken', 'quiet'] as const;

/** Why a row is taken for sent whose end nobody recorded. */
export const UNRECORDED = 'unrecorded';

/** What the relay knows of one event for one receiver. */
export const ledgerEntry = z.object({
  event: anyRelease,
  receiver: z.string(),
  state: z.enum(deliveryStates),
  /** The attempt under way or awaited, counted from 0. */
  attempt: z.int().min(0),
  /** Who is sending: the id of a queue message. */
  owner: z.string(),
  /** ISO, UTC: after this, the sender is taken for dead. */
  leaseUntil: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** ISO, UTC: when the webhook was accepted. Rows of older releases do not say it. */
  acceptedAt: z.iso.datetime().optional(),
  /** As the delivery says. */
  proven: z.boolean().optional(),
  attempts: z.array(attempt),
  /** ISO, UTC: when the next try is to be made, or what is parked leaves. */
  dueAt: z.iso.datetime().optional(),
  /** How often its sender told it again after it was dealt with, and when last (ISO, UTC). */
  again: z.object({ count: z.int(), at: z.iso.datetime() }).optional(),
  /** Why it is dead, overtaken or quiet. */
  reason: z.string().optional(),
  /** The id of the digest that it left in. */
  digest: z.string().optional(),
  /** The receiver that got it instead. */
  fallback: z.string().optional(),
  /** The receiver that it was for, of what this one got as a fallback. */
  standsFor: z.string().optional(),
  /** It was sent again; `over` is when its story had ended by then (ISO, UTC), `untold` where nobody had got it before. */
  replayed: z.object({ over: z.iso.datetime().optional(), untold: z.literal(true).optional() }).optional(),
});

export type LedgerEntry = z.infer<typeof ledgerEntry>;
export type Attempt = z.infer<typeof attempt>;
export type DeliveryState = LedgerEntry['state'];

/** For whom some events came here as to a fallback; undefined where all of them are this receiver's own. */
export function standingFor(
  entries: readonly LedgerEntry[],
): { readonly receivers: readonly string[]; readonly inPart: boolean } | undefined {
  const receivers = new Set(entries.flatMap(({ standsFor }) => standsFor ?? []));
  const inPart = entries.some(({ standsFor }) => standsFor === undefined);
  return receivers.size === 0 ? undefined : { receivers: [...receivers].sort(), inPart };
}

/** Of events that were all sent again, that, and when the last had ended where all had; undefined where some are news. */
function replayedOf(entries: readonly LedgerEntry[]): LedgerEntry['replayed'] {
  if (!entries.every(({ replayed }) => replayed !== undefined)) return undefined;
  const ends = entries.flatMap(({ replayed }) => replayed?.over ?? []).sort();
  const untold = entries.every(({ replayed }) => replayed?.untold);
  return { ...(ends.length === entries.length && { over: ends.at(-1) }), ...(untold && { untold }) };
}

/** How a message that tells these events came about. */
export const sentFrom = (entries: readonly LedgerEntry[]) => ({
  standsFor: standingFor(entries),
  replayed: replayedOf(entries),
});

// A row keeps how the first tries and the last went: a row is read and written whole.
const MOST_ATTEMPTS = 12;

export const withAttempt = (entry: LedgerEntry, tried: Attempt): LedgerEntry => ({
  ...entry,
  attempts: [...entry.attempts, tried].filter((_, at, all) => at < 2 || at >= all.length - MOST_ATTEMPTS),
});

/** Whether it has been tried as often as it may be for this reason. */
export const isSpent = ({ attempts }: LedgerEntry, reason: string, most = Number.POSITIVE_INFINITY): boolean =>
  attempts.filter((tried) => tried.reason === reason).length >= most;

/** The same with the tries that were made for all that wait together. Those from before it waited are not its own. */
export const withTries = (entry: LedgerEntry, tries: readonly Attempt[]): LedgerEntry =>
  tries.filter(({ at }) => at >= entry.updatedAt).reduce((so, tried) => withAttempt(so, tried), entry);
