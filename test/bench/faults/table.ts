import type { Figures } from './tally.ts';

const COLUMNS = [
  ['accepted', ({ accepted }) => `${accepted}`],
  ['told', ({ told }) => `${told}`],
  ['in digests', ({ digests }) => `${digests}`],
  ['held', ({ held }) => `${held}`],
  ['dead', ({ dead }) => `${dead}`],
  ['doubled', ({ doubled, excused }) => (excused > 0 ? `${doubled} of ≤${excused}` : `${doubled}`)],
  ['lost', ({ lost }) => `${lost}`],
  ['taken away', ({ taken }) => `${taken}`],
  ['messages', ({ messages }) => `${messages}`],
  ['p50', ({ p50 }) => seconds(p50)],
  ['p99', ({ p99 }) => seconds(p99)],
] as const satisfies readonly (readonly [string, (row: Figures) => string])[];

const NAME = 52;
const WIDTH = 11;

export const seconds = (milliseconds: number): string =>
  Number.isNaN(milliseconds)
    ? '-'
    : milliseconds < 1_000
      ? `${Math.round(milliseconds)} ms`
      : `${(milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;

export const heading = (): string =>
  ['fault'.padEnd(NAME), ...COLUMNS.map(([title]) => title.padStart(WIDTH))].join('');

/** One line of figures, and what there is to say of them beneath. */
export const line = (row: Figures): string =>
  [
    [row.fault.padEnd(NAME), ...COLUMNS.map(([, cell]) => cell(row).padStart(WIDTH))].join(''),
    ...row.notes.map((note) => `    ${note}`),
  ].join('\n');
