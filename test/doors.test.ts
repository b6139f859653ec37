import { expect, it } from 'vitest';
import { http } from '../functions/definitions.ts';

const askedWith = (level: string): readonly string[] =>
  Object.entries(http).flatMap(([name, { authLevel }]) => (authLevel === level ? [name] : []));

it('only health is asked without a key, beside what checks signatures and who is signed in itself, only webhook and preview with that of a sender, all else with the master key', () => {
  expect(askedWith('anonymous')).toStrictEqual(['health', 'act', 'slack', 'teams', 'ui']);
  expect(askedWith('function')).toStrictEqual(['webhook', 'preview']);
  expect(askedWith('admin')).toHaveLength(Object.keys(http).length - 7);
});
