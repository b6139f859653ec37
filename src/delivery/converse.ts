import type { Mark, MessageRef } from '../destinations/living.ts';
import type { RelayEvent } from '../event/event.ts';
import { conversationFor } from './conversation-for.ts';
import { conversationTaken, letGo, type Writing } from './conversations.ts';
import type { Dispatch } from './dispatch.ts';
import { type Looking, lookedFor, type Progress } from './looked-for.ts';
import type { Change } from './ports.ts';
import { regardless } from './regardless.ts';
import { type ConversationRow, firstMarkOf } from './rules/conversation-row.ts';
import {
  actsWith,
  afterBegin,
  afterFailed,
  afterFirst,
  afterGone,
  afterReply,
  afterStep,
  afterUpdate,
  anew,
  isWorse,
  markOf,
  nextStep,
  trailWith,
} from './rules/conversing.ts';
import { eventKey } from './rules/keys.ts';
import { ledgerEntry } from './rules/ledger.ts';
import { byTime } from './rules/stories.ts';
import { type How, NOBODY, type Sent, send, triedAt, type Waited, type Written, writerTo } from './send.ts';

/** How an event of a conversation was told, and what is to be written of the conversation, whatever became of it. */
export interface Conversed extends Sent {
  readonly besides: Change;
}

/** Tells an event in its conversation: as its first message, in its thread, or by changing the first message. */
export async function converse(
  dispatch: Dispatch,
  { held, event, isFolded }: { readonly held: Writing; readonly event: RelayEvent; readonly isFolded?: boolean },
  name: string,
  more: How = {},
): Promise<Conversed> {
  const { clock } = dispatch.ports;
  const began = clock.now();
  const writer = await writerTo(dispatch, name);
  const { row, failed, isUnseen } =
    writer?.living === undefined
      ? { row: held.row, failed: NOBODY }
      : await told({ dispatch, name, writer, living: writer.living, held, more, isFolded: isFolded ?? false }, event);
  const verdict = failed?.verdict ?? ({ kind: 'sent' } as const);
  const tried = triedAt(began, clock.now(), verdict);
  const after =
    verdict.kind === 'sent'
      ? afterStep(row, event, { ...held, now: clock.now() })
      : afterFailed(row, event, isUnseen === true || mayStand(verdict));
  return { verdict, tried, besides: letGo(held, after) };
}

/** Whether a message may stand in the chat whose sending ended so. */
const mayStand = (verdict: Written['verdict']): boolean =>
  verdict.kind === 'retry' && verdict.waits !== true && !SAID.has(verdict.reason);

/** It was answered, and the answer says that nothing was done. */
const SAID: ReadonlySet<string> = new Set(['rate-limited', 'ratelimited', 'proxy', 'NoToken', 'NoAppToken']);

interface Telling extends Looking {
  readonly dispatch: Dispatch;
  readonly name: string;
  readonly more: How;
  readonly isFolded: boolean;
}

async function told(telling: Telling, event: RelayEvent): Promise<Progress> {
  const found = telling.held.isDoubted ? await lookedFor(telling, event) : { row: telling.held.row };
  if (found.failed !== undefined) return found;
  const { held, isFolded, dispatch } = telling;
  const { stories, channel } = held.room;
  const step = nextStep(found.row, event, { ...held, stories, channel, isFolded, now: dispatch.ports.clock.now() });
  switch (step.kind) {
    case 'nothing':
      return found;
    case 'begin':
      return begin(telling, event, anew(found.row));
    case 'goOn': {
      const went = await goOn(telling, event, found.row, step);
      const reason = went.failed?.verdict.kind === 'sent' ? undefined : went.failed?.verdict.reason;
      // Somebody has deleted it, or it is too old: the story goes on in a new one, and none of it is lost.
      return reason !== undefined && telling.living.gone.has(reason)
        ? begin(telling, event, afterGone(went.row))
        : went;
    }
  }
}

async function begin(
  { writer, living, held, more }: Telling,
  event: RelayEvent,
  row: ConversationRow,
): Promise<Progress> {
  const mark = { conversation: held.key, event: markOf(event) };
  const written = await writer.write(
    event,
    whole(held, row, event, more),
    (message) => living.begin(message, mark),
    'once',
  );
  if (written.verdict.kind !== 'sent') return { row, failed: written };
  const root = living.placeIn(written.body);
  return root === undefined ? { row, failed: UNPLACED } : { row: afterBegin(row, event, root, held.ends) };
}

