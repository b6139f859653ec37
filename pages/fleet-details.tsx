import { momentOf, spanOf } from './fleet-age.ts';
import type { Instance, SetView, Target, Words } from './fleet-data.ts';
import { byReason, countsText, marksOf, reasonsOf, toneOf, verdictText } from './fleet-words.ts';
import { CopyButton, counted, Link, Scroll, type Term, Terms } from './parts.tsx';

/** Why there is no command, where there is none. */
const NO_COMMAND: Readonly<Record<string, string>> = {
  held: 'Its instances are kept from upgrades on purpose.',
  rolledBack: 'The new image went back; it would fail again.',
  managed: 'The service that made it updates it.',
  waiting: 'It may still settle by itself.',
  rolling: 'An upgrade is at it.',
  unread: 'What is known of it is from before.',
};

const MOST_IDS = 12;

const sinceText = (since: string, isLeast: boolean | undefined, now: number): string =>
  `${momentOf(since)}${isLeast ? ' or earlier' : ''} (${spanOf(since, now)})`;

const idsText = (ids: readonly string[]): string =>
  ids.length <= MOST_IDS
    ? ids.join(', ')
    : `${ids.slice(0, MOST_IDS).join(', ')} and ${counted(ids.length - MOST_IDS, 'other')}`;

interface Reason {
  readonly text: string;
  readonly whose?: string;
}

/** What differs in each instance of a set, with those that it is true of. */
function setReasons(set: SetView, words: Words): readonly Reason[] {
  const found = byReason(set.instances, words).map(({ text, ids }) => ({
    text,
    whose: `${counted(ids.length, 'instance')}: ${idsText(ids)}`,
  }));
  const unlisted = set.behind - set.instances.length;
  const text = set.verdict === 'hidden' ? 'an older image than "latest" means now' : 'not listed one by one';
  return unlisted > 0 ? [...found, { text, whose: counted(unlisted, 'instance') }] : found;
}

const Why = ({ reasons }: { readonly reasons: readonly Reason[] }) => (
  <section>
    <h3>Why</h3>
    <ul class="reasons">
      {reasons.map(({ text, whose }) => (
        <li key={text}>
          {text}
          {whose && <small>{whose}</small>}
        </li>
      ))}
    </ul>
  </section>
);

function Remedy({ set, words }: { readonly set: SetView; readonly words: Words }) {
  const { command, advice = '', verdict, behind } = set;
  if (command === undefined) {
    return behind === 0 && verdict !== 'managed' ? null : (
      <section>
        <h3>Nothing to run</h3>
        <p>{NO_COMMAND[verdict] ?? 'No command fits these instances.'}</p>
      </section>
    );
  }
  return (
    <section class="remedy">
      <div>
        <h3>{words.advice[advice] ?? 'What to do'}</h3>
        <CopyButton key={command} what="the command" text={() => command} />
      </div>
      <Scroll label="Command" text={command} />
    </section>
  );
}

/** Until when an upgrade waits, and what happens then. */
function waitFacts({ until, otherwise }: NonNullable<SetView['approval']>, now: number): readonly Term[] {
  const over = until !== undefined && until < new Date(now).toISOString() ? ' (over)' : '';
  const then = otherwise === 'Approve' ? 'Azure goes on by itself' : 'Azure rejects the upgrade';
  return [
    ['Waits until', until && `${momentOf(until)}${over}`],
    ['Without an answer', otherwise && then],
  ];
}

const setFacts = (set: SetView, now: number): readonly Term[] => [
  ['Behind', countsText(set)],
  ['Model not known', set.unknown > 0 && counted(set.unknown, 'instance')],
  ['Behind since', set.since && sinceText(set.since, set.sinceAtLeast, now)],
  ...waitFacts(set.approval ?? {}, now),
];

const instanceFacts = (instance: Instance, { since, sinceAtLeast }: SetView, now: number): readonly Term[] => [
  ['Behind since', sinceText(instance.since, sinceAtLeast && instance.since === since, now)],
  ['State', marksOf(instance).join(', ')],
];

const whereFacts = (set: SetView, subscription: string): readonly Term[] => [
  ['Where', `${subscription} · ${set.resourceGroup} · ${set.location}`],
  ['Scale set', `${set.orchestration}, mode ${set.mode}`],
  ['Last read', set.readAt && momentOf(set.readAt)],
  ['Why it was not read', set.why],
];

interface DetailsProps {
  readonly target: Target;
  readonly words: Words;
  readonly subscription: string;
}

/** All that is known of a set, or of one of its instances. */
export function Details({ target: { set, instance }, words, subscription }: DetailsProps) {
  const now = Date.now();
  const own = instance === undefined ? setFacts(set, now) : instanceFacts(instance, set, now);
  const reasons =
    instance === undefined ? setReasons(set, words) : reasonsOf(instance, words).map((text) => ({ text }));
  return (
    <>
      <p class="kicker" data-tone={instance === undefined ? toneOf(set) : undefined}>
        {instance === undefined ? verdictText(set, words) : `Instance of ${set.name}`}
      </p>
      <h2>{instance === undefined ? set.name : `Instance ${instance.id}`}</h2>
      <Terms terms={[...own, ...whereFacts(set, subscription)]} />
      {reasons.length > 0 && <Why reasons={reasons} />}
      <Remedy set={set} words={words} />
      <p class="elsewhere">
        <Link url={`${words.portal}/#resource${encodeURI(set.id)}`}>Open in the Azure portal</Link>
      </p>
    </>
  );
}
