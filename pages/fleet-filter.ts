import type { Choice, Chosen, Offer } from './filter.ts';
import type { FleetView, SetView, Words } from './fleet-data.ts';
import { byReason, verdictText } from './fleet-words.ts';

/** Which sets are shown, and in which order. */
export type FleetPart = 'show' | 'verdict' | 'sort' | 'find';

const showOffer: Offer<FleetPart> = {
  part: 'show',
  label: 'Scale sets',
  form: 'switch',
  choices: [
    { value: 'drifted', label: 'Only drifted' },
    { value: 'all', label: 'All' },
  ],
};

const sortOffer: Offer<FleetPart> = {
  part: 'sort',
  label: 'Sort',
  form: 'list',
  choices: [
    { value: 'oldest', label: 'Oldest first' },
    { value: 'most', label: 'Most behind first' },
    { value: 'name', label: 'By name' },
  ],
};

/** The verdicts that there are, with how many sets have each. */
export function verdictsIn(view: FleetView, words: Words): readonly Choice[] {
  const counts = new Map<string, number>();
  for (const { verdict } of view.sets) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({
    value,
    label: `${verdictText({ verdict: value }, words)} (${count.toLocaleString('en')})`,
  }));
}

export function fleetOffers(verdicts: readonly Choice[], wanted = ''): readonly Offer<FleetPart>[] {
  // A verdict that no set has any more still has to be seen to be chosen.
  const isGone = wanted !== '' && !verdicts.some(({ value }) => value === wanted);
  const gone = isGone ? [{ value: wanted, label: `${wanted} (0)` }] : [];
  const choices = [{ value: '', label: 'All verdicts' }, ...verdicts, ...gone];
  return [
    showOffer,
    { part: 'verdict', label: 'Verdict', form: 'list', choices },
    sortOffer,
    { part: 'find', label: 'Find', form: 'find', hint: 'name, group, reason …', choices: [] },
  ];
}

export const { compare } = new Intl.Collator('en', { numeric: true });

// These are told of whether any instance is behind or not; of the last nobody knows.
const OF_THE_SET = ['awaitingApproval', 'repairsSuspended', 'unread'];

export const isDrifted = ({ behind, verdict }: SetView): boolean => behind > 0 || OF_THE_SET.includes(verdict);

// The relay hands them out with the oldest first.
const ORDER: Readonly<Record<string, (one: SetView, other: SetView) => number>> = {
  most: (one, other) => other.behind - one.behind,
  name: (one, other) => compare(one.name, other.name),
};

/** The sets that a filter shows. */
export function through(filter: Chosen<FleetPart>, view: FleetView, words: Words): readonly SetView[] {
  const wanted = filter.find.toLowerCase().split(/\s+/).filter(Boolean);
  const names = new Map(view.subscriptions.map(({ id, name }) => [id, name]));
  const shown = view.sets.filter(
    (set) =>
      (filter.show === 'all' || isDrifted(set)) &&
      (filter.verdict === '' || set.verdict === filter.verdict) &&
      (wanted.length === 0 || holds(textOf(set, names.get(set.subscriptionId) ?? '', words), wanted)),
  );
  const order = ORDER[filter.sort];
  return order === undefined ? shown : shown.sort(order);
}

// Typing looks at every set again with every letter.
const known = new WeakMap<SetView, string>();

const holds = (text: string, wanted: readonly string[]): boolean => wanted.every((each) => text.includes(each));

function textOf(set: SetView, subscription: string, words: Words): string {
  const text = known.get(set) ?? wholeTextOf(set, subscription, words);
  known.set(set, text);
  return text;
}

const wholeTextOf = (set: SetView, subscription: string, words: Words): string =>
  [
    ...[set.name, set.resourceGroup, set.location, set.mode, subscription, set.subscriptionId],
    words.verdict[set.verdict] ?? '',
    ...byReason(set.instances, words).map(({ text }) => text),
  ]
    .join('\n')
    .toLowerCase();
