import { useMemo, useState } from 'preact/hooks';
import { toneOf } from './fleet-words.ts';
import { Button } from './parts.tsx';
import { DriftDays, minutesBySet, shownDays } from './ui-drift-days.tsx';
import type { ListedSet, SetDays } from './ui-place-data.ts';
import { hrefOf } from './ui-route.ts';
import { reasonText, spanText, words } from './ui-words.ts';

const For = ({ set: { since, sinceAtLeast } }: { readonly set: ListedSet }) => {
  const { fleet } = words.value;
  const span = spanText(Date.now() - Date.parse(since));
  return (
    <time dateTime={since} title={since}>
      {sinceAtLeast ? fleet.atLeast(span) : span}
    </time>
  );
};

const Name = ({ set: { name, group, environment } }: { readonly set: ListedSet }) => (
  <>
    <a class="title" href={hrefOf('history', { resource: name })}>
      <bdi>{name}</bdi>
    </a>
    <bdi class="where">{[group, environment].filter(Boolean).join(' · ')}</bdi>
  </>
);

interface TableProps {
  readonly sets: readonly ListedSet[];
  /** Undefined while they are read, or where they cannot be. */
  readonly figures: SetDays | undefined;
}

// As many as somebody looks through; a browser has to draw 30 days of each.
const AT_ONCE = 200;

/** Sets with their verdicts, the oldest first, as the relay has them. */
export function FleetTable({ sets, figures }: TableProps) {
  const [most, setMost] = useState(AT_ONCE);
  const bySet = useMemo(() => minutesBySet(figures ?? { days: [] }), [figures]);
  const days = shownDays(Date.now());
  const { fleet } = words.value;
  return (
    <>
      <table class="table" id="fleet">
        <thead>
          <tr>
            {[fleet.set, fleet.verdict, fleet.behind, fleet.since, fleet.days].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sets.slice(0, most).map((set) => (
            <tr key={set.id}>
              <th scope="row">
                <Name set={set} />
              </th>
              <td data-tone={toneOf(set)}>
                <strong>{fleet.verdicts[set.verdict] ?? set.verdict}</strong>
                {set.why && <bdi class="where">{reasonText(set.why)}</bdi>}
              </td>
              <td>{set.behind === undefined ? '–' : fleet.count(set.behind, set.total)}</td>
              <td>
                <For set={set} />
              </td>
              <td>
                <DriftDays {...{ set, figures, bySet, days }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sets.length > most && (
        <p class="line actions">
          <Button press={() => setMost(most + AT_ONCE)}>{fleet.more(Math.min(AT_ONCE, sets.length - most))}</Button>
        </p>
      )}
    </>
  );
}
