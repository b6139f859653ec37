import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Rate } from '../../src/destinations/rate.ts';
import { destinations } from '../../src/destinations/registry.ts';

const PAGE = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');

const row = ([type, { rate }]: [string, { readonly rate: Rate }]): string => {
  const { perSecond, burst = 1, perHour = '–', gather } = rate;
  const told =
    gather === undefined
      ? 'never: every event comes by itself'
      : `\`[${gather.map((each) => `${each / 1_000}s`).join(', ')}]\``;
  return `| \`${type}\` | ${perSecond} | ${burst} | ${perHour} | ${told} |`;
};

it('the table of rates has every kind of receiver, as its descriptor says', () => {
  const [, table = ''] = /^\| Type \| `perSecond`.*\n\|.*\n((?:\|.*\n)+)/m.exec(PAGE) ?? [];

  expect(table.trim().split('\n')).toStrictEqual(Object.entries(destinations).map(row));
});
