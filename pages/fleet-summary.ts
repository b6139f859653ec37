import { el } from './dom.ts';
import { AGES } from './fleet-age.ts';
import type { FleetView, Words } from './fleet-data.ts';
import { isDrifted } from './fleet-lens.ts';
import { unreadText } from './fleet-unread.ts';
import { ageText, counted } from './fleet-words.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** One sentence on the fleet; on why there is nothing to say of it, where Azure was not read. */
export const summaryText = (view: FleetView, words: Words, now: number): string =>
  unreadText(view, words)?.replaceAll('`', '') ?? setsText(view, now);

function setsText({ sets }: FleetView, now: number): string {
  const drifted = sets.filter((set) => isDrifted(set) && !isQuiet(set) && set.verdict !== 'unread');
  const quiet = sets.filter((set) => isDrifted(set) && isQuiet(set)).length;
  const unread = sets.filter(({ verdict }) => verdict === 'unread').length;
  const total = sum(sets.map((set) => (set.verdict === 'unread' ? 0 : (set.total ?? set.behind))));
  if (drifted.length === 0) {
    const none =
      unread > 0 ? 'No scale set that was read has drifted.' : quiet > 0 ? 'No scale set has drifted.' : undefined;
    return [
      none ?? `All ${counted(total, 'instance')} of ${counted(sets.length, 'scale set')} are on their model.`,
      ...besides(quiet, unread),
    ].join(' ');
  }
  const [oldest] = drifted.toSorted((one, other) => (one.since ?? '9').localeCompare(other.since ?? '9'));
  const behind = sum(drifted.map((set) => set.behind)).toLocaleString('en');
  const age = oldest === undefined ? '' : ageText(oldest, now);
  return [
    `${drifted.length.toLocaleString('en')} of ${counted(sets.length, 'scale set')} drifted: `,
    `${behind} of ${counted(total, 'instance')} behind${age && `, the oldest for ${age}`}.`,
    ...besides(quiet, unread).map((each) => ` ${each}`),
  ].join('');
}

/** Drift of which nobody is told: too soon to tell, or an upgrade is at it. The messages do not count it either. */
const isQuiet = ({ verdict }: FleetView['sets'][number]): boolean => ['waiting', 'rolling'].includes(verdict);

const besides = (quiet: number, unread: number): readonly string[] => [
  ...(quiet > 0 ? [`${counted(quiet, 'scale set')} may still settle without anybody.`] : []),
  ...(unread > 0 ? [`${counted(unread, 'scale set')} could not be read.`] : []),
];

const READ = { part: 'read in part', none: 'could not be read' } as const;

const MOST_NAMED = 20;

type Missing = Omit<FleetView['subscriptions'][number], 'read'> & { readonly how: string };

function missingList(missing: readonly Missing[]): HTMLElement {
  const items = missing
    .slice(0, MOST_NAMED)
    .map(({ name, how, why }) => el('li', {}, el('strong', {}, name), ` ${how}${why === undefined ? '' : `: ${why}`}`));
  const more = missing.length - items.length;
  return el('ul', {}, ...items, more > 0 ? el('li', {}, `and ${counted(more, 'other')}`) : undefined);
}

/** What was read, and what was not. */
function coverage({ subscriptions, sets }: FleetView): readonly HTMLElement[] {
  const missing = subscriptions.flatMap(({ read, ...rest }) => (read === 'full' ? [] : [{ ...rest, how: READ[read] }]));
  const unknown = sum(sets.map((set) => set.unknown));
  const unsaid = unknown === 0 ? '' : ` Of ${counted(unknown, 'instance')} Azure does not tell the model.`;
  const blind = sets
    .filter(({ verdict }) => verdict === 'unread')
    .map(({ id, name, why }) => ({ id, name, how: READ.none, ...(why !== undefined && { why }) }));
  if (missing.length === 0 && blind.length > 0) {
    const said = `All but ${counted(blind.length, 'scale set')} of ${counted(subscriptions.length, 'subscription')} was read; what is known of them is from before.`;
    return [el('p', { class: 'coverage', 'data-missing': '' }, `${said}${unsaid}`), missingList(blind)];
  }
  if (missing.length === 0) {
    return [
      el('p', { class: 'coverage' }, `Everything was read: ${counted(subscriptions.length, 'subscription')}.${unsaid}`),
    ];
  }
  const said = `${missing.length} of ${counted(subscriptions.length, 'subscription')} not read in full; what is known of them is from before.`;
  return [el('p', { class: 'coverage', 'data-missing': '' }, `${said}${unsaid}`), missingList([...missing, ...blind])];
}

/** A fleet of which nothing was read: what is shown of it was seen by an earlier check. */
function drawUnread(said: string, view: FleetView, now: number): readonly HTMLElement[] {
  const parts = said.split('`').map((part, at) => (at % 2 === 1 ? el('code', {}, part) : part));
  const missing = view.subscriptions.map((each) => ({ ...each, how: READ.none }));
  return [
    el('h2', {}, ...parts),
    ...(view.sets.length > 0 ? [el('p', { class: 'coverage' }, `From before: ${setsText(view, now)}`)] : []),
    ...(missing.length > 1 ? [missingList(missing)] : []),
  ];
}

export function drawSummary(view: FleetView, words: Words, now: number): readonly HTMLElement[] {
  const unread = unreadText(view, words);
  return unread === undefined ? [el('h2', {}, setsText(view, now)), ...coverage(view)] : drawUnread(unread, view, now);
}

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
