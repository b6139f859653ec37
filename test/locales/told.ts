import { type EventKind, type EventOf, event as eventSchema } from '../../src/event/event.ts';
import { en } from '../../src/locales/en/en.ts';
import { type LocaleName, locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';

export const kinds = Object.keys(examples) as EventKind[];

// The type holds every language to all states, so that their keys are all there are.
const keysOf = <Key extends string>(words: Readonly<Record<Key, string>>) => Object.keys(words) as Key[];
const { state } = en;

const STILL = { at: '2026-11-20T22:05:09.000Z', since: '2026-11-20T14:05:09.000Z' };

/** What turns an example into every state of its kind. A new kind does not compile until it has its own. */
const changes: { readonly [Kind in EventKind]: readonly Partial<EventOf<Kind>>[] } = {
  scale: (['started', 'succeeded', 'failed', 'held', 'unknown'] as const).flatMap((phase) =>
    (['out', 'in'] as const).map((direction) => ({ phase, direction })),
  ),
  deployment: keysOf(state.deployment).map((told) => {
    if (told === 'partial' || told === 'warnings') return { phase: 'succeeded', outcome: told };
    if (told === 'checkWarnings') return { check: true, phase: 'succeeded', outcome: 'warnings' };
    if (told === 'checkStarted') return { check: true, phase: 'started' };
    if (told === 'checkSucceeded') return { check: true, phase: 'succeeded' };
    if (told === 'checkFailed') return { check: true, phase: 'failed' };
    if (told === 'checkCancelled') return { check: true, phase: 'cancelled' };
    return told === 'checkUnknown' ? { check: true, phase: 'unknown' } : { phase: told };
  }),
  artifact: keysOf(state.artifact).map((action) => ({ action })),
  alert: keysOf(state.alert).map((told) => {
    if (told === 'noData') return { state: 'fired', lack: 'data' };
    if (told === 'noAnswer') return { state: 'fired', lack: 'answer' };
    if (told === 'noSeries') return { state: 'resolved', lack: 'series' };
    if (told === 'unknown') return { state: 'fired', word: '7' };
    if (told === 'still') return { state: 'fired', still: STILL };
    if (told === 'closed') return { state: 'fired', still: { ...STILL, closed: true } };
    return told === 'fired' || told === 'resolved' ? { state: told } : { state: 'fired', phase: told };
  }),
  // What a service manages is only counted, in digests.
  drift: keysOf(state.drift)
    .filter((verdict) => verdict !== 'managed')
    .map((verdict) => {
      if (verdict === 'unseen') return { change: 'resolved', behind: 0, unseen: true };
      return verdict === 'resolved' ? { change: 'resolved', behind: 0 } : { change: 'opened', verdict };
    }),
  custom: keysOf(state.custom).map((severity) => ({ severity })),
  notice: keysOf(state.notice).map((topic) => ({ topic })),
  act: keysOf(state.act).map((action) => ({ action })),
  digest: keysOf(state.digest).map((cause) => ({ cause })),
  review: keysOf(state.review).flatMap((told): readonly Partial<EventOf<'review'>>[] =>
    told === 'empty' ? [{ events: { now: 0 } }] : [{}, { noisiest: [] }],
  ),
};

const without = (whole: object, ...keys: readonly string[]): object =>
  Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.includes(key)));

/** With all optional fields, without each of them, and without any. */
function sparser(event: EventOf<EventKind>): unknown[] {
  const optional = Object.keys(event).filter((key) => eventSchema.safeParse(without(event, key)).success);
  const nowhere = { ...event, resource: without(event.resource, 'region') };
  return [
    event,
    nowhere,
    ...optional.map((key) => without(event, key)),
    without(nowhere, ...optional),
    // Nothing to count is told as no count at all.
    ...(event.kind === 'notice' ? [{ ...event, count: 0 }] : []),
    ...(event.kind === 'digest' ? [{ ...event, more: 0, unread: 0 }] : []),
  ];
}

/** A kind's example in every state, with its optional fields present and absent. */
export const everyWay = <Kind extends EventKind>(kind: Kind): EventOf<Kind>[] =>
  changes[kind]
    .flatMap((change) => sparser({ ...examples[kind], ...change } as EventOf<EventKind>))
    .map((draft) => eventSchema.parse(draft) as EventOf<Kind>);

/** The sentence of an event, whatever its kind. */
export const sentenceOf = (name: LocaleName, event: EventOf<EventKind>): string =>
  (locales[name].sentence[event.kind] as (event: EventOf<EventKind>) => string)(event);

/** Every string in a value, however deep. */
const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
};

/** Every text that a language holds, and what its functions make of numbers. */
export function wordsOf(name: LocaleName): string[] {
  const say = locales[name];
  const { drift, digest, origin, review } = say;
  return [
    ...stringsIn(say),
    ...[
      say.instances,
      say.scaleSets,
      say.resources,
      say.events,
      say.subscriptions,
      digest.others,
      (count: number) => digest.asSevere(count, 9),
      say.more,
      say.duration,
      digest.steps,
      drift.models,
    ].map((tell) => tell(4)),
    say.measured({ threshold: 90 }) ?? '',
    say.reviewIn('0'),
    say.atLeast('1'),
    say.list(['1', '2', '3']),
    drift.behind(6, 10),
    drift.rollout({ done: 4, failed: 1, pending: 5 }),
    origin.late('13:52', undefined),
    origin.late('13:52', '14:20'),
    origin.replayed('13:52', '14:20'),
    origin.repeated(4, '13:40'),
    origin.standsFor('0', true),
    digest.held('0'),
    ...[review.deployments, review.alerts, review.times].map((tell) => tell(4)),
    ...[review.perDay, review.failed, review.noisiest, review.before, review.drifted, review.took].map((tell) =>
      tell('4'),
    ),
    review.flaps('6', [3, 4]),
    review.flaps('6', undefined),
    review.atMaximum(8, 3, true),
    review.atMaximum(8, 3, false),
  ];
}

// What a sentence takes over from its event. A digit stands for it where only the language's own words count.
const TAKEN = ['environment', 'subject', 'step', 'version', 'failedStep', 'waitingFor', 'actor', 'name'];
const TAKEN_TOO = [
  'rule',
  'metric',
  'unit',
  'level',
  'title',
  'about',
  'reason',
  'fallback',
  'description',
  'text',
  'output',
  'by',
  'note',
];

/** The events that are named, without what is theirs. */
const nameless = (event: EventOf<EventKind>): object => {
  const blank = ({ kind, state }: { kind: string; state: string }) => ({ kind, state, subject: '0', count: 1 });
  if (event.kind === 'digest') return { stories: event.stories.map(blank) };
  if (event.kind === 'act') return { of: blank(event.of) };
  if (event.kind === 'review') return { noisiest: event.noisiest.map((each) => ({ ...each, name: '0' })) };
  return event.kind === 'notice' && event.events ? { events: event.events.map(blank) } : {};
};

/** Every sentence of a language, without the words of its events. */
export const ownSentences = (name: LocaleName): string[] =>
  kinds.flatMap((kind) =>
    everyWay(kind).map((event) => {
      const taken = [...TAKEN, ...TAKEN_TOO].filter((key) => key in event).map((key) => [key, '0']);
      return sentenceOf(name, {
        ...event,
        ...Object.fromEntries(taken),
        ...nameless(event),
        resource: { name: '0', region: '0' },
      });
    }),
  );
