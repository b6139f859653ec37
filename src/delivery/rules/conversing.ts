import type { MessageRef, Room } from '../../destinations/living.ts';
import type { RelayEvent } from '../../event/event.ts';
import { severities } from '../../event/fields.ts';
import { nameOf } from '../../event/identity.ts';
import { isOver, toBrief } from '../../event/importance.ts';
import { iso } from '../../event/time/units.ts';
import { type Step as TrailStep, withStep } from '../../event/trail.ts';
import type { Conversation } from './conversation.ts';
import type { ConversationRow } from './conversation-row.ts';
import { CONVERSATION_LEASE } from './turn.ts';

/** The row once somebody begins to write: should they be heard of no more, what they write may be there. */
export const begun = (
  row: ConversationRow,
  { owner, event, ends, now }: { owner: string; event: RelayEvent; ends: boolean; now: number },
): ConversationRow => ({
  ...row,
  writer: { owner, until: iso(now + CONVERSATION_LEASE) },
  unsure: [
    ...(row.unsure ?? []).filter((each) => each.event !== markOf(event)).slice(-MOST_UNSURE),
    {
      event: markOf(event),
      since: firstSince(row, event) ?? iso(now),
      ...(event.kind !== 'act' && { shows: shownAs(event, ends) }),
    },
  ],
});

/** Those who were here before and were heard of no more. */
const MOST_UNSURE = 9;

const firstSince = ({ unsure = [] }: ConversationRow, event: RelayEvent): string | undefined =>
  unsure.find((each) => each.event === markOf(event))?.since;

export const markOf = ({ id }: RelayEvent): string => nameOf(id);

/** What is to be done with an event. */
export type Step =
  /** It was told before. */
  | { readonly kind: 'nothing' }
  /** It begins a message. */
  | { readonly kind: 'begin' }
  /** It goes on below a message. */
  | { readonly kind: 'goOn'; readonly root: MessageRef; readonly reply: boolean; readonly update: boolean };

/** How a step is told. */
interface How extends Conversation {
  readonly stories: Room['stories'];
  /** Where its receiver writes now. */
  readonly channel: string;
  /** A later event of it is told right after this one. */
  readonly isFolded: boolean;
  /** Milliseconds. */
  readonly now: number;
}

export function nextStep(row: ConversationRow, event: RelayEvent, how: How): Step {
  const { ends, stories, isFolded } = how;
  const mark = markOf(event);
  if (row.told.includes(mark)) return { kind: 'nothing' };
  const { root, shown: before } = row;
  if (root === undefined || isElsewhere(root, how)) return { kind: 'begin' };
  const isReplied = row.replied === mark;
  // What somebody does is no state of its own: it is said beside the one that there is.
  if (event.kind === 'act') {
    const isChange = stories !== 'thread' && before !== undefined && (!before.ends || before.open === true);
    return { kind: 'goOn', root, reply: (stories !== 'update' || !isChange) && !isReplied, update: isChange };
  }
  if (hasRunOut(row, how)) return { kind: 'begin' };
  // Whose own change of it was not recorded makes it once more.
  const isOwn = before?.event === event.id;
  const isNewer = before === undefined || isOwn || isLater({ at: event.occurredAt, ends }, before);
  // The same story once more: nobody looks for news below what is over.
  if (before?.ends && !ends && isNewer && !isOwn) return { kind: 'begin' };
  const isChange = stories !== 'thread' && isNewer && (isOwn || before?.ends !== true);
  const reply = (stories !== 'update' || !isChange) && !isReplied;
  return { kind: 'goOn', root, reply, update: isChange && !(isFolded && stories === 'both') };
}

/** Its receiver has another channel since. A thread of Teams has its channel before a semicolon. */
const isElsewhere = (root: MessageRef, { channel }: How): boolean => root.channel.split(';')[0] !== channel;

const hasRunOut = ({ wroteAt }: ConversationRow, { within, now }: How): boolean =>
  within !== undefined && wroteAt !== undefined && now - Date.parse(wroteAt) > within;

type State = Pick<NonNullable<ConversationRow['shown']>, 'at' | 'ends'>;

/** Senders often count in whole seconds: of two at the same moment, the end is the later one. */
const isLater = (event: State, before: State): boolean =>
  event.at > before.at || (event.at === before.at && !before.ends);

