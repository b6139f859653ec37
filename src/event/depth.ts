/** Levels of lists and objects inside each other that are read: more than any sender needs, and no danger to the stack. */
export const DEEPEST = 64;

/** Level by level, not recursive: a megabyte of brackets must not overflow the stack. */
export function deeperThan(value: unknown, levels: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}
