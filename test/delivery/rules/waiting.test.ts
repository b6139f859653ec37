import { describe, expect, it } from 'vitest';
import { FRESH, type ReceiverState } from '../../../src/delivery/rules/receiver-state.ts';
import { afterWaiting, type Waits, waitedOut } from '../../../src/delivery/rules/waiting.ts';

const NOW = Date.parse('2026-11-20T14:05:09.000Z');
const DAY = 86_400_000;
const waits: Waits = { kind: 'retry', reason: 'sign-in', retryAfter: '300', waits: true };

describe('what is nobody’s mistake', () => {
  const since = (state: ReceiverState) => state.waiting?.since;

  it('is waited for, for a day since it began, and from then on is a failure like others', () => {
    const state = afterWaiting(FRESH, waits, NOW);

    expect(waitedOut(waits, FRESH, NOW)).toBe(waits);
    expect(waitedOut(waits, state, NOW + DAY - 60_000)).toBe(waits);
    expect(waitedOut(waits, state, NOW + DAY + 60_000)).toStrictEqual({ kind: 'retry', reason: 'sign-in' });
  });

  it('counts from its own beginning, whatever was waited for before', () => {
    const state = afterWaiting(FRESH, waits, NOW);

    expect(since(afterWaiting(state, waits, NOW + 60_000))).toBe(NOW);
    expect(since(afterWaiting(state, { ...waits, reason: 'secret-refused' }, NOW + 60_000))).toBe(NOW + 60_000);
    expect(waitedOut({ ...waits, reason: 'secret-refused' }, state, NOW + 2 * DAY)).toMatchObject({ waits: true });
  });
});