/** What others may have changed the first message to, and did not live to record, counts as shown: it never turns back. */
export function withDoubts(row: ConversationRow, event: RelayEvent): ConversationRow {
  const shows = (row.unsure ?? []).flatMap((each) => (each.event === markOf(event) || !each.shows ? [] : [each.shows]));
  const shown = shows.reduce((latest, each) => (latest && !isLater(each, latest) ? latest : each), row.shown);
  return { ...row, ...(shown && { shown }) };
}

/** The row once its first message stands in the chat. */
export const afterBegin = (
  row: ConversationRow,
  event: RelayEvent,
  root: MessageRef,
  ends: boolean,
): ConversationRow => ({
  ...withoutWriter(row),
  root: { ...root, event: markOf(event) },
  // What somebody did shows no state: the next that comes is one.
  ...(event.kind !== 'act' && { shown: shownAs(event, ends) }),
  began: event.id,
});

/** The row once the first event stands in the thread as well. */
export const afterFirst = ({ began: _, ...row }: ConversationRow): ConversationRow => row;

export const afterReply = (row: ConversationRow, event: RelayEvent): ConversationRow => ({
  ...row,
  replied: markOf(event),
});

export const afterUpdate = (row: ConversationRow, event: RelayEvent, ends: boolean): ConversationRow => ({
  ...row,
  ...(event.kind !== 'act' && { shown: shownAs(event, ends) }),
});

const shownAs = (event: RelayEvent, ends: boolean): NonNullable<ConversationRow['shown']> => ({
  event: event.id,
  at: event.occurredAt,
  ends,
  ...(ends && !isOver(toBrief(event)) && { open: true }),
});

/** So many events are known to have been told: one that comes again comes soon. */
const MOST_TOLD = 40;

/** The row once an event was told whole, at `now` (milliseconds). */
export const afterStep = (
  row: ConversationRow,
  event: RelayEvent,
  { now, within }: Pick<How, 'now' | 'within'>,
): ConversationRow => {
  const { unsure: _, replied: __, ...known } = withoutWriter(row);
  return {
    ...known,
    told: [...known.told, markOf(event)].slice(-MOST_TOLD),
    worst: isWorse(event, known.worst) ? event.severity : (known.worst ?? event.severity),
    wroteAt: iso(now),
    ...(event.kind === 'act' && { acts: actsWith(row, event) }),
    ...(within !== undefined && { trail: trailWith(row, event) }),
  };
};

/** What people have done with it by this event. */
export function actsWith({ acts = [] }: ConversationRow, event: RelayEvent): NonNullable<ConversationRow['acts']> {
  if (event.kind !== 'act') return acts;
  const { action, by, occurredAt: at, until } = event;
  return [...acts.filter((each) => each.action !== action), { action, by, at, ...(until && { until }) }];
}

/** How a conversation of several stories has come to this event. */
export const trailWith = ({ trail: steps = [] }: ConversationRow, event: RelayEvent): readonly TrailStep[] =>
  event.kind === 'act' ? steps : withStep(steps, event);

/** The row once somebody gives up for now; `isUnsure`: what they wrote may stand there. */
export function afterFailed(row: ConversationRow, event: RelayEvent, isUnsure: boolean): ConversationRow {
  const { unsure = [], ...known } = withoutWriter(row);
  const left = isUnsure ? unsure : unsure.filter((each) => each.event !== markOf(event));
  return { ...known, ...(left.length > 0 && { unsure: left }) };
}

/** The row of a story that begins once more: its next message is another one. */
export const anew = ({ trail: _, worst: __, acts: ___, ...row }: ConversationRow): ConversationRow => afterGone(row);

/** The row once its first message is there no more: somebody has deleted it, or it may not be changed any longer. */
export const afterGone = ({
  root: _,
  shown: __,
  replied: ___,
  began: ____,
  ...row
}: ConversationRow): ConversationRow => row;

const withoutWriter = ({ writer: _, ...row }: ConversationRow): ConversationRow => row;

/** Whether news is worse than all that was told before. */
export const isWorse = (event: RelayEvent, worst: ConversationRow['worst']): boolean =>
  !isOver(toBrief(event)) && (worst === undefined || severities.indexOf(event.severity) > severities.indexOf(worst));
