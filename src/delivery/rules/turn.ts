import type { Room } from '../../destinations/living.ts';
import type { ConversationRow } from './conversation-row.ts';

/** To look, to answer in the thread and to change the first message, each in two forms, ten seconds each, and storage. */
export const CONVERSATION_LEASE = 75_000;

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
