import { el } from './dom.ts';
import { AGES } from './fleet-age.ts';
import type { FleetView } from './fleet-data.ts';
import { isDrifted } from './fleet-lens.ts';
import { ageText, counted } from './fleet-words.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** One sentence on the fleet. */
export function summaryText({ sets }: FleetView, now: number): string {
  const drifted = sets.filter(isDrifted);
  const total = sum(sets.map((set) => set.total));
  if (drifted.length === 0) {
    return `All ${counted(total, 'instance')} of ${counted(sets.length, 'scale set')} are on their model.`;
  }
  const [oldest] = drifted.toSorted((one, other) => (one.since ?? '9').localeCompare(other.since ?? '9'));
  const behind = sum(drifted.map((set) => set.behind)).toLocaleString('en');
  const age = oldest === undefined ? '' : ageText(oldest, now);
  return [
    `${drifted.length.toLocaleString('en')} of ${counted(sets.length, 'scale set')} drifted: `,
    `${behind} of ${counted(total, 'instance')} behind${age && `, the oldest for ${age}`}.`,
  ].join('');
}

const READ = { part: 'read in part', none: 'could not be read' } as const;

const MOST_NAMED = 20;

/** What was read, and what was not. */
function coverage({ subscriptions, sets }: FleetView): readonly HTMLElement[] {
  const missing = subscriptions.flatMap(({ read, ...rest }) => (read === 'full' ? [] : [{ ...rest, how: READ[read] }]));
  const unknown = sum(sets.map((set) => set.unknown));
  const unsaid = unknown === 0 ? '' : ` Of ${counted(unknown, 'instance')} Azure does not tell the model.`;
  if (missing.length === 0) {
    return [
      el('p', { class: 'coverage' }, `Everything was read: ${counted(subscriptions.length, 'subscription')}.${unsaid}`),
    ];
  }
  const items = missing
    .slice(0, MOST_NAMED)
    .map(({ name, how, why }) => el('li', {}, el('strong', {}, name), ` ${how}${why === undefined ? '' : `: ${why}`}`));
  const more = missing.length - items.length;
  const said = `${missing.length} of ${counted(subscriptions.length, 'subscription')} not read in full; what is known of them is from before.`;
  return [
    el('p', { class: 'coverage', 'data-missing': '' }, `${said}${unsaid}`),
    el('ul', {}, ...items, more > 0 ? el('li', {}, `and ${counted(more, 'other')}`) : undefined),
  ];
}

export const drawSummary = (view: FleetView, now: number): readonly HTMLElement[] => [
  el('h2', {}, summaryText(view, now)),
  ...coverage(view),
];

const cell = (age: string, letter = ''): HTMLElement =>
  el('i', { class: 'cell', 'data-age': age, 'aria-hidden': 'true' }, letter);

/** What shapes and letters mean; the colours say the same again. */
export const drawLegend = (): readonly HTMLElement[] => [
  el('li', {}, cell('on'), 'on the model'),
  ...AGES.map(({ level, words }) => el('li', {}, cell(level), words)),
  el('li', {}, cell('unknown', '?'), 'unknown'),
  el('li', {}, cell('letter', 'H'), 'held'),
  el('li', {}, cell('letter', '!'), 'failed'),
  el('li', {}, cell('letter', '↻'), 'updating'),
];
