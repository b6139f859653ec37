import { AGES } from './fleet-age.ts';
import type { FleetView, Words } from './fleet-data.ts';
import { isDrifted } from './fleet-filter.ts';
import { unreadText } from './fleet-unread.ts';
import { ageText } from './fleet-words.ts';
import { counted } from './parts.tsx';

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

const MissingList = ({ missing }: { readonly missing: readonly Missing[] }) => (
  <ul>
    {missing.slice(0, MOST_NAMED).map(({ id, name, how, why }) => (
      <li key={id}>
        <strong>{name}</strong>
        {` ${how}${why === undefined ? '' : `: ${why}`}`}
      </li>
    ))}
    {missing.length > MOST_NAMED && <li>{`and ${counted(missing.length - MOST_NAMED, 'other')}`}</li>}
  </ul>
);

/** What was read, and what was not. */
function Coverage({ view: { subscriptions, sets } }: { readonly view: FleetView }) {
  const missing = subscriptions.flatMap(({ read, ...rest }) => (read === 'full' ? [] : [{ ...rest, how: READ[read] }]));
  const blind = sets.filter(({ verdict }) => verdict === 'unread').map((set) => ({ ...set, how: READ.none }));
  const all = counted(subscriptions.length, 'subscription');
  const unknown = sum(sets.map((set) => set.unknown));
  const unsaid = unknown === 0 ? '' : ` Of ${counted(unknown, 'instance')} Azure does not tell the model.`;
  if (missing.length + blind.length === 0) return <p class="coverage">{`Everything was read: ${all}.${unsaid}`}</p>;
  const said =
    missing.length === 0
      ? `All but ${counted(blind.length, 'scale set')} of ${all} was read`
      : `${missing.length} of ${all} not read in full`;
  return (
    <>
      <p class="coverage" data-missing="">{`${said}; what is known of them is from before.${unsaid}`}</p>
      <MissingList missing={[...missing, ...blind]} />
    </>
  );
}

/** A fleet of which nothing was read: what is shown of it was seen by an earlier check. */
function Unread({ said, view, now }: { readonly said: string; readonly view: FleetView; readonly now: number }) {
  const missing = view.subscriptions.map((each) => ({ ...each, how: READ.none }));
  return (
    <>
      <h2>{said.split('`').map((part, at) => (at % 2 === 1 ? <code key={part}>{part}</code> : part))}</h2>
      {view.sets.length > 0 && <p class="coverage">{`From before: ${setsText(view, now)}`}</p>}
      {missing.length > 1 && <MissingList missing={missing} />}
    </>
  );
}

export function Summary({ view, words }: { readonly view: FleetView; readonly words: Words }) {
  const now = Date.now();
  const unread = unreadText(view, words);
  return (
    <section id="summary" class="summary" aria-label="Summary">
      {unread === undefined ? (
        <>
          <h2>{setsText(view, now)}</h2>
          <Coverage view={view} />
        </>
      ) : (
        <Unread said={unread} view={view} now={now} />
      )}
    </section>
  );
}

const MEANINGS: readonly (readonly [age: string, letter: string, words: string])[] = [
  ['on', '', 'on the model'],
  ...AGES.map(({ level, words }) => [level, '', words] as const),
  ['unknown', '?', 'unknown'],
  ['letter', 'H', 'held'],
  ['letter', '!', 'failed'],
  ['letter', '↻', 'updating'],
];

/** What shapes and letters mean; the colours say the same again. */
export const Legend = () => (
  <ul id="legend" class="legend" aria-label="What the cells mean">
    {MEANINGS.map(([age, letter, words]) => (
      <li key={words}>
        <i class="cell" data-age={age} aria-hidden="true">
          {letter}
        </i>
        {words}
      </li>
    ))}
  </ul>
);
