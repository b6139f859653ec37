import { clean, cut } from '../event/text.ts';
import type { Problem } from './errors.ts';

/** What is wrong at one place of a file. */
export interface Complaint {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Whether it is the key itself that is wrong, and not what stands under it. */
  readonly onKey?: boolean;
  /** Of a misspelt key: the one that was likely meant. */
  readonly meant?: string | undefined;
}

/**
 * A name out of the file, for people. What can be none is not repeated: an address or a key that stands in the place of a
 * name is a secret all the same.
 */
export const shown = (name: PropertyKey): string => {
  const text = String(name);
  return /^[\p{L}\p{N}_][\p{L}\p{N}_ .-]{0,39}$/u.test(text) ? text : '…';
};

const MOST = 20;
const PATH = 80;
const MESSAGE = 300;

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What is wrong with what an operator asked: in few words, because they repeat names that were asked for. */
export const inFewWords = (issues: readonly Issue[]): readonly Problem[] =>
  issues.slice(0, MOST).map(({ path, message }) => ({
    path: cut(clean(path.map(String).join('.')), PATH),
    message: cut(clean(message), MESSAGE),
  }));
