import { eachOf, membersOf } from '../fields.ts';
import { firstOf, shown } from '../ignored.ts';
import { isEmptyBatch } from '../own-cloud-event.ts';
import { defineSource, type Ignored, type Source, type SourceContext } from '../source.ts';
import { deployments } from './deployed.ts';
import { incident } from './incident.ts';
import { isCdEvent, type Meaning, type Message, message } from './message.ts';
import { EXTRAS, runs } from './runs.ts';

// https://github.com/cdevents/spec/blob/main/spec.md

/** Who reads which subject. */
const readers: ReadonlyMap<string, Meaning> = new Map([...runs, ...deployments, ['incident', incident]]);

/** What is followed where software is made, and told to nobody here. */
const NOT_TOLD = new Set(['artifact', 'branch', 'build', 'change', 'repository', 'testoutput', 'ticket']);

const otherwise: Meaning = ({ isOwn, subject }) => {
  if (isOwn) return 'is of a tool’s own: a mapping in relay.yaml can read it';
  return NOT_TOLD.has(subject) ? 'is no news' : 'is not known';
};

const meaningOf = (given: Message, context: SourceContext) =>
  ((given.isOwn ? undefined : readers.get(given.subject)) ?? otherwise)(given, context);

/** Why there is no event of a member of the body. */
function whyNone(member: unknown, context: SourceContext): string | undefined {
  const { data, error } = message.safeParse(member);
  if (data === undefined) return `${error?.issues[0]?.path.join('.')} cannot be read`;
  const meaning = meaningOf(data, context);
  return typeof meaning === 'string' ? `${shown(`${data.subject} ${data.predicate}`)} ${meaning}` : undefined;
}

const base = defineSource({
  name: 'cdevents',
  detects: isCdEvent,
  // A mapping may have read it before there was this source, and alone knows the types that tools define themselves.
  yields: () => true,
  payload: eachOf(message, 'expected a CDEvent or a list of them'),
  keys: ['context', 'subject', 'customData', 'customDataContentType'],
  extras: EXTRAS,
  normalize: (messages, context) =>
    messages.map((each) => meaningOf(each, context)).flatMap((each) => (typeof each === 'string' ? [] : each)),
  ignored: (payload, context) =>
    firstOf(
      membersOf(payload).flatMap((member, at): readonly Ignored[] => {
        const because = whyNone(member, context);
        return because === undefined ? [] : [{ key: Array.isArray(payload) ? `${at}.type` : 'type', because }];
      }),
    ),
});

export const cdevents: Source = {
  ...base,
  detects: (payload, headers) => base.detects(payload, headers) || isEmptyBatch(payload, headers),
  read: (payload, context) => (isEmptyBatch(payload, context.headers) ? [] : base.read(payload, context)),
};
