import { clean, cut } from '../event/text.ts';
import type { Problem } from './errors.ts';

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
