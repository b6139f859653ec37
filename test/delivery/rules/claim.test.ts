import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClaimWish, decideClaim, type Known } from '../../../src/delivery/rules/claim.ts';
import { deliveryStates, type LedgerEntry, ledgerEntry, UNRECORDED } from '../../../src/delivery/rules/ledger.ts';
import { FRESH, type ReceiverState } from '../../../src/delivery/rules/receiver-state.ts';
import { examples } from '../../support/examples.ts';

const NOW = Date.parse('2026-11-20T14:05:09.000Z');
const LEASE = 45_000;
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const wish: ClaimWish = {
  event: examples.alert,
  receiver: 'ops',
  attempt: 1,
  owner: 'message-1',
  now: NOW,
  leaseUntil: NOW + LEASE,
  rate: {},
  place: { story: 'alert 1', source: 'azure-monitor', final: false, at: '2026-11-20T14:05:00.000Z' },
  replay: undefined,
};

const found: LedgerEntry = {
  event: examples.alert,
  receiver: 'ops',
  state: 'sending',
  attempt: 1,
  owner: 'message-2',
  leaseUntil: iso(NOW + 11_000),
  updatedAt: iso(NOW - 19_000),
  attempts: [{ at: iso(NOW - 60_000), milliseconds: 12, outcome: 'retry', reason: 'status-503' }],
};

const claimed: LedgerEntry = {
  event: examples.alert,
  receiver: 'ops',
  state: 'sending',
  attempt: 1,
  owner: 'message-1',
  leaseUntil: iso(wish.leaseUntil),
  updatedAt: iso(NOW),
  attempts: [],
};

const decided = (known: Partial<Known>, more: Partial<ClaimWish> = {}) =>
  decideClaim({ entry: undefined, state: FRESH, story: {}, quiet: undefined, ...known }, { ...wish, ...more });

const broken: ReceiverState = { ...FRESH, broken: { since: NOW, reason: 'no_service', probeAt: NOW + 1 } };
const held: ReceiverState = { ...FRESH, heldUntil: NOW + 5_000 };

describe('a delivery that was taken for sent, since nobody had touched it for a day', () => {
  const taken = { ...found, state: 'sent', reason: UNRECORDED, leaseUntil: iso(NOW - 86_400_000) } as const;

  it('is sent where its message was there after all, so that nothing is lost', () => {
    expect(decided({ entry: taken }).kind).toBe('claim');
  });

  it('is left alone by an earlier attempt, as is what was recorded as sent', () => {
    expect(decided({ entry: { ...taken, attempt: wish.attempt + 1 } }).kind).toBe('settled');
    expect(decided({ entry: { ...taken, reason: undefined } }).kind).toBe('settled');
  });
});

describe('a claim', () => {
  it('is granted where nobody has tried before', () => {
    expect(decided({})).toStrictEqual({ kind: 'claim', entry: claimed, state: FRESH });
  });

  it.each<[string, Partial<LedgerEntry>]>([
    ['the attempt is awaited', { state: 'waiting' }],
    ['the attempt is awaited by an earlier message', { state: 'waiting', attempt: 0 }],
    ['the same message comes back', { owner: wish.owner }],
    ['the lease has run out', { leaseUntil: iso(NOW - 1) }],
    ['the lease ends this very millisecond', { leaseUntil: iso(NOW) }],
    ['an earlier attempt was left with its lease run out', { leaseUntil: iso(NOW - 1), attempt: 0 }],
    ['the lease was taken by a clock that had jumped ahead', { leaseUntil: iso(NOW + 86_400_000) }],
  ])('is granted where %s, and keeps what was tried', (_what, change) => {
    expect(decided({ entry: { ...found, ...change } })).toStrictEqual({
      kind: 'claim',
      entry: { ...claimed, attempts: found.attempts },
      state: FRESH,
    });
  });

  it.each<[string, Partial<LedgerEntry>]>([
    ['the message was sent', { state: 'sent' }],
    ['the message was sent by this very sender', { state: 'sent', owner: wish.owner }],
    ['the message is dead', { state: 'dead' }],
    ['the message is parked', { state: 'parked' }],
    ['its story had ended', { state: 'overtaken' }],
    ['it was silenced', { state: 'quiet' }],
    ['a later attempt is awaited', { state: 'waiting', attempt: 2 }],
    ['a later attempt is under way', { attempt: 2 }],
    ['a later attempt was left with its lease run out', { attempt: 2, leaseUntil: iso(NOW - 1) }],
  ])('is settled where %s', (_what, change) => {
    const entry = { ...found, ...change };

    expect(decided({ entry })).toStrictEqual({ kind: 'settled', entry });
  });

  it.each<[string, Partial<LedgerEntry>]>([
    ['sends this attempt', {}],
    ['sends the attempt before', { attempt: 0 }],
  ])('waits for the lease while somebody else %s', (_what, change) => {
    expect(decided({ entry: { ...found, ...change } })).toStrictEqual({ kind: 'leased', until: NOW + 11_000 });
  });

  it('takes the share of the rate along', () => {
    expect(decided({}, { rate: { perSecond: 1 } })).toMatchObject({
      kind: 'claim',
      state: { used: { second: NOW + 1_000 } },
    });
  });
});

