import { Missing, type Part, type Wish } from './part.ts';

export interface Result {
  readonly part: Part;
  readonly outcome: 'checked' | 'missing' | 'failed';
  /** What was seen, why nothing was, or what is wrong. */
  readonly text: string;
  readonly seconds: number;
}

/** Runs one part after the other: they share two processors and a storage. */
export async function* runAll(parts: readonly Part[], wish: Wish = { isLong: false }): AsyncGenerator<Result> {
  for (const part of parts) {
    const start = performance.now();
    const ended = await part.run(wish).then(
      (text) => ({ outcome: 'checked' as const, text }),
      (error: Error) => ({
        outcome: error instanceof Missing ? ('missing' as const) : ('failed' as const),
        text: error.message,
      }),
    );
    yield { part, ...ended, seconds: (performance.now() - start) / 1_000 };
  }
}

/** Whether the whole is good: nothing failed, and with `isStrict` nothing of .NET or npm is missing. */
export const isGood = (results: readonly Result[], isStrict: boolean): boolean =>
  results.every(
    ({ part, outcome }) =>
      outcome === 'checked' || (outcome === 'missing' && !(isStrict && (part.from === '.NET' || part.from === 'npm'))),
  );

const WORDS = { checked: 'checked', missing: 'NOT CHECKED', failed: 'FAILED' } as const;

/** One row: part, version, what it is put to, result. */
export function row({ part, outcome, text, seconds }: Result): string {
  const result = {
    checked: `${WORDS.checked}: ${text}`,
    missing: `${WORDS.missing}, because ${text}`,
    failed: `${WORDS.failed}, see below`,
  }[outcome];
  return [
    part.name.padEnd(24),
    part.version.padEnd(10),
    part.checks.padEnd(66),
    `${result} (${seconds.toFixed(0)} s)`,
  ].join(' ');
}
