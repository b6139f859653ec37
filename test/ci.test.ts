import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const WORKFLOWS = new URL('../.github/workflows/', import.meta.url);
const workflows = readdirSync(WORKFLOWS).map((file) => readFileSync(new URL(file, WORKFLOWS), 'utf8'));

it('the workflow checks what .ci/run checks, by running it', () => {
  expect(workflows.filter((text) => /^ +- run: \.ci\/run$/m.test(text))).toHaveLength(1);
});

it('every action is pinned by its commit', () => {
  const actions = workflows.flatMap((text) => text.match(/\buses:.*/g) ?? []);

  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((action) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toStrictEqual([]);
});