describe('an event has to wait', () => {
  const { scale } = examples;
  const usual = { event: scale, place: undefined, rate: { perSecond: 1 } };
  const parked = { ...claimed, event: scale, state: 'parked' };

  it.each<[string, ReceiverState, number]>([
    ['its receiver is on hold', held, NOW + 5_000],
    ['the rate is used up', { ...FRESH, used: { second: NOW + 300, hour: 0 } }, NOW + 300],
    ['a flush is under way', { ...FRESH, flushing: { owner: 'f', until: NOW + 1 } }, NOW],
    ['the flush that was to come is long overdue', { ...FRESH, flushAt: NOW - 300_000 }, NOW],
  ])('while %s, and is the first to call for a flush', (_what, state, flushAt) => {
    expect(decided({ state }, usual)).toStrictEqual({
      kind: 'park',
      entry: { ...parked, dueAt: expect.any(String) },
      state: { ...state, flushAt, flushCall: 'message-1' },
      flushAt,
      first: true,
    });
  });

  it('while others wait, for the flush that they have called for, and the state is written anew', () => {
    const state = { ...FRESH, flushAt: NOW + 700 };

    const decision = decided({ state }, usual);

    expect(decision).toStrictEqual({
      ...{ kind: 'park', state, flushAt: NOW + 700, first: false },
      entry: { ...parked, dueAt: new Date(NOW + 700).toISOString() },
    });
    expect(decision.kind === 'park' && decision.state).not.toBe(state);
  });

  it('no longer where the flush has died', () => {
    expect(decided({ state: { ...FRESH, flushing: { owner: 'f', until: NOW } } }, usual).kind).toBe('claim');
  });

  it('until the storm that is on lets the next message go', () => {
    const storm = { step: 1, until: NOW + 7_000 };
    const rate = { perSecond: 1, burst: 5, gather: [1_000, 10_000] };

    expect(decided({ state: { ...FRESH, storm } }, { ...usual, rate })).toMatchObject({ flushAt: NOW + 7_000 });
    expect(decided({ state: { ...FRESH, storm } }, { ...usual, rate, now: NOW + 7_000 }).kind).toBe('claim');
    // A storm that was begun by a clock that had jumped ahead.
    expect(decided({ state: { ...FRESH, storm } }, { ...usual, rate, now: NOW - 3_600_000 }).kind).toBe('claim');
  });
});

describe('an event that is urgent', () => {
  const rate = { perSecond: 1 };
  const full = { second: NOW + 1_000, hour: 0 };

  it.each<[string, ReceiverState]>([
    ['others wait', { ...FRESH, flushAt: NOW + 700 }],
    ['a flush of others is under way', { ...FRESH, flushing: { owner: 'f', until: NOW + 1 } }],
    ['the rate is used up', { ...FRESH, used: full }],
    ['a storm is on', { ...FRESH, storm: { step: 1, until: NOW + 7_000 } }],
  ])('is sent at once while %s', (_what, state) => {
    expect(decided({ state }, { rate: { ...rate, gather: [1_000, 10_000] } }).kind).toBe('claim');
  });

  it.each<[string, ReceiverState, number, boolean]>([
    ['its receiver is on hold', held, NOW + 5_000, true],
    ['what others waited for is later', { ...held, flushAt: NOW + 9_000 }, NOW + 5_000, true],
    ['others of its kind wait', { ...FRESH, flushAt: NOW + 700, urgent: true }, NOW + 700, false],
    ['others of its kind are sent', { ...FRESH, flushing: { owner: 'f', until: NOW + 1, urgent: true } }, NOW, true],
    ['more than that has been used', { ...FRESH, used: { second: NOW + 2_000, hour: 0 } }, NOW + 1_000, true],
  ])('waits while %s, and says so', (_what, state, flushAt, first) => {
    expect(decided({ state }, { rate })).toMatchObject({ kind: 'park', state: { urgent: true }, flushAt, first });
  });
});

