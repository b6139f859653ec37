import { describe, expect, it } from 'vitest';
import { checked } from './checked.ts';
import { type Fault, faults } from './faults.ts';

const foundIn = async ({ name, scenario }: Fault, ...options: readonly string[]) =>
  checked('--only', scenario, '--fault', name, ...options);

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
