import { describe, expect, it } from 'vitest';
import { codeFiles, textOf } from '../../scripts/imports.ts';
import { isPackage, typedBy, typedHere, typedIn } from '../../src/event/command.ts';

const HERE = 'src/event/command.ts';

/** The code of a file: comments name commands for those who read it in a clone. */
const codeOf = (file: string): string => textOf(file).replace(/^\s*(?:\/\/|\/?\*).*$/gm, '');

describe('how a command is typed', () => {
  it('is npm’s own way in a clone', () => {
    expect(isPackage).toBe(false);
    expect(typedHere).toBe(typedIn.clone);
    expect(typedHere.relay).toBe('npm run relay --');
  });

  it('is npx for everything in the npm package', () => {
    const { install, sample, ...others } = typedBy(true);

    expect(typedBy(true)).toBe(typedIn.package);
    for (const each of Object.values(others)) expect(each).toMatch(/^npx autoscale-relay( [a-z-]+)?$/);
    expect(install).toBe('npm install autoscale-relay');
    expect(sample).not.toContain('relay.sample.yaml');
  });

  it('is decided in one place', () => {
    const others = [...codeFiles(), 'scripts/fake-azure.ts'].filter((file) => file !== HERE);

    expect(others.filter((file) => /\bnpm (?:run|start|ci)\b/.test(codeOf(file)))).toStrictEqual([]);
  });
});
