import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHECK = fileURLToPath(new URL('check.ts', import.meta.url));

export interface Checked {
  /** 0: every law holds; 1: one is broken. */
  readonly code: unknown;
  readonly output: string;
}

/** The checker in a process of its own, because the product waits by the clock on the wall and faults are planted as it is loaded. */
export const checked = (...options: readonly string[]): Promise<Checked> =>
  new Promise((resolve) => {
    execFile(process.execPath, [CHECK, ...options], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, output: stdout + stderr }),
    );
  });
