import type { DriftSettings } from '../rules/settings.ts';
import type { DriftState } from '../rules/state.ts';
import type { ScaleSets } from '../scale-sets.ts';
import type { Bookmark } from './bookmark.ts';
import type { Harvest } from './harvest.ts';

/** What the parts of one run share. */
export interface Session {
  readonly azure: ScaleSets;
  readonly settings: DriftSettings;
  /** Undefined: the first run, or the first after a loss. */
  readonly before: DriftState | undefined;
  readonly bookmark: Bookmark;
  readonly harvest: Harvest;
  /** Milliseconds since 1970: when the run began. All that it finds is judged by this time. */
  readonly now: number;
  /** Of the fingerprints; made at random for each process. */
  readonly key: string;
  /** Fleets of so many sets are read whole: that is exact, and costs little. */
  readonly few: number;
  progress(step: string, details?: object): void;
}

export const iso = (time: number): string => new Date(time).toISOString();
