import { afterEach, describe, expect, it, vi } from 'vitest';
import { limit } from '../../src/outbound/http/limit.ts';
import { budgeted } from '../../src/problems/budget.ts';
import { LateError } from '../../src/problems/errors.ts';

afterEach(() => {
  vi.useRealTimers();
});

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));

describe('a limit of time', () => {
  it.each([
    ['back', -3_600_000],
    ['forth', 3_600_000],
  ])('ends what is not answered, also where the clock jumps an hour %s meanwhile', async (_where, by) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { abortSignal } = limit(50);
    const late = expect(budgeted(50, () => new Promise(() => undefined))).rejects.toThrow(LateError);

    vi.setSystemTime(Date.now() + by);

    expect(abortSignal.aborted).toBe(false);
    await late;
    await (abortSignal.aborted || aborted(abortSignal));
  });

  it('of a call ends with the budget of what it is for', async () => {
    let given: AbortSignal | undefined;
    const work = async () => {
      given = limit(3_600_000).abortSignal;
      return new Promise(() => undefined);
    };

    await expect(budgeted(20, work)).rejects.toThrow(LateError);

    expect(given?.aborted).toBe(true);
  });
});
