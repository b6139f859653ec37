import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClaimWish, decideClaim, type LedgerEntry, ledgerEntry } from '../../src/delivery/ledger.ts';

const wish: ClaimWish = {
  eventId: 'event-1',
  receiver: 'ops',
  attempt: 1,
  owner: 'message-1',
  now: '2026-11-20T14:05:09.000Z',
  leaseUntil: '2026-11-20T14:05:39.000Z',
};

const found: LedgerEntry = {
  eventId: 'event-1',
  receiver: 'ops',
  state: 'sending',
  attempt: 1,
  owner: 'message-2',
  leaseUntil: '2026-11-20T14:05:20.000Z',
  updatedAt: '2026-11-20T14:04:50.000Z',
  attempts: [{ at: '2026-11-20T14:04:00.000Z', milliseconds: 12, outcome: 'retry', reason: 'status-503' }],
};

const claimed: LedgerEntry = {
  eventId: 'event-1',
  receiver: 'ops',
  state: 'sending',
  attempt: 1,
  owner: 'message-1',
  leaseUntil: wish.leaseUntil,
  updatedAt: wish.now,
  attempts: [],
};

const PAST = '2026-11-20T14:05:08.999Z';

describe('a claim', () => {
  it('is granted where nobody has tried before', () => {
    expect(decideClaim(undefined, wish)).toStrictEqual({ kind: 'claim', entry: claimed });
  });

  it.each<[string, Partial<LedgerEntry>]>([
    ['the attempt is awaited', { state: 'waiting' }],
    ['the attempt is awaited by an earlier message', { state: 'waiting', attempt: 0 }],
    ['the same message comes back', { owner: wish.owner }],
    ['the lease has run out', { leaseUntil: PAST }],
    ['the lease ends this very millisecond', { leaseUntil: wish.now }],
    ['an earlier attempt was left with its lease run out', { leaseUntil: PAST, attempt: 0 }],
  ])('is granted where %s, and keeps what was tried', (_what, change) => {
    expect(decideClaim({ ...found, ...change }, wish)).toStrictEqual({
      kind: 'claim',
      entry: { ...claimed, attempts: found.attempts },
    });
  });

  it.each<[string, Partial<LedgerEntry>]>([
    ['the message was sent', { state: 'sent' }],
    ['the message was sent by this very sender', { state: 'sent', owner: wish.owner }],
    ['the message is dead', { state: 'dead' }],
    ['a later attempt is awaited', { state: 'waiting', attempt: 2 }],
    ['a later attempt is under way', { attempt: 2 }],
    ['a later attempt was left with its lease run out', { attempt: 2, leaseUntil: PAST }],
  ])('is settled where %s', (_what, change) => {
    const entry = { ...found, ...change };

    expect(decideClaim(entry, wish)).toStrictEqual({ kind: 'settled', entry });
  });

  it.each<[string, Partial<LedgerEntry>]>([
    ['sends this attempt', {}],
    ['sends the attempt before', { attempt: 0 }],
  ])('waits for the lease while somebody else %s', (_what, change) => {
    expect(decideClaim({ ...found, ...change }, wish)).toStrictEqual({ kind: 'leased', until: found.leaseUntil });
  });
});

const instant = fc.integer({ min: 0, max: 60_000 }).map((ms) => new Date(Date.parse(wish.now) + ms).toISOString());
const entry: fc.Arbitrary<LedgerEntry | undefined> = fc.option(
  fc.record({
    eventId: fc.constant(wish.eventId),
    receiver: fc.constant(wish.receiver),
    state: fc.constantFrom('sending', 'waiting', 'sent', 'dead'),
    attempt: fc.nat(3),
    owner: fc.constantFrom('a', 'b', 'c'),
    leaseUntil: instant,
    updatedAt: instant,
    attempts: fc.constant([]),
  }),
  { nil: undefined },
);

const wishes = fc.record({ attempt: fc.nat(3), now: instant });

describe('whatever the ledger holds', () => {
  it('at most one of two owners claims an attempt while the lease lives', () => {
    fc.assert(
      fc.property(entry, wishes, wishes, (start, one, other) => {
        const leaseUntil = new Date(Date.parse(one.now) + 30_000).toISOString();
        const first = decideClaim(start, { ...wish, ...one, owner: 'a', leaseUntil });
        fc.pre(first.kind === 'claim' && other.now < leaseUntil);
        const second = decideClaim(first.entry, { ...wish, ...other, owner: 'b', leaseUntil });

        expect(second.kind).toBe(other.attempt < one.attempt ? 'settled' : 'leased');
      }),
    );
  });

  it('nothing that was sent or is dead is ever claimed', () => {
    fc.assert(
      fc.property(entry, wishes, (start, one) => {
        fc.pre(start?.state === 'sent' || start?.state === 'dead');

        expect(decideClaim(start, { ...wish, ...one }).kind).toBe('settled');
      }),
    );
  });

  it('a claim is an entry that the ledger can read again', () => {
    fc.assert(
      fc.property(entry, wishes, (start, one) => {
        const decision = decideClaim(start, { ...wish, ...one });

        if (decision.kind === 'claim') expect(ledgerEntry.parse(decision.entry)).toStrictEqual(decision.entry);
      }),
    );
  });
});
