import type { MessageRef, Room } from '../destinations/living.ts';
import type { RelayEvent } from '../event/event.ts';
import { conversationFor } from './conversation-for.ts';
import type { Dispatch } from './dispatch.ts';
import type { Change, Row } from './ports.ts';
import type { Conversation } from './rules/conversation.ts';
import { type ConversationRow, conversationRow, NO_CONVERSATION } from './rules/conversation-row.ts';
import { begun } from './rules/conversing.ts';
import { conversationKey } from './rules/keys.ts';
import { busyUntil } from './rules/turn.ts';
import { sideBySide } from './side-by-side.ts';

/** A conversation that somebody writes to, and nobody else meanwhile. */
export interface Writing extends Conversation {
  readonly room: Room;
  readonly row: ConversationRow;
  /** Who was here before left unsaid how far they got. */
  readonly isDoubted: boolean;
  /** Of the row. */
  readonly etag: string;
}

/** The conversation of an event, before anybody writes to it. */
export interface Seen {
  /** Whether it has begun. */
  readonly goesOn: boolean;
  /** Until when (milliseconds) the event has to wait. */
  readonly busy: number | undefined;
  /** What makes it one's own, to be written before the event is told. */
  readonly take: Change;
  /** What is held once that is written. */
  readonly held: (etags: ReadonlyMap<string, string>) => Writing;
}

/** Who wants to tell an event to a receiver: the id of a queue message. */
interface Wish {
  readonly event: RelayEvent;
  readonly name: string;
  readonly owner: string;
  /** It has waited: what changed a moment ago is no reason to wait once more. */
  readonly isHasty?: boolean;
}

/** Looks at the conversation that an event belongs to; undefined where the receiver has none. Rejects with a StorageError. */
export async function conversationSeen(
  dispatch: Dispatch,
  { event, name, owner, isHasty = false }: Wish,
): Promise<Seen | undefined> {
  const room = dispatch.receiver(name)?.room;
  const conversation = room && conversationFor(event, dispatch.joins);
  if (room === undefined || conversation === undefined) return undefined;
  const { ledger, clock } = dispatch.ports;
  const key = conversationKey(conversation.key);
  const row = await ledger.read(name, key);
  const before = known(row);
  const now = clock.now();
  const mine = begun(before, { ...conversation, owner, event, now });
  return {
    goesOn: row !== undefined,
    busy: busyUntil(before, { owner, now, stories: room.stories, isHasty: isHasty || event.kind === 'act' }),
    take: changed(key, mine, row?.etag),
    held: (etags) => ({
      ...conversation,
      room,
      row: mine,
      isDoubted: before.unsure !== undefined,
      etag: etags.get(key) ?? '',
    }),
  };
}

/** The same, taken at once; or until when (milliseconds) it has to wait. Rejects with a StorageError. */
export async function conversationTaken(
  dispatch: Dispatch,
  wish: Wish,
): Promise<{ readonly held?: Writing | undefined; readonly busy?: number }> {
  const seen = await conversationSeen(dispatch, wish);
  if (seen === undefined) return {};
  const { busy, take, held } = seen;
  if (busy !== undefined) return { busy };
  const etags = await dispatch.ports.ledger.write(wish.name, [take]);
  return etags === 'conflict' ? { busy: dispatch.ports.clock.now() + 1_000 } : { held: held(etags) };
}

/** Of events that wait for a receiver, by their ids, those whose conversation has a message that goes on, by its key. Rejects with a StorageError. */
export async function goingOn(
  dispatch: Dispatch,
  waiting: readonly { readonly event: RelayEvent }[],
  name: string,
): Promise<ReadonlyMap<string, string>> {
  const keys = new Map(waiting.flatMap(({ event }) => keyed(event, dispatch.joins)));
  const open = new Set<string>();
  await sideBySide([...new Set(keys.values())], async (key) => {
    const { root, writer, shown } = known(await dispatch.ports.ledger.read(name, conversationKey(key)));
    if ((root !== undefined && shown?.ends !== true) || writer !== undefined) open.add(key);
  });
  return new Map([...keys].filter(([, key]) => open.has(key)));
}

function keyed(event: RelayEvent, joins: Dispatch['joins']): readonly [string, string][] {
  const conversation = conversationFor(event, joins);
  return conversation === undefined ? [] : [[event.id, conversation.key]];
}

/** Where the first message of a conversation stands, if there is one. Rejects with a StorageError. */
export const rootOf = async (dispatch: Dispatch, key: string, name: string): Promise<MessageRef | undefined> =>
  known(await dispatch.ports.ledger.read(name, conversationKey(key))).root;

/** How the row reads once it is let go. */
export const letGo = ({ key, etag }: Writing, row: ConversationRow): Change => changed(conversationKey(key), row, etag);

/** A row of another form counts as none: the worst that can happen is a second message. */
const known = (row: Row | undefined): ConversationRow => conversationRow.safeParse(row?.value).data ?? NO_CONVERSATION;

const changed = (key: string, value: ConversationRow, etag: string | undefined): Change =>
  etag === undefined ? { kind: 'insert', key, value } : { kind: 'replace', key, value, etag };
