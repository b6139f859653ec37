import type { Behaviour } from './door.ts';
import { slownessSince } from './slowness.ts';

/** Seconds that each may take, as docs/operations.md and docs/performance.md say. */
const FIGURES = {
  webhook: 8,
  deliver: 20,
  operator: 20,
  timer: 60,
  deep: 6,
  command: 10,
  end: 8,
  cure: 5,
  drift: 240,
} as const;

export type Figure = keyof typeof FIGURES;

/** One caller while a dependency behaves in one way, or after it has been cured. */
export interface Row {
  readonly dependency: string;
  readonly behaviour: Behaviour | 'well';
  readonly caller: string;
  readonly figure: Figure;
  readonly seconds: number;
  readonly result: string;
  /** What is wrong with it; without it, nothing is. */
  readonly fault?: string;
}

export interface Outcome {
  readonly result: string;
  readonly fault?: string | undefined;
}

// Longer than its figure, and the longer the slower the machine is: what it is busy with beside this is no fault.
const deadline = (figure: Figure): number => Math.max(FIGURES[figure] * 1.5, FIGURES[figure] + 5);
const MOST_SLOWNESS = 8;

type About = Pick<Row, 'dependency' | 'behaviour' | 'caller' | 'figure'>;

/** Times a piece of work, and ends the wait for one that does not end. */
export async function timed(about: About, work: () => Promise<Outcome>): Promise<Row> {
  const began = performance.now();
  const { promise: hung, resolve } = Promise.withResolvers<Outcome>();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const passed = (performance.now() - began) / 1_000;
    const left = deadline(about.figure) * Math.min(slownessSince(began), MOST_SLOWNESS) - passed;
    if (left > 0) timer = setTimeout(look, Math.min(left * 1_000, 5_000) + 1);
    else resolve({ result: 'no end', fault: `has not ended after ${passed.toFixed(0)} s` });
  };
  look();
  const failed = (error: unknown): Outcome => ({ result: String(error), fault: 'is not foreseen' });
  const { result, fault } = await Promise.race([work().catch(failed), hung]);
  clearTimeout(timer);
  return { ...about, seconds: (performance.now() - began) / 1_000, result, ...(fault !== undefined && { fault }) };
}

const WIDTHS = [18, 11, 30, 8, 8] as const;

const columns = (...cells: readonly string[]): string =>
  cells.map((cell, index) => `${cell.padEnd(WIDTHS[index] ?? 0)} `).join('');

export const heading = (): string => columns('dependency', 'behaviour', 'caller', 'seconds', 'figure', 'result');

/** One line of the table. `F`: failed; `~`: over the figure, though within what a busy machine may take. */
export function line({ dependency, behaviour, caller, figure, seconds, result, fault }: Row): string {
  const most = FIGURES[figure];
  const mark = fault !== undefined ? 'F' : seconds > most * 1.1 ? '~' : ' ';
  const text = fault === undefined ? result : `${result}: ${fault}`;
  return columns(
    dependency,
    behaviour,
    caller,
    `${seconds.toFixed(1).padStart(6)} ${mark}`,
    `${most} s`,
    text,
  ).trimEnd();
}
