import * as z from 'zod';
import type { Place, Room } from '../../destinations/living.ts';
import type { EventOf, RelayEvent } from '../../event/event.ts';
import { severities } from '../../event/fields.ts';
import { identity, nameOf } from '../../event/identity.ts';
import { isOver, toBrief } from '../../event/importance.ts';
import { threadKeyOf } from '../../event/thread.ts';
import { iso } from '../../event/time/units.ts';
import { positionInStory } from './order.ts';

/** What is told in one message that lives on, with a thread of its own. */
export interface Conversation {
  /** 32 hex digits. */
  readonly key: string;
  /** Whether it ends with this event. */
  readonly ends: boolean;
}

/** The conversation that an event belongs to; undefined where it is news by itself, and its message is never changed. */
export function conversationOf(event: RelayEvent): Conversation | undefined {
  const key = keyOf(event);
  return key === undefined ? undefined : { key, ends: endsWith(event) };
}

function keyOf(event: RelayEvent): string | undefined {
  switch (event.kind) {
    case 'drift':
      return identity('conversation', 'drift', event.story ?? event.resource.id?.toLowerCase() ?? event.resource.name);
    case 'notice':
      return TOPICS[event.topic] && identity('conversation', 'notice', TOPICS[event.topic] ?? '', event.about);
    default:
      return threadKeyOf(event);
  }
}

/** What the notices that belong together tell of. */
const TOPICS: Readonly<Partial<Record<EventOf<'notice'>['topic'], string>>> = {
  receiverBroken: 'receiver',
  receiverBack: 'receiver',
  driftUnreadable: 'drift',
  driftReadable: 'drift',
};

const endsWith = (event: RelayEvent): boolean =>
  positionInStory(event)?.final === true ||
  isOver(toBrief(event)) ||
  (event.kind === 'alert' && event.still?.closed === true);

/** What a receiver's ledger knows of a conversation. */
export const conversationRow = z.object({
  version: z.literal(1),
  /** Where its first message stands, and what began it (32 hex digits). */
  root: z.object({ channel: z.string(), id: z.string(), event: z.string() }).optional(),
  /** Who writes to it now, and until when (ISO) that is believed. */
  writer: z.object({ owner: z.string(), until: z.iso.datetime() }).optional(),
  /** What may stand in the chat though nobody has heard so: of which event (32 hex digits), since when (ISO). */
  unsure: z.object({ event: z.string(), since: z.iso.datetime() }).optional(),
  /** What the first message shows: an event by its id, when that was (ISO), and whether it was the end. */
  shown: z.object({ event: z.string(), at: z.iso.datetime(), ends: z.boolean() }).optional(),
  /** The latest events that were told whole, as 32 hex digits. */
  told: z.array(z.string()),
  /** The event that stands in the thread, and not yet in the first message. */
  replied: z.string().optional(),
  /** The worst that was told. */
  worst: z.enum(severities).optional(),
  /** When (ISO) it was last written to. */
  wroteAt: z.iso.datetime().optional(),
});

export type ConversationRow = z.infer<typeof conversationRow>;

export const NO_CONVERSATION: ConversationRow = { version: 1, told: [] };

/** To look, to answer in the thread and to change the first message, each in two forms, ten seconds each, and storage. */
const CONVERSATION_LEASE = 75_000;

/** What changes within so many milliseconds is one change of the first message. */
const FOLDED_MILLISECONDS = 2_000;

/** How soon somebody looks again whether another has done with it. */
const LOOK_MILLISECONDS = 1_000;

/**
 * Until when (milliseconds) an event of a conversation has to wait; undefined where it may be told now. Whoever comes back with
 * the same queue message has crashed before.
 */
export function busyUntil(
  { writer, root, wroteAt }: ConversationRow,
  { owner, now, stories, isHasty }: { owner: string; now: number; stories: Room['stories']; isHasty: boolean },
): number | undefined {
  if (writer !== undefined && writer.owner !== owner) {
    const left = Date.parse(writer.until) - now;
    // A lease that is far too long was taken by a clock that had jumped ahead.
    if (left > 0 && left <= 2 * CONVERSATION_LEASE) return now + Math.min(left, LOOK_MILLISECONDS);
  }
  if (root === undefined || wroteAt === undefined || stories === 'thread' || isHasty) return undefined;
  const since = now - Date.parse(wroteAt);
  return since >= 0 && since < FOLDED_MILLISECONDS ? now + FOLDED_MILLISECONDS - since : undefined;
}