describe('an event is not sent', () => {
  it('where its story had ended before', () => {
    expect(decided({ story: { ended: '2026-11-20T14:05:00.000Z' } })).toStrictEqual({
      kind: 'overtake',
      entry: { ...claimed, state: 'overtaken', reason: 'story-ended' },
    });
  });

  it.each<[string, Partial<Known>, Partial<ClaimWish>]>([
    ['its story ended before it began again', { story: { ended: '2026-11-20T14:04:59.999Z' } }, {}],
    [
      'it is the end of the story',
      { story: { ended: '2026-11-20T14:06:00.000Z' } },
      { place: { story: 'alert 1', source: 'azure-monitor', final: true, at: '2026-11-20T14:05:00.000Z' } },
    ],
    ['it stands for itself', { story: { ended: '2026-11-20T14:06:00.000Z' } }, { place: undefined }],
  ])('but is where %s', (_what, known, more) => {
    expect(decided(known, more).kind).toBe('claim');
  });

  it('where the receiver is broken', () => {
    expect(decided({ state: broken })).toStrictEqual({ kind: 'divert', entry: claimed, reason: 'no_service' });
  });

  it('but is where the receiver is broken and it is time to probe it', () => {
    expect(decided({ state: broken }, { now: NOW + 1 })).toMatchObject({
      kind: 'claim',
      state: { broken: { probeAt: NOW + 300_001 } },
    });
  });

  it('where people want quiet', () => {
    expect(decided({ quiet: 'window nights' })).toMatchObject({ kind: 'quiet', entry: { state: 'quiet' } });
  });
});

describe('a replay', () => {
  const replayed = (replay: ClaimWish['replay'], entry: Partial<LedgerEntry>, more: Partial<ClaimWish> = {}) =>
    decided({ entry: { ...found, attempt: 3, ...entry } }, { replay, attempt: 0, ...more }).kind;

  it.each(['dead', 'overtaken', 'quiet'] as const)('opens what is %s again, once', (state) => {
    for (const replay of ['unsent', 'forced'] as const) {
      expect(replayed(replay, { state })).toBe('claim');
      expect(replayed(replay, { state, owner: wish.owner })).toBe('settled');
    }
  });

  it('of what was sent is settled unless it is forced, and then once', () => {
    expect(replayed('unsent', { state: 'sent' })).toBe('settled');
    expect(replayed('forced', { state: 'sent' })).toBe('claim');
    expect(replayed('forced', { state: 'sent', owner: wish.owner })).toBe('settled');
  });

  it('that is tried again opens nothing more', () => {
    for (const state of ['sent', 'dead', 'overtaken', 'quiet'] as const) {
      expect(replayed('forced', { state }, { attempt: 1 })).toBe('settled');
    }
  });

  it('leaves alone what is parked', () => {
    expect(replayed('forced', { state: 'parked' })).toBe('settled');
  });

  it('takes what waits for a next try where it is forced: its message may be lost', () => {
    expect(replayed('forced', { state: 'waiting' })).toBe('claim');
    expect(replayed('unsent', { state: 'waiting' })).toBe('settled');
  });

  it('takes over from a sender who never came back, where it is forced', () => {
    expect(replayed('forced', { leaseUntil: iso(NOW) })).toBe('claim');
    expect(replayed('unsent', { leaseUntil: iso(NOW) })).toBe('settled');
    expect(replayed('forced', {})).toBe('settled');
  });

  it.each<[string, Partial<Known>]>([
    ['its story has ended', { story: { ended: '2026-11-20T14:06:00.000Z' } }],
    ['the receiver is broken', { state: broken }],
    ['others wait', { state: { ...FRESH, flushAt: NOW } }],
    ['people want quiet', { quiet: 'window nights' }],
  ])('is sent although %s', (_what, known) => {
    expect(decided(known, { replay: 'unsent', attempt: 0 }).kind).toBe('claim');
  });

  it('waits while its receiver is on hold', () => {
    expect(decided({ state: held }, { replay: 'unsent', attempt: 0 }).kind).toBe('park');
  });
});