/** It was taken, and nobody knows where it stands. */
const UNPLACED: Written = { verdict: { kind: 'retry', reason: 'unknown-success', most: 2 }, body: '' };

async function goOn(
  telling: Telling,
  event: RelayEvent,
  before: ConversationRow,
  { root, reply, update }: { readonly root: MessageRef; readonly reply: boolean; readonly update: boolean },
): Promise<Progress> {
  const { writer, living, held, more } = telling;
  let row = before;
  const mark: Mark = { conversation: held.key, event: markOf(event) };
  // Before what stands below it: whoever has deleted it is noticed here.
  const shows = update ? await shownBy(telling, event, row) : undefined;
  if (shows !== undefined) {
    const rootMark = { ...mark, event: row.root?.event ?? mark.event };
    const as = (message: unknown) => living.update(message, rootMark, root);
    const written = await writer.write(shows, whole(held, row, event, more), as);
    if (written.verdict.kind !== 'sent') return { row, failed: written };
    row = afterUpdate(row, event, held.ends);
  }
  const first = reply ? await firstInThread(telling, row, root) : { row };
  if (first.failed !== undefined || !reply) return first;
  const loud = held.room.broadcast && isWorse(event, row.worst);
  const written = await writer.write(event, more, (message) => living.reply(message, mark, root, loud), 'once');
  return written.verdict.kind === 'sent' ? { row: afterReply(first.row, event) } : { row: first.row, failed: written };
}

/** What began it stands in the thread as well, once the first message shows something else: that thread has each step. */
async function firstInThread(telling: Telling, row: ConversationRow, at: MessageRef): Promise<Progress> {
  const { held, living, writer } = telling;
  const { began, root } = row;
  if (began === undefined || root === undefined || held.room.stories !== 'both') return { row };
  const first = await eventOf(telling, began);
  if (first === undefined) return { row: afterFirst(row) };
  const mark = { conversation: held.key, event: firstMarkOf(root) };
  const written = await writer.write(first, {}, (message) => living.reply(message, mark, at, false), 'once');
  return written.verdict.kind === 'sent' ? { row: afterFirst(row) } : { row, failed: written };
}

/** What the first message shows once an event was told: that, or, of what somebody did, what it showed before, where that is known still. */
const shownBy = async (telling: Telling, event: RelayEvent, { shown }: ConversationRow) =>
  event.kind !== 'act' || shown === undefined ? event : eventOf(telling, shown.event);

/** An event that was told before, where the ledger has it still. */
async function eventOf({ dispatch, name }: Telling, id: string): Promise<RelayEvent | undefined> {
  const row = await dispatch.ports.ledger.read(name, eventKey(id));
  return ledgerEntry.safeParse(row?.value).data?.event;
}

/** How the first message is told: with what the conversation is by then. */
const whole = ({ within, room }: Writing, row: ConversationRow, event: RelayEvent, more: How): How => ({
  ...more,
  ...(room.stories === 'thread' && { inThread: true }),
  ...(event.kind !== 'act' || row.shown !== undefined ? actsIn(actsWith(row, event)) : {}),
  ...(within !== undefined && { trail: trailWith(row, event) }),
});

const actsIn = (acts: ReturnType<typeof actsWith>): How => (acts.length === 0 ? {} : { acts });

/** The same of an event that has waited: the conversation is taken first, and let go afterwards. */
export async function converseIn(
  dispatch: Dispatch,
  { event, name, owner, more, followed }: Waited,
): Promise<Sent | { readonly busy: number }> {
  const { busy, held } = await conversationTaken(dispatch, { event, name, owner, isHasty: true });
  if (busy !== undefined) return { busy };
  if (held === undefined) return send(dispatch, event, name, more);
  const isFolded = followed.some(
    (next) => conversationFor(next, dispatch.joins)?.key === held.key && byTime(event, next) <= 0,
  );
  const { besides, ...sent } = await converse(dispatch, { held, event, isFolded }, name, more);
  await regardless(dispatch.ports.ledger.write(name, [besides]));
  return sent;
}
