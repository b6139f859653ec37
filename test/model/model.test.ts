import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Fault, faults } from './faults.ts';

const CHECK = fileURLToPath(new URL('check.ts', import.meta.url));

interface Checked {
  /** 0: every law holds; 1: one is broken. */
  readonly code: unknown;
  readonly output: string;
}

/** The checker in a process of its own, because the product waits by the clock on the wall and faults are planted as it is loaded. */
const checked = (...options: readonly string[]): Promise<Checked> =>
  new Promise((resolve) => {
    execFile(process.execPath, [CHECK, ...options], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, output: stdout + stderr }),
    );
  });

const foundIn = async ({ name, scenario }: Fault, ...options: readonly string[]) =>
  checked('--only', scenario, '--fault', name, ...options);

describe('two instances, in whichever order they do what they do', () => {
  // Ten seconds of processor time; a machine that is busy with all else may take minutes.
  it('keep every law, also where one dies, a chat refuses, or a clock jumps', { timeout: 900_000 }, async () => {
    expect(await checked('--short')).toMatchObject({ code: 0, output: expect.stringContaining('states') });
  });
});

describe('the laws', () => {
  it.each(faults.map((fault) => [fault.name, fault] as const))('are broken where %s', async (_name, fault) => {
    const { code, output } = await foundIn(fault, '--short');

    expect(code, output).toBe(1);
    expect(output).toContain('BROKEN');
    expect(output).not.toContain('threw');
  });

  it('are broken again by the same choices', async () => {
    const [fault] = faults;
    if (fault === undefined) throw new RangeError('there is no fault');
    const [, choices = ''] = /--replay (\S+)/.exec((await foundIn(fault, '--short')).output) ?? [];

    expect(await foundIn(fault, '--replay', choices)).toMatchObject({ code: 1 });
  });

  it('are not looked at where a fault has no place any more', async () => {
    const { code, output } = await checked('--fault', 'no such fault');

    expect(code).toBe(2);
    expect(output).toContain('no fault is called');
  });
});