const entry: fc.Arbitrary<LedgerEntry | undefined> = fc.option(
  fc
    .record<LedgerEntry>({
      event: fc.constant(examples.alert),
      receiver: fc.constant('ops'),
      state: fc.constantFrom(...deliveryStates),
      attempt: fc.nat(3),
      owner: fc.constantFrom('a', 'b', 'c'),
      leaseUntil: fc.integer({ min: 0, max: 45_000 }).map((later) => iso(NOW + later)),
      updatedAt: fc.constant(iso(NOW)),
      attempts: fc.constant([]),
    })
    .map((given) => ({ ...given })),
  { nil: undefined },
);
const state: fc.Arbitrary<ReceiverState> = fc.record(
  {
    version: fc.constant(1 as const),
    used: fc.record({ second: fc.integer({ min: NOW - 5_000, max: NOW + 5_000 }), hour: fc.constant(0) }),
    failures: fc.nat(3),
    noticed: fc.constant({}),
    heldUntil: fc.integer({ min: NOW - 60_000, max: NOW + 60_000 }),
    flushAt: fc.integer({ min: NOW - 600_000, max: NOW + 60_000 }),
    flushing: fc.record({ owner: fc.constant('f'), until: fc.integer({ min: NOW - 60_000, max: NOW + 60_000 }) }),
    broken: fc.record({
      since: fc.constant(NOW),
      reason: fc.constant('no_service'),
      probeAt: fc.integer({ min: NOW - 60_000, max: NOW + 300_000 }),
    }),
  },
  { requiredKeys: ['version', 'used', 'failures', 'noticed'] },
);
const wishes = fc.record({
  attempt: fc.nat(3),
  now: fc.integer({ min: NOW, max: NOW + 60_000 }),
  replay: fc.constantFrom(undefined, 'unsent' as const, 'forced' as const),
  rate: fc.constantFrom({}, { perSecond: 1 }),
});

describe('whatever the ledger holds', () => {
  const known = (given: LedgerEntry | undefined, of: ReceiverState): Known => ({
    entry: given,
    state: of,
    story: {},
    quiet: undefined,
  });

  it('at most one of two owners claims an attempt while the lease lives', () => {
    fc.assert(
      fc.property(entry, state, wishes, wishes, (start, of, one, other) => {
        const leaseUntil = one.now + LEASE;
        const first = decideClaim(known(start, of), { ...wish, ...one, owner: 'a', leaseUntil });
        fc.pre(first.kind === 'claim' && other.now >= one.now && other.now < leaseUntil);
        const second = decideClaim(known(first.entry, of), {
          ...wish,
          ...other,
          owner: 'b',
          leaseUntil: other.now + LEASE,
        });

        expect(['leased', 'settled']).toContain(second.kind);
      }),
    );
  });

  it('nothing that is final or parked is claimed without an operator', () => {
    fc.assert(
      fc.property(entry, state, wishes, (start, of, one) => {
        fc.pre(start !== undefined && start.state !== 'sending' && start.state !== 'waiting');

        expect(decideClaim(known(start, of), { ...wish, ...one, replay: undefined }).kind).toBe('settled');
      }),
    );
  });

  it('what is decided can be read again from the ledger', () => {
    fc.assert(
      fc.property(entry, state, wishes, (start, of, one) => {
        const decision = decideClaim(known(start, of), { ...wish, ...one, leaseUntil: one.now + LEASE });

        if ('entry' in decision) expect(ledgerEntry.parse(decision.entry)).toStrictEqual(decision.entry);
      }),
    );
  });

  it('an event is parked only for a flush that comes, within an hour', () => {
    fc.assert(
      fc.property(entry, state, wishes, (start, of, one) => {
        const decision = decideClaim(known(start, of), { ...wish, ...one, leaseUntil: one.now + LEASE });
        fc.pre(decision.kind === 'park');

        expect(decision.first || of.flushAt === decision.flushAt).toBe(true);
        expect(decision.state.flushAt).toBe(decision.flushAt);
        expect(decision.flushAt - one.now).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });
});
