import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  flushBegun,
  flushEnded,
  isFlushAwaited,
  isFlushing,
  isQueueing,
  isReleasing,
  releaseBegun,
  releaseEnded,
} from '../../../src/delivery/rules/flush-state.ts';
import {
  afterBroken,
  afterFailure,
  afterRefusal,
  afterSent,
  FRESH,
  gate,
  mayNotice,
  type ReceiverState,
  receiverState,
} from '../../../src/delivery/rules/receiver-state.ts';

const NOW = Date.parse('2026-11-20T14:05:09.000Z');
const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const RATE = { perSecond: 1, perHour: 100 };

describe('the gate of a receiver', () => {
  it('is open to whoever comes first, and takes the share', () => {
    expect(gate(FRESH, { perSecond: 1 }, NOW)).toStrictEqual({
      kind: 'open',
      state: { ...FRESH, used: { second: NOW + SECOND, hour: NOW } },
    });
  });

  it('without a rate leaves the state as it is', () => {
    const passage = gate(FRESH, {}, NOW);

    expect(passage.kind === 'open' && passage.state).toBe(FRESH);
  });

  it('says when the next share is there', () => {
    const state = { ...FRESH, used: { second: NOW + 700, hour: 0 } };

    expect(gate(state, { perSecond: 1 }, NOW)).toStrictEqual({ kind: 'wait', until: NOW + 700 });
  });

  it.each([
    [0, 'wait'],
    [9_999, 'wait'],
    [10_000, 'open'],
  ] as const)('is %i ms after the beginning of a hold of 10 s: %s', (later, kind) => {
    const state = { ...FRESH, heldUntil: NOW + 10_000 };

    expect(gate(state, {}, NOW + later).kind).toBe(kind);
  });

  it.each([
    ['a hold of an hour', { heldUntil: NOW + HOUR }, 'wait'],
    ['a hold of an hour by a clock that is 30 s ahead', { heldUntil: NOW + HOUR + 30 * SECOND }, 'wait'],
    ['a hold of a year, by a clock that had jumped', { heldUntil: NOW + YEAR }, 'open'],
    ['a probe in a year', { broken: { since: NOW, reason: 'no_service', probeAt: NOW + YEAR } }, 'open'],
    ['a probe in 5 minutes', { broken: { since: NOW, reason: 'no_service', probeAt: NOW + 5 * MINUTE } }, 'broken'],
    [
      'a probe that is due while it is held',
      { heldUntil: NOW + HOUR, broken: { since: 0, reason: 'x', probeAt: NOW } },
      'broken',
    ],
  ] as const)('with %s is %o: %s', (_what, more, kind) => {
    expect(gate({ ...FRESH, ...more }, {}, NOW).kind).toBe(kind);
  });

  it('lets one message through to a broken receiver every five minutes', () => {
    let state = afterBroken(FRESH, 'no_service', NOW);
    const let_through: number[] = [];
    for (let later = 0; later <= 20 * MINUTE; later += SECOND) {
      const passage = gate(state, { perSecond: 1 }, NOW + later);
      if (passage.kind === 'open') {
        let_through.push(later / MINUTE);
        state = passage.state;
      } else expect(passage).toStrictEqual({ kind: 'broken', reason: 'no_service' });
    }

    expect(let_through).toStrictEqual([5, 10, 15, 20]);
  });
});

