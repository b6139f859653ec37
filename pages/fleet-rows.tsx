import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { ageOf, spanOf } from './fleet-age.ts';
import type { Instance, SetView, Words } from './fleet-data.ts';
import { MOST_CELLS, stopsOf } from './fleet-stops.ts';
import { ageText, countsText, hasFailed, marksOf, reasonsOf, toneOf, verdictText } from './fleet-words.ts';

/** The letter of a cell: failed counts more than held. */
const letterOf = (instance: Instance): string => {
  if (hasFailed(instance)) return '!';
  if (instance.held) return 'H';
  return instance.state === 'updating' ? '↻' : '';
};

/** What the keyboard can stand on; the one where it stands takes the Tab key. */
const standing = (stop: number, at: number | undefined) => ({
  'data-stop': stop,
  tabIndex: stop === at ? 0 : -1,
  'data-current': stop === at ? '' : undefined,
});

interface RowProps {
  readonly set: SetView;
  readonly words: Words;
  /** With every instance. */
  readonly isWhole: boolean;
  /** Where in the row the keyboard stands, if it does. */
  readonly at: number | undefined;
}

function Cell({ instance, words, now, ...stop }: { instance: Instance; words: Words; now: number }) {
  const said = [`behind for ${spanOf(instance.since, now)}`, ...marksOf(instance)].join(', ');
  return (
    <div
      {...stop}
      role="gridcell"
      class="cell"
      data-age={ageOf(instance.since, now)}
      aria-label={`Instance ${instance.id}, ${said}: ${reasonsOf(instance, words).join('; ')}`}
    >
      {letterOf(instance)}
    </div>
  );
}

/** Cells of instances that are not listed one by one. */
function plainCells(set: SetView, room: number, now: number): readonly ComponentChildren[] {
  const isUnread = set.verdict === 'unread';
  const kinds: readonly (readonly [age: string, count: number, letter: string])[] = [
    [ageOf(set.since, now), set.behind - set.instances.length, ''],
    ['unknown', set.unknown, '?'],
    [isUnread ? 'unknown' : 'on', (set.total ?? 0) - set.behind - set.unknown, isUnread ? '?' : ''],
  ];
  return kinds
    .flatMap(([age, count, letter]) =>
      Array.from({ length: Math.max(0, Math.min(count, room)) }, () => (
        <i class="cell" data-age={age}>
          {letter}
        </i>
      )),
    )
    .slice(0, room);
}

function Cells({ set, words, isWhole, at, now }: RowProps & { readonly now: number }) {
  const { instances, left } = stopsOf(set, isWhole);
  const plain = left > 0 ? [] : plainCells(set, Math.max(0, MOST_CELLS - instances.length), now);
  const rest = (set.total ?? set.behind) - instances.length - plain.length - left;
  return (
    <div class="cells">
      {instances.map((instance, index) => (
        <Cell key={instance.id} {...{ instance, words, now }} {...standing(index + 1, at)} />
      ))}
      {left > 0 && (
        <div role="gridcell" class="cell-more" {...standing(instances.length + 1, at)}>
          {`+${left} more`}
        </div>
      )}
      <span class="plain" aria-hidden="true">
        {plain}
        {rest > 0 && left === 0 && `+${rest.toLocaleString('en')}`}
      </span>
    </div>
  );
}

function drawRow({ set, words, isWhole, at }: RowProps) {
  const now = Date.now();
  const counts = countsText(set);
  const age = ageText(set, now);
  const verdict = verdictText(set, words);
  const said = `${set.name}, ${verdict}, ${counts}${age && `, ${age}`}`;
  return (
    <div
      role="row"
      class="grid-row"
      data-verdict={set.verdict}
      data-set={set.id}
      data-current={at === undefined ? undefined : ''}
    >
      <div role="rowheader" class="set" aria-label={said} {...standing(0, at)}>
        <strong>{set.name}</strong>
        <span>{`${set.resourceGroup} · ${set.location}`}</span>
      </div>
      <div role="gridcell" class="verdict" data-tone={toneOf(set)}>
        <strong>{verdict}</strong>
        <span>{`${counts} · ${set.mode}`}</span>
      </div>
      <Cells {...{ set, words, isWhole, at, now }} />
      <div role="gridcell" class="age">
        {age || '–'}
      </div>
    </div>
  );
}

/** One row: the set, its verdict, its instances and its age. It is drawn anew only where something of it is another. */
export function FleetRow({ set, words, isWhole, at }: RowProps) {
  return useMemo(() => drawRow({ set, words, isWhole, at }), [set, words, isWhole, at]);
}
