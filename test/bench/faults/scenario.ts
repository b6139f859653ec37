import type { Figures } from './tally.ts';

/** One fault, or several that are shown in one run. */
export interface Scenario {
  /** What `--case` chooses it by. */
  readonly names: readonly string[];
  /** Runs those of its names that are wanted. */
  run(wanted: readonly string[], settings: Settings): Promise<readonly Figures[]>;
}

interface Settings {
  readonly seed: number;
  /** Shows a line that the next one may replace. */
  readonly progress: (line: string) => void;
}