describe('a receiver that does not take a message now', () => {
  const held = (state: ReceiverState) => ((state.heldUntil ?? 0) - NOW) / SECOND;

  it('is left alone for 5 s, then 30 s, then 2 min', () => {
    const holds: number[] = [];
    let state: ReceiverState = FRESH;
    for (let failure = 0; failure < 4; failure += 1) {
      const now = Math.max(NOW, state.heldUntil ?? 0);
      state = afterFailure(state, undefined, now);
      holds.push(((state.heldUntil ?? 0) - now) / SECOND);
    }

    expect(holds).toStrictEqual([5, 30, 120, 120]);
    expect(state).toMatchObject({ failures: 4, failingSince: NOW });
  });

  it('is left alone for as long as it asks', () => {
    expect(held(afterFailure(FRESH, 1, NOW))).toBe(1);
    expect(held(afterFailure(FRESH, 3_600, NOW))).toBe(3_600);
  });

  it('counts what failed together once', () => {
    const once = afterFailure(FRESH, undefined, NOW);

    expect(afterFailure(once, undefined, NOW + 100)).toBe(once);
  });

  it('is held for the longest that it has asked for', () => {
    const state = afterFailure(afterFailure(FRESH, 30, NOW), 1, NOW);

    expect(held(state)).toBe(30);
    expect(held(afterFailure(afterFailure(FRESH, undefined, NOW), 30, NOW))).toBe(30);
  });

  it('stays held when a message that was under way before goes through', () => {
    const state = afterSent(afterFailure(FRESH, 30, NOW), NOW);

    expect(held(state)).toBe(30);
    expect(state).toMatchObject({ failures: 0 });
    expect(state.failingSince).toBeUndefined();
  });

  it('is broken once it has failed for a day, and not a moment before', () => {
    const failing = [0, 6, 12, 18].reduce((state, hours) => afterFailure(state, undefined, NOW + hours * HOUR), FRESH);

    expect(afterFailure(failing, undefined, NOW + 24 * HOUR).broken).toBeUndefined();
    expect(afterFailure(failing, undefined, NOW + 24 * HOUR + 1).broken).toMatchObject({ reason: 'failing-for-a-day' });
  });

  it('is not broken where nobody has tried for longer than any wait: it fails since now, as if for the first time', () => {
    const failing = afterFailure(afterFailure(FRESH, undefined, NOW), undefined, NOW + 6 * HOUR);

    expect(afterFailure(failing, undefined, NOW + 30 * HOUR)).toMatchObject({
      failures: 1,
      failingSince: NOW + 30 * HOUR,
      heldUntil: NOW + 30 * HOUR + 5 * SECOND,
    });
    expect(afterFailure(failing, undefined, NOW + 30 * HOUR).broken).toBeUndefined();
  });

  it('that has failed since a time to come, by a clock that had jumped, fails since now', () => {
    const state = afterFailure({ ...FRESH, failures: 1, failingSince: NOW + YEAR, heldUntil: NOW + YEAR }, 5, NOW);

    expect(state).toMatchObject({ failingSince: NOW, heldUntil: NOW + 5 * SECOND });
  });
});

describe('a receiver that takes a message', () => {
  it('is as before where nothing was wrong', () => {
    expect(afterSent(FRESH, NOW)).toBe(FRESH);
  });

  it('is whole again, whatever was wrong', () => {
    const broken = afterBroken(afterFailure(FRESH, undefined, NOW), 'no_service', NOW);

    expect(afterSent(broken, NOW + MINUTE)).toStrictEqual({
      ...FRESH,
      heldUntil: NOW + 5 * SECOND,
      back: { since: NOW, reasons: ['no_service'], until: NOW + MINUTE },
    });
  });
});

describe('a receiver that says that it takes no message', () => {
  const refused = (times: readonly number[], from: ReceiverState = FRESH) =>
    times.reduce((state, seconds) => afterRefusal(state, 'status-404', NOW + seconds * SECOND), from);

  it('is left alone for 5 s, then a minute, and broken by the third time', () => {
    expect(refused([0])).toMatchObject({ heldUntil: NOW + 5 * SECOND, refusals: { count: 1, since: NOW } });
    expect(refused([0, 5])).toMatchObject({ heldUntil: NOW + 65 * SECOND, refusals: { count: 2, since: NOW } });
    expect(refused([0, 5]).broken).toBeUndefined();
    const state = refused([0, 5, 65]);
    expect(state.broken).toStrictEqual({
      since: NOW + 65 * SECOND,
      reason: 'status-404',
      reasons: ['status-404'],
      probeAt: NOW + 365 * SECOND,
    });
    expect(state.refusals).toBeUndefined();
  });

  it.each([
    ['what was under way together', [0, 0.1, 0.2, 1, 4], undefined],
    ['three within a minute, after holds that were shorter', [0, 20, 30, 50], undefined],
  ])('is not broken by %s', (_what, times, broken) => {
    let state: ReceiverState = { ...FRESH, heldUntil: NOW - SECOND };
    for (const seconds of times) {
      if (seconds >= 20) state = { ...state, heldUntil: NOW };
      state = afterRefusal(state, 'x', NOW + seconds * SECOND);
    }

    expect(state.broken).toBe(broken);
  });

  it('begins anew after a message that went through, and after a night without one', () => {
    expect(afterRefusal(afterSent(refused([0, 5]), NOW), 'x', NOW + 100 * SECOND).refusals).toMatchObject({ count: 1 });
    expect(refused([0, 5, 9 * 3_600]).refusals).toStrictEqual({ count: 1, since: NOW + 9 * HOUR });
  });

  it('is broken since the first time also by a row of the release before, which knows one reason', () => {
    const before = receiverState.parse({ ...FRESH, broken: { since: NOW, reason: 'no_service', probeAt: NOW } });

    expect(refused([60], before).broken).toMatchObject({ since: NOW, reasons: ['no_service', 'status-404'] });
    expect(afterSent(before, NOW + MINUTE).back).toStrictEqual({
      since: NOW,
      reasons: ['no_service'],
      until: NOW + MINUTE,
    });
  });
});

it('a receiver is broken since the first time', () => {
  const again = afterBroken(afterBroken(FRESH, 'no_service', NOW), 'invalid_token', NOW + MINUTE);

  expect(again.broken).toStrictEqual({
    since: NOW,
    reason: 'invalid_token',
    reasons: ['no_service', 'invalid_token'],
    probeAt: NOW + 6 * MINUTE,
  });
});

