import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { readSchedule, type Schedule } from '../../src/event/time/ncrontab.ts';
import { nextTime, scheduleProblem } from '../../src/event/time/ncrontab-times.ts';
import { HOUR_MILLISECONDS, MINUTE_MILLISECONDS } from '../../src/event/time/units.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';

/** A timer of Azure Functions, as far as the local run has to know it. */
export interface Timer {
  readonly schedule: string;
  readonly retry?: { readonly maxRetryCount: number; readonly delayInterval: { readonly minutes: number } };
  readonly handler: (
    timer: { readonly isPastDue: boolean },
    context: { log(message: string, ...details: unknown[]): void },
  ) => Promise<void>;
}

interface ClockParts {
  readonly timers: Readonly<Record<string, Timer>>;
  /** What a schedule is that names a setting, such as `%DRIFT_SCHEDULE%`. */
  readonly resolve: (schedule: string) => string;
  /** Where it is remembered when each timer is due. */
  readonly folder: string;
  readonly log: (line: string) => void;
  readonly now?: () => number;
  /** Resolves after so many milliseconds; rejects once the signal says so. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

// When each timer is due next, in milliseconds.
const status = z.record(z.string(), z.number());

/** Longer waits are cut into such: a timer of Node holds 24 days at most. */
const LONGEST_WAIT = HOUR_MILLISECONDS;

/**
 * Runs timers by their schedules, with the rules of Azure's: none at the first start; after a stop one run at once for all that was
 * missed; never one beside itself; after a throw only its retries, then none until the next time. Throws a ConfigurationError for a schedule that
 * Azure refuses. https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer
 */
export async function startClock(parts: ClockParts): Promise<{ stop(): Promise<void> }> {
  const schedules = Object.entries(parts.timers).map(([name, timer]) => {
    const text = parts.resolve(timer.schedule);
    const [, setting = name] = /^%(\w+)%$/.exec(timer.schedule) ?? [];
    return { name, timer, schedule: readable(text, setting) };
  });
  const stopping = new AbortController();
  const due = await remembered(parts.folder);
  const keep = keeping(parts.folder, due);
  const loops = schedules.map((each) => follow(parts, each, due, keep, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

function readable(text: string, setting: string): Schedule {
  const read = readSchedule(text);
  const message = scheduleProblem(text);
  if ('problem' in read || message !== undefined) {
    throw new ConfigurationError([{ path: setting, message: message ?? 'expected NCRONTAB' }]);
  }
  return read.schedule;
}

interface Followed {
  readonly name: string;
  readonly timer: Timer;
  readonly schedule: Schedule;
}

async function follow(
  parts: ClockParts,
  followed: Followed,
  due: Record<string, number>,
  keep: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { name, schedule } = followed;
  const { now = Date.now, wait = pause } = parts;
  const after = (time: number) => nextTime(schedule, time) ?? Number.POSITIVE_INFINITY;
  // A schedule that was changed meanwhile counts from now on.
  due[name] = Math.min(due[name] ?? after(now()), after(now()));
  await keep();
  while (!signal.aborted) {
    const left = due[name] - now();
    if (left > 0) {
      await wait(Math.min(left, LONGEST_WAIT), signal).catch(() => undefined);
      continue;
    }
    await runOnce(parts, followed, -left > MINUTE_MILLISECONDS, signal);
    if (signal.aborted) break;
    // Remembered after the run: one that is killed comes again, as it does in Azure.
    due[name] = after(now());
    await keep();
  }
}

async function runOnce(
  parts: ClockParts,
  { name, timer }: Followed,
  isPastDue: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { log, wait = pause } = parts;
  const context = { log: (message: string, ...details: unknown[]) => log(`${message}  ${details.join(' ')}`) };
  const { maxRetryCount, delayInterval } = timer.retry ?? NO_RETRY;
  for (let run = 0; run <= maxRetryCount && !signal.aborted; run += 1) {
    try {
      return await timer.handler({ isPastDue }, context);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      const then = run < maxRetryCount ? `again in ${delayInterval.minutes} min` : 'not again before its next time';
      log(`${name} failed: ${what}; ${then}`);
      if (run < maxRetryCount) await wait(delayInterval.minutes * MINUTE_MILLISECONDS, signal).catch(() => undefined);
    }
  }
}

const NO_RETRY = { maxRetryCount: 0, delayInterval: { minutes: 0 } };

const pause = (milliseconds: number, signal: AbortSignal) => sleep(milliseconds, undefined, { signal });

const fileIn = (folder: string): string => join(folder, 'timers.json');

async function remembered(folder: string): Promise<Record<string, number>> {
  try {
    return { ...status.parse(JSON.parse(await readFile(fileIn(folder), 'utf8'))) };
  } catch {
    // None yet, or none that can be read: as at the first start.
    return {};
  }
}

/** Writes one after the other, and whole. */
function keeping(folder: string, due: Readonly<Record<string, number>>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const write = async () => {
    const finite = Object.entries(due).filter(([, time]) => Number.isFinite(time));
    await writeFile(`${fileIn(folder)}.new`, JSON.stringify(Object.fromEntries(finite)));
    await rename(`${fileIn(folder)}.new`, fileIn(folder));
  };
  // What cannot be remembered is late once, after a stop.
  return () => (last = last.then(write).catch(() => undefined));
}
