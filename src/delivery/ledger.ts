import * as z from 'zod';

const attempt = z.object({
  at: z.iso.datetime(),
  /** How long the destination took to answer. */
  milliseconds: z.number(),
  outcome: z.enum(['sent', 'retry', 'refused', 'broken']),
  reason: z.string().optional(),
});

/** What the relay knows of one event for one receiver. */
export const ledgerEntry = z.object({
  eventId: z.string(),
  receiver: z.string(),
  /** sending: somebody holds the lease; waiting: a message for the next attempt is queued; sent and dead are final. */
  state: z.enum(['sending', 'waiting', 'sent', 'dead']),
  /** The attempt under way or awaited, counted from 0. */
  attempt: z.int().min(0),
  /** Who is sending: the id of a queue message. */
  owner: z.string(),
  /** ISO, UTC: after this, the sender is taken for dead. */
  leaseUntil: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  attempts: z.array(attempt),
});

export type LedgerEntry = z.infer<typeof ledgerEntry>;
export type Attempt = z.infer<typeof attempt>;

/** A wish to send: which attempt, for whom, and until when it will surely have ended. */
export interface ClaimWish {
  readonly eventId: string;
  readonly receiver: string;
  readonly attempt: number;
  readonly owner: string;
  readonly now: string;
  readonly leaseUntil: string;
}

export type ClaimDecision =
  | { readonly kind: 'claim'; readonly entry: LedgerEntry }
  /** Sent, dead, or already at a later attempt: nothing to do for this message. */
  | { readonly kind: 'settled'; readonly entry: LedgerEntry }
  /** Somebody else is sending; ask again after `until`. */
  | { readonly kind: 'leased'; readonly until: string };

/** Who may send: the rule that every ledger follows, whatever it is stored in. */
export function decideClaim(found: LedgerEntry | undefined, wish: ClaimWish): ClaimDecision {
  const { now, leaseUntil, ...given } = wish;
  const claimed: LedgerEntry = {
    ...given,
    state: 'sending',
    leaseUntil,
    updatedAt: now,
    attempts: found?.attempts ?? [],
  };
  if (found === undefined) return { kind: 'claim', entry: claimed };
  if (found.state === 'sent' || found.state === 'dead' || found.attempt > wish.attempt) {
    return { kind: 'settled', entry: found };
  }
  // The same queue message is back, so whoever held it before has crashed: no need to wait for the lease.
  const free = found.state === 'waiting' || found.owner === wish.owner || found.leaseUntil <= now;
  return free ? { kind: 'claim', entry: claimed } : { kind: 'leased', until: found.leaseUntil };
}
