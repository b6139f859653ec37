import type { Stack } from '../support/stack.ts';
import type { Behaviour } from './door.ts';
import type { Row } from './row.ts';

/** What a group of rows is run with. */
export interface Run {
  /** Closes what was opened when the group has ended. */
  readonly stack: Stack;
  /** The deployed folder. */
  readonly folder: string;
  readonly behaviours: readonly Behaviour[];
  /** The part of it that every change is held to. */
  readonly short: boolean;
  note(row: Row): void;
  progress(text: string): void;
}

/** Callers of one dependency. */
export interface Group {
  readonly name: string;
  run(run: Run): Promise<void>;
}
