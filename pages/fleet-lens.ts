import type { FleetSet, FleetView, Words } from './fleet-data.ts';
import { byReason } from './fleet-words.ts';

/** Which sets are shown, and in which order. */
export interface FleetLens {
  readonly show: 'drifted' | 'all';
  /** Empty for all. */
  readonly verdict: string;
  readonly sort: 'oldest' | 'most' | 'name';
  readonly text: string;
}

const PLAIN: FleetLens = { show: 'drifted', verdict: '', sort: 'oldest', text: '' };

const SHOWS = ['drifted', 'all'] as const;
const SORTS = ['oldest', 'most', 'name'] as const;

/** Only what is offered: an address can say anything. */
export function lensFrom(hash: string): FleetLens {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    show: SHOWS.find((show) => show === given.get('show')) ?? PLAIN.show,
    verdict: given.get('verdict') ?? '',
    sort: SORTS.find((sort) => sort === given.get('sort')) ?? PLAIN.sort,
    text: given.get('find') ?? '',
  };
}

export function addressOf({ show, verdict, sort, text }: FleetLens): string {
  const all = { show: show === PLAIN.show ? '' : show, verdict, sort: sort === PLAIN.sort ? '' : sort, find: text };
  return `#${new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''))}`;
}

const { compare } = new Intl.Collator('en', { numeric: true });

// These are told of whether any instance is behind or not; of the last nobody knows.
const OF_THE_SET = ['awaitingApproval', 'repairsSuspended', 'unread'];

export const isDrifted = ({ behind, verdict }: FleetSet): boolean => behind > 0 || OF_THE_SET.includes(verdict);

const ORDER: Readonly<Record<FleetLens['sort'], ((one: FleetSet, other: FleetSet) => number) | undefined>> = {
  // The relay hands them out in this order.
  oldest: undefined,
  most: (one, other) => other.behind - one.behind,
  name: (one, other) => compare(one.name, other.name),
};

/** The sets that a lens shows. */
export function through(lens: FleetLens, view: FleetView, words: Words): readonly FleetSet[] {
  const wanted = lens.text.toLowerCase().split(/\s+/).filter(Boolean);
  const names = new Map(view.subscriptions.map(({ id, name }) => [id, name]));
  const shown = view.sets.filter(
    (set) =>
      (lens.show === 'all' || isDrifted(set)) &&
      (lens.verdict === '' || set.verdict === lens.verdict) &&
      (wanted.length === 0 || holds(textOf(set, names.get(set.subscriptionId) ?? '', words), wanted)),
  );
  const order = ORDER[lens.sort];
  return order === undefined ? shown : shown.sort(order);
}

// Typing looks at every set again with every letter.
const known = new WeakMap<FleetSet, string>();

const holds = (text: string, wanted: readonly string[]): boolean => wanted.every((each) => text.includes(each));

function textOf(set: FleetSet, subscription: string, words: Words): string {
  const text = known.get(set) ?? wholeTextOf(set, subscription, words);
  known.set(set, text);
  return text;
}

const wholeTextOf = (set: FleetSet, subscription: string, words: Words): string =>
  [
    ...[set.name, set.resourceGroup, set.location, set.mode, subscription, set.subscriptionId],
    words.verdict[set.verdict] ?? '',
    ...byReason(set.instances, words).map(({ text }) => text),
  ]
    .join('\n')
    .toLowerCase();
