import type { ClaimWish, LedgerEntry } from '../../src/delivery/ledger.ts';
import type { Claim, Ledger } from '../../src/ports.ts';

type Claimed = Extract<Claim, { kind: 'claimed' }>;

export const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 20, 14, 5, seconds)).toISOString();

/** A wish at second 0 with a lease of 30 seconds. */
export const wish = (more: Partial<ClaimWish> = {}): ClaimWish => ({
  eventId: '0123456789abcdef0123456789abcdef',
  receiver: 'ops-slack',
  attempt: 0,
  owner: 'first',
  now: at(0),
  leaseUntil: at(30),
  ...more,
});

export async function claimed(ledger: Ledger, more: Partial<ClaimWish> = {}): Promise<Claimed> {
  const claim = await ledger.claim(wish(more));
  if (claim.kind !== 'claimed') throw new Error(`expected a claim and got "${claim.kind}"`);
  return claim;
}

export const ended = (entry: LedgerEntry, more: Partial<LedgerEntry>): LedgerEntry => ({
  ...entry,
  updatedAt: at(1),
  attempts: [...entry.attempts, { at: at(0), milliseconds: 12, outcome: 'retry', reason: 'status-503' }],
  ...more,
});
