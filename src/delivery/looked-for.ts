import type { Living, MessageRef } from '../destinations/living.ts';
import type { RelayEvent } from '../event/event.ts';
import type { Writing } from './conversations.ts';
import { type ConversationRow, firstMarkOf } from './rules/conversation-row.ts';
import { afterFirst, afterReply, markOf } from './rules/conversing.ts';
import type { Writer, Written } from './send.ts';

/** How far a step has come: the last answer where that ends it, and the row as it stands. */
export interface Progress {
  readonly row: ConversationRow;
  readonly failed?: Written | undefined;
}

/** Who looks, and where. */
export interface Looking {
  readonly writer: Writer;
  readonly living: Living;
  readonly held: Writing;
}

/** By how much the chat's clock may be behind. */
const SKEW_MILLISECONDS = 60_000;

/** Who was here before may have written what nobody recorded: the chat is asked, where it can be. */
export async function lookedFor({ writer, living, held }: Looking, event: RelayEvent): Promise<Progress> {
  const { row } = held;
  const { unsure = [], root } = row;
  const [earliest] = unsure.map(({ since }) => since).sort();
  if (earliest === undefined || living.find === undefined) return { row };
  const since = new Date(Date.parse(earliest) - SKEW_MILLISECONDS).toISOString();
  const answer = await writer.call(living.find(since, root), event.id);
  // A chat that may not be asked, or no longer, keeps no story from being told.
  if (answer.verdict.kind === 'retry') return { row, failed: answer };
  if (answer.verdict.kind !== 'sent') return { row };
  const found = unsure.flatMap((each) => {
    const place = living.foundIn?.(answer.body, { conversation: held.key, event: each.event });
    return place === undefined || place === 'unknown' ? [] : [{ ...each, place }];
  });
  const first = root && living.foundIn?.(answer.body, { conversation: held.key, event: firstMarkOf(root) });
  const isFirstThere = first !== undefined && first !== 'unknown';
  const known = found.reduce((so, each) => withFound(so, each, { event, ends: held.ends }), row);
  return { row: isFirstThere ? afterFirst(known) : known };
}

type Found = NonNullable<ConversationRow['unsure']>[number] & { readonly place: MessageRef };

/** A message is there that nobody recorded: the event's own, or that of another one, which is dealt with. */
function withFound(row: ConversationRow, found: Found, own: { event: RelayEvent; ends: boolean }): ConversationRow {
  const isOwn = found.event === markOf(own.event);
  if (row.root !== undefined) return isOwn ? afterReply(row, own.event) : { ...row, told: [...row.told, found.event] };
  const root = { ...found.place, event: found.event };
  return { ...row, root, began: found.shows.event, shown: found.shows, told: [...row.told, found.event] };
}
