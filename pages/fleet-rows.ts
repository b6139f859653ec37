import { el } from './dom.ts';
import { ageOf, spanOf } from './fleet-age.ts';
import type { FleetInstance, FleetSet, Words } from './fleet-data.ts';
import { ageText, countsText, hasFailed, marksOf, reasonsOf, verdictText } from './fleet-words.ts';

/** What has the focus or the mouse: a set, or one of its instances. */
export interface Target {
  readonly set: FleetSet;
  readonly instance?: FleetInstance;
}

export interface Row {
  readonly element: HTMLElement;
  /** Whatever the keyboard can stand on, from left to right. */
  readonly stops: readonly { readonly element: HTMLElement; readonly target: Target; readonly isMore?: true }[];
}

/** So many cells of a row are drawn until somebody asks for the rest. */
const MOST_CELLS = 40;

const heads = ['Scale set', 'Verdict', 'Instances', 'Behind for'];

export const drawHead = (): HTMLElement =>
  el('div', { role: 'row', class: 'grid-head' }, ...heads.map((head) => el('div', { role: 'columnheader' }, head)));

/** The letter of a cell: failed counts more than held. */
const letterOf = (instance: FleetInstance): string => {
  if (hasFailed(instance)) return '!';
  if (instance.held) return 'H';
  return instance.state === 'updating' ? '↻' : '';
};

function cellOf(instance: FleetInstance, words: Words, now: number): HTMLElement {
  const said = [`behind for ${spanOf(instance.since, now)}`, ...marksOf(instance)].join(', ');
  return el(
    'div',
    {
      role: 'gridcell',
      tabindex: '-1',
      class: 'cell',
      'data-age': ageOf(instance.since, now),
      'aria-label': `Instance ${instance.id}, ${said}: ${reasonsOf(instance, words).join('; ')}`,
    },
    letterOf(instance),
  );
}

/** Cells of instances that are not listed one by one. */
function plainCells(set: FleetSet, room: number, now: number): HTMLElement[] {
  const unlisted = Math.max(0, set.behind - set.instances.length);
  const kinds: readonly (readonly [string, number, string])[] = [
    [ageOf(set.since, now), unlisted, ''],
    ['unknown', set.unknown, '?'],
    [
      set.verdict === 'unread' ? 'unknown' : 'on',
      Math.max(0, (set.total ?? 0) - set.behind - set.unknown),
      set.verdict === 'unread' ? '?' : '',
    ],
  ];
  const cells = kinds.flatMap(([age, count, letter]) =>
    Array.from({ length: Math.min(count, room) }, () => el('i', { class: 'cell', 'data-age': age }, letter)),
  );
  return cells.slice(0, room);
}

const { compare } = new Intl.Collator('en', { numeric: true });

const inOrder = (instances: readonly FleetInstance[]): readonly FleetInstance[] =>
  instances.toSorted((one, other) => compare(one.id, other.id));

const header = (set: FleetSet, said: string): HTMLElement =>
  el(
    'div',
    { role: 'rowheader', tabindex: '-1', class: 'set', 'aria-label': said },
    el('strong', {}, set.name),
    el('span', {}, `${set.resourceGroup} · ${set.location}`),
  );

/** One row: the set, its verdict, its instances and its age. `whole`: with every instance. */
export function drawRow(set: FleetSet, words: Words, now: number, whole: boolean): Row {
  const listed = inOrder(set.instances);
  const shown = whole ? listed : listed.slice(0, MOST_CELLS);
  const left = listed.length - shown.length;
  const plain = left > 0 ? [] : plainCells(set, Math.max(0, MOST_CELLS - shown.length), now);
  const rest = (set.total ?? set.behind) - shown.length - plain.length - left;
  const counts = countsText(set);
  const age = ageText(set, now);
  const verdict = verdictText(set, words);
  const name = header(set, `${set.name}, ${verdict}, ${counts}${age && `, ${age}`}`);
  const cells = shown.map((instance) => ({ element: cellOf(instance, words, now), target: { set, instance } }));
  const more = el('div', { role: 'gridcell', tabindex: '-1', class: 'cell-more' }, `+${left} more`);
  const element = el(
    'div',
    { role: 'row', class: 'grid-row', 'data-verdict': set.verdict },
    name,
    el(
      'div',
      { role: 'gridcell', class: 'verdict' },
      el('strong', {}, verdict),
      el('span', {}, `${counts} · ${set.mode}`),
    ),
    el(
      'div',
      { class: 'cells' },
      ...cells.map((cell) => cell.element),
      left > 0 ? more : undefined,
      el(
        'span',
        { class: 'plain', 'aria-hidden': 'true' },
        ...plain,
        rest > 0 && left === 0 ? `+${rest.toLocaleString('en')}` : '',
      ),
    ),
    el('div', { role: 'gridcell', class: 'age' }, age || '–'),
  );
  const stops = [{ element: name, target: { set } }, ...cells];
  return { element, stops: left > 0 ? [...stops, { element: more, target: { set }, isMore: true }] : stops };
}