describe('a flush', () => {
  const begun = flushBegun({ ...FRESH, flushAt: NOW }, 'm1', NOW);

  it('that begins is awaited no more, and makes others wait for a minute at most', () => {
    expect(isFlushAwaited(begun, NOW)).toBe(false);
    for (const [later, is] of [
      [0, true],
      [59_999, true],
      [MINUTE, false],
      [-YEAR, false],
    ] as const) {
      expect(isFlushing(begun, NOW + later)).toBe(is);
      expect(isQueueing(begun, NOW + later)).toBe(is);
    }
  });

  it('gives back its own lease only', () => {
    expect(flushEnded(begun, 'm1').flushing).toBeUndefined();
    expect(flushEnded(begun, 'm2')).toBe(begun);
  });

  it.each([
    [-5 * MINUTE, false],
    [-5 * MINUTE + 1, true],
    [0, true],
    [HOUR, true],
    [YEAR, false],
  ])('that was to come %i ms from now is awaited: %s', (from, awaited) => {
    const state = { ...FRESH, flushAt: NOW + from };

    expect(isFlushAwaited(state, NOW)).toBe(awaited);
    expect(isQueueing(state, NOW)).toBe(true);
  });
});

describe('a notice', () => {
  const noticed = { ...FRESH, noticed: { receiverBroken: NOW } };

  it.each([
    ['of another kind', 'receiverBack', NOW, 0, true],
    ['of the same thing', 'receiverBroken', NOW, 2 * HOUR, false],
    ['of a new thing within the hour', 'receiverBroken', NOW + MINUTE, HOUR - 1, false],
    ['of a new thing after an hour', 'receiverBroken', NOW + MINUTE, HOUR, true],
    ['after one that a clock which had jumped has dated', 'receiverBroken', NOW - YEAR, -YEAR, true],
    ['by a clock that is a second behind', 'receiverBroken', NOW, -SECOND, false],
  ])('%s may be given: %4$s', (_what, topic, began, later, may) => {
    expect(mayNotice(noticed, topic, began, NOW + later)).toBe(may);
  });

  it('may be given where there was none', () => {
    expect(mayNotice(FRESH, 'receiverBroken', NOW, NOW)).toBe(true);
  });
});

describe('whatever happens to a receiver', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('sent') }),
    fc.record({ kind: fc.constant('retry'), asked: fc.option(fc.integer({ min: 1, max: 3_600 }), { nil: undefined }) }),
    fc.record({ kind: fc.constant('broken') }),
    fc.record({ kind: fc.constant('hopeless') }),
    fc.record({ kind: fc.constant('gate') }),
  );
  const steps = fc.array(fc.tuple(step, fc.integer({ min: -2 * HOUR, max: 2 * HOUR })), { maxLength: 40 });

  /** When a message gets through, of one that comes again whenever it is told to. */
  function throughAt(state: ReceiverState, now: number): number {
    for (let at = now, tries = 0; tries < 50; tries += 1) {
      const passage = gate(state, RATE, at);
      if (passage.kind === 'open') return at;
      at = passage.kind === 'wait' ? passage.until : at + 5 * MINUTE;
    }
    return Number.POSITIVE_INFINITY;
  }

  it('its state can be read again, and no clock keeps a message waiting for more than two hours', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let state: ReceiverState = FRESH;
        let now = NOW;
        for (const [{ kind, ...more }, gap] of all) {
          now += gap;
          if (kind === 'sent') state = afterSent(state, now);
          if (kind === 'retry') state = afterFailure(state, 'asked' in more ? more.asked : undefined, now);
          if (kind === 'broken') state = afterBroken(state, 'no_service', now);
          if (kind === 'hopeless') state = afterRefusal(state, 'status-404', now);
          const passage = gate(state, RATE, now);
          if (passage.kind === 'open') state = passage.state;

          expect(throughAt(state, now) - now).toBeLessThanOrEqual(2 * HOUR + 10 * MINUTE);
          expect(receiverState.parse(JSON.parse(JSON.stringify(state)))).toStrictEqual(
            JSON.parse(JSON.stringify(state)),
          );
        }
      }),
    );
  });
});

it('what waited for a deployment is told by one alone, and nobody else says that it is told', () => {
  const telling = releaseBegun({ ...FRESH, windows: { night: NOW } }, 'one', 'night', NOW);

  expect(telling.windows).toStrictEqual({});
  expect([isReleasing(telling, 'one', NOW), isReleasing(telling, 'two', NOW)]).toStrictEqual([false, true]);
  expect(releaseEnded(telling, 'two')).toBe(telling);
  expect(isReleasing(releaseEnded(telling, 'one'), 'two', NOW)).toBe(false);
});
