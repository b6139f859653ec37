import { describe, expect, it } from 'vitest';
import { isBlank, paired, sameMembers, unmet } from '../../../src/drift/rules/compare.ts';

describe('what a model asks for', () => {
  it.each<[string, unknown, unknown, readonly string[]]>([
    ['nothing', undefined, { a: 1 }, []],
    ['a part of what there is', { a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }, []],
    ['what is not there', { a: { b: 1 } }, {}, ['a.b']],
    ['something else', { a: { b: 1, c: 2 } }, { a: { b: 2, c: 2 } }, ['a.b']],
    ['no, where nothing is said', { a: false, b: [], c: {}, d: 'None', e: null }, {}, []],
    ['no, where there is something', { a: false, b: [] }, { a: true, b: [1] }, ['a', 'b']],
    ['an id in another case', { id: '/A/B' }, { id: '/a/b' }, []],
    ['a word in another case', { mode: 'Manual' }, { mode: 'manual' }, ['mode']],
    ['a list in another order', { a: [1, 2] }, { a: [2, 1] }, []],
    ['a longer list', { a: [1, 2] }, { a: [1] }, ['a']],
    ['an object, where there is a word', { a: { b: 1 } }, { a: 'b' }, ['a.b']],
  ])('is compared by what it says: %s', (_what, model, instance, expected) => {
    expect(unmet(model, instance)).toStrictEqual(expected);
  });
});

describe('members of lists', () => {
  it('are the same where each is part of one of the others', () => {
    expect(sameMembers([{ id: '/A' }, { id: '/B' }], [{ id: '/b', more: 1 }, { id: '/a' }])).toBe(true);
    expect(sameMembers([{ id: '/A' }, { id: '/A' }], [{ id: '/a' }, { id: '/b' }])).toBe(false);
    expect(sameMembers([{}], [{ id: '/a' }])).toBe(false);
  });

  it('are joined by their names without case, and those without a name left out', () => {
    expect(paired([{ name: 'A' }, { name: 'x' }, {}], [{ name: 'a', more: 1 }, { name: 'y' }])).toStrictEqual([
      { name: 'A', model: { name: 'A' }, instance: { name: 'a', more: 1 } },
      { name: 'x', model: { name: 'x' }, instance: undefined },
      { name: 'y', model: undefined, instance: { name: 'y' } },
    ]);
  });
});

it('says nothing that is empty, false or none', () => {
  expect([undefined, null, false, '', 'none', [], {}, { a: { b: [] } }].every(isBlank)).toBe(true);
  expect([0, true, 'x', [0], { a: 0 }].some(isBlank)).toBe(false);
});
