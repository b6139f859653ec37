import { setFlagsFromString } from 'node:v8';

/**
 * A run makes much garbage and keeps little. By the memory of the machine, V8 lets its young generation grow to 128 MB and
 * the old one to four times what is alive; a run would fill both. Meanwhile the one stays as large as it is, and the other
 * grows by half. V8 reads these two whenever it has collected; its limits count only when a process starts, and that is
 * what Azure does. A later V8 without them says so on stderr, and the run takes more memory.
 */
const SMALL = ['--semi-space-growth-factor=1', '--heap-growing-percent=50'];
const USUAL = ['--semi-space-growth-factor=2', '--heap-growing-percent=0'];

function set(flags: readonly string[]): void {
  for (const flag of flags) setFlagsFromString(flag);
}

let working = 0;

/** Does the work while V8 keeps the heap of this process small, which takes more processor time. Rejects as the work does. */
export async function inSmallHeap<T>(work: () => Promise<T>): Promise<T> {
  working += 1;
  set(SMALL);
  try {
    return await work();
  } finally {
    working -= 1;
    if (working === 0) set(USUAL);
  }
}
