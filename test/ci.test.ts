import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SWEPT } from './support/suites.ts';

const ROOT = new URL('../', import.meta.url);
const WORKFLOWS = new URL('.github/workflows/', ROOT);
const workflows = readdirSync(WORKFLOWS).map((file) => readFileSync(new URL(file, WORKFLOWS), 'utf8'));

it('the workflow checks what .ci/run checks, by running it', () => {
  expect(workflows.filter((text) => /^ +- run: \.ci\/run$/m.test(text))).toHaveLength(1);
});

it('every action is pinned by its commit', () => {
  const actions = workflows.flatMap((text) => text.match(/\buses:.*/g) ?? []);

  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((action) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toStrictEqual([]);
});

it('each project of tests is run by a script that .ci/run calls, and a law that takes a part of its cases is swept whole', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const config = readFileSync(new URL('vitest.config.ts', ROOT), 'utf8');
  const steps = readFileSync(new URL('.ci/run', ROOT), 'utf8');
  const run = Object.entries(scripts).filter(([name]) => new RegExp(`npm (?:run )?${name}\\b`).test(steps));
  const swept = readdirSync(new URL('test/', ROOT), { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.test.ts') &&
      /from '.*support\/sweep\.ts'/.test(readFileSync(new URL(`test/${file}`, ROOT), 'utf8')),
  );

  for (const [, name] of config.matchAll(/\bname: '(\w+)'/g)) {
    expect(
      run.filter(([, command]) => command.includes(`--project ${name}`)),
      name,
    ).not.toStrictEqual([]);
  }
  expect(swept.map((file) => `test/${file}`).sort()).toStrictEqual(SWEPT);
});
