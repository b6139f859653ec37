import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startClock, type Timer } from '../../dev/host/clock.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';

const START = Date.parse('2026-11-28T10:00:00Z');
const HOUR = 3_600_000;
const again = { maxRetryCount: 0, delayInterval: { minutes: 1 } };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-clock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A clock that jumps to whatever is waited for, until a time; then it stops. */
async function runUntil(until: number, timer: Partial<Timer>, begin = START, schedule = '0 17 * * * *') {
  let now = begin;
  const ended = Promise.withResolvers<void>();
  const runs: { at: string; isPastDue: boolean }[] = [];
  const lines: string[] = [];
  const clock = await startClock({
    timers: {
      watch: {
        schedule,
        retry: again,
        ...timer,
        handler: async (event, context) => {
          runs.push({ at: new Date(now).toISOString().slice(11, 16), isPastDue: event.isPastDue });
          await timer.handler?.(event, context);
        },
      },
    },
    resolve: (text) => text,
    folder,
    log: (line) => lines.push(line),
    now: () => now,
    wait: async (milliseconds, signal) => {
      if (now + milliseconds > until) {
        ended.resolve();
        await vi.waitFor(() => expect(signal.aborted).toBe(true), { timeout: 120_000 });
        return;
      }
      now += milliseconds;
    },
  });
  await ended.promise;
  await clock.stop();
  return { runs, lines, later: (milliseconds: number) => (now += milliseconds) };
}

describe('the clock of the local run', () => {
  it('runs a timer when it is due, and not at the first start', async () => {
    const { runs } = await runUntil(START + 2.5 * HOUR, {});

    expect(runs.map(({ at }) => at)).toStrictEqual(['10:17', '11:17', '12:17']);
    expect(runs.every(({ isPastDue }) => !isPastDue)).toBe(true);
  });

  it('runs once, past due, for all that was missed while it was stopped', async () => {
    await runUntil(START + 0.5 * HOUR, {});

    const { runs } = await runUntil(START + 5.5 * HOUR, {}, START + 5 * HOUR);

    expect(runs).toStrictEqual([
      { at: '15:00', isPastDue: true },
      { at: '15:17', isPastDue: false },
    ]);
  });

  it('tries a run that throws again as often as it asks for, then waits for its next time', async () => {
    const retry = { maxRetryCount: 2, delayInterval: { minutes: 1 } };
    const handler = () => Promise.reject(new Error('storage is away'));

    const { runs, lines } = await runUntil(START + 1.5 * HOUR, { retry, handler });

    expect(runs.map(({ at }) => at)).toStrictEqual(['10:17', '10:18', '10:19', '11:17', '11:18', '11:19']);
    expect(lines.slice(0, 3)).toStrictEqual([
      'watch failed: storage is away; again in 1 min',
      'watch failed: storage is away; again in 1 min',
      'watch failed: storage is away; not again before its next time',
    ]);
  });

  it('begins anew where what it remembers cannot be read', async () => {
    await writeFile(join(folder, 'timers.json'), '{"watch":"soon"');

    expect((await runUntil(START + 0.5 * HOUR, {})).runs).toStrictEqual([{ at: '10:17', isPastDue: false }]);
  });

  it.each(['Mondays', '0 0 9', '* * * * * * *', '24:00:00', '0 0 0 30 2 *', ''])(
    'refuses %j as Azure does',
    async (schedule) => {
      await expect(runUntil(START, {}, START, schedule)).rejects.toThrow(ConfigurationError);
    },
  );

  it('takes five fields, without seconds', async () => {
    expect((await runUntil(START + 0.5 * HOUR, {}, START, '5 * * * *')).runs.map(({ at }) => at)).toStrictEqual([
      '10:05',
    ]);
  });
});