/** The row once somebody begins to write: should they be heard of no more, what they write may be there. */
export const begun = (row: ConversationRow, owner: string, event: RelayEvent, now: number): ConversationRow => ({
  ...row,
  writer: { owner, until: iso(now + CONVERSATION_LEASE) },
  unsure: row.unsure ?? { event: markOf(event), since: iso(now) },
});

export const markOf = ({ id }: RelayEvent): string => nameOf(id);

/** What is to be done with an event. */
export type Step =
  /** It was told before. */
  | { readonly kind: 'nothing' }
  /** It begins a message. */
  | { readonly kind: 'begin' }
  /** It goes on below a message. */
  | { readonly kind: 'goOn'; readonly root: Place; readonly reply: boolean; readonly update: boolean };

/** How a step is told. `isFolded`: a later event of it is told right after this one. */
interface How {
  readonly ends: boolean;
  readonly stories: Room['stories'];
  readonly isFolded?: boolean;
}

export function nextStep(row: ConversationRow, event: RelayEvent, { ends, stories, isFolded = false }: How): Step {
  const mark = markOf(event);
  if (row.told.includes(mark)) return { kind: 'nothing' };
  const { root, shown } = row;
  if (root === undefined) return { kind: 'begin' };
  const isNewer = shown === undefined || isLater({ at: event.occurredAt, ends }, shown);
  // The same story once more: nobody looks for news below what is over.
  if (shown?.ends && !ends && isNewer) return { kind: 'begin' };
  const isChange = stories !== 'thread' && isNewer && shown?.ends !== true;
  const reply = (stories !== 'update' || !isChange) && row.replied !== mark;
  return { kind: 'goOn', root, reply, update: isChange && !(isFolded && stories === 'both') };
}

type State = Pick<NonNullable<ConversationRow['shown']>, 'at' | 'ends'>;

/** Senders often count in whole seconds: of two at the same moment, the end is the later one. */
const isLater = (event: State, shown: State): boolean => event.at > shown.at || (event.at === shown.at && !shown.ends);

/** The row once its first message stands in the chat. */
export const afterBegin = (row: ConversationRow, event: RelayEvent, root: Place, ends: boolean): ConversationRow => ({
  ...withoutWriter(row),
  root: { ...root, event: markOf(event) },
  shown: shownAs(event, ends),
});

export const afterReply = (row: ConversationRow, event: RelayEvent): ConversationRow => ({
  ...row,
  replied: markOf(event),
});

export const afterUpdate = (row: ConversationRow, event: RelayEvent, ends: boolean): ConversationRow => ({
  ...row,
  shown: shownAs(event, ends),
});

const shownAs = ({ id, occurredAt }: RelayEvent, ends: boolean) => ({ event: id, at: occurredAt, ends });

/** So many events are known to have been told: one that comes again comes soon. */
const MOST_TOLD = 40;

/** The row once an event was told whole, at `now` (milliseconds). */
export const afterTold = (row: ConversationRow, event: RelayEvent, now: number): ConversationRow => {
  const { unsure: _, replied: __, ...known } = withoutWriter(row);
  return {
    ...known,
    told: [...known.told, markOf(event)].slice(-MOST_TOLD),
    worst: isWorse(event, known.worst) ? event.severity : (known.worst ?? event.severity),
    wroteAt: iso(now),
  };
};

/** The row once somebody gives up for now; `isUnsure`: what they wrote may stand there. */
export const afterFailed = (row: ConversationRow, isUnsure: boolean): ConversationRow => {
  const { unsure, ...known } = withoutWriter(row);
  return { ...known, ...(isUnsure && unsure && { unsure }) };
};

/** The row once its first message is there no more: somebody has deleted it, or it may not be changed any longer. */
export const afterGone = ({ root: _, shown: __, replied: ___, ...row }: ConversationRow): ConversationRow => row;

const withoutWriter = ({ writer: _, ...row }: ConversationRow): ConversationRow => row;

/** Whether news is worse than all that was told before. */
export const isWorse = (event: RelayEvent, worst: ConversationRow['worst']): boolean =>
  !isOver(toBrief(event)) && (worst === undefined || severities.indexOf(event.severity) > severities.indexOf(worst));
