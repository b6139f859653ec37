import { describe, expect, it } from 'vitest';
import { idleEnvironments } from '../../src/cli/idle-environments.ts';

const GUID = '00000000-0000-0000-0000-0000000000a1';

describe('a rule of environments that matches nothing', () => {
  it.each([
    ['after one that takes all', [{ name: 'a' }, { name: 'b', match: { group: 'rg' } }], 2],
    [
      'that is there twice',
      [
        { name: 'a', match: { group: 'RG-x' } },
        { name: 'b', match: { group: 'rg-X' } },
      ],
      2,
    ],
    [
      'within a wider one',
      [
        { name: 'a', match: { group: 'rg-*' } },
        { name: 'b', match: { group: ['rg-a*', 'rg-b'] } },
      ],
      2,
    ],
    [
      'within a wider one of fewer conditions',
      [
        { name: 'a', match: { properties: { Team: '*' } } },
        { name: 'b', match: { group: 'rg', properties: { team: 'shop' } } },
      ],
      2,
    ],
    ['by the name of a subscription', [{ name: 'a', match: { subscription: 'Contoso production' } }], 1],
    ['by an id that is none', [{ name: 'a', match: { id: 'subscriptions/*' } }], 1],
    ['by a group that is an id', [{ name: 'a', match: { group: '/subscriptions/a/resourceGroups/b' } }], 1],
    ['that takes and refuses the same', [{ name: 'a', match: { resource: ['web-*', '!web*'] } }], 1],
    ['of what has no environment', [{ name: 'a', match: { kind: ['notice', 'digest'] } }], 1],
  ])('is told: one %s', (_how, rules, rule) => {
    expect(idleEnvironments(rules)).toStrictEqual([
      expect.stringMatching(new RegExp(`^Rule ${rule} of \`environments\` \\(\\w\\) matches nothing: .+\\.$`)),
    ]);
  });

  it.each([
    [
      'narrower before wider',
      [{ name: 'a', match: { group: 'rg-a' } }, { name: 'b', match: { group: 'rg-*' } }, { name: 'c' }],
    ],
    [
      'other keys',
      [
        { name: 'a', match: { group: 'rg-*' } },
        { name: 'b', match: { resource: 'x' } },
      ],
    ],
    [
      'with an exception',
      [
        { name: 'a', match: { group: ['rg-*', '!rg-x'] } },
        { name: 'b', match: { group: 'rg-x' } },
      ],
    ],
    [
      'one letter is not many',
      [
        { name: 'a', match: { group: 'rg-?' } },
        { name: 'b', match: { group: 'rg-*' } },
      ],
    ],
    ['by the id of a subscription', [{ name: 'a', match: { subscription: [GUID, '0000*'] } }]],
    ['all but some', [{ name: 'a', match: { group: ['!rg-x', '!rg-y'] } }]],
  ])('is not told where it may match: %s', (_how, rules) => {
    expect(idleEnvironments(rules)).toStrictEqual([]);
  });
});
