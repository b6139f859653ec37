import type { Living, MessageRef } from '../destinations/living.ts';
import type { RelayEvent } from '../event/event.ts';
import type { Writing } from './conversations.ts';
import { type ConversationRow, firstMarkOf } from './rules/conversation-row.ts';
import { afterFirst, afterReply, markOf, withDoubts } from './rules/conversing.ts';
import type { Writer, Written } from './send.ts';

/** How far a step has come: the last answer where that ends it, and the row as it stands. */
export interface Progress {
  readonly row: ConversationRow;
  readonly failed?: Written | undefined;
  /** The chat could not be asked what was written before. */
  readonly isUnseen?: true;
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
export async function lookedFor(looking: Looking, event: RelayEvent): Promise<Progress> {
  const { row } = looking.held;
  if (row.root !== undefined) return inThread(looking, withDoubts(row, event), event);
  const asked = await ask(looking, row, event);
  if ('failed' in asked) return asked;
  const [first] = asked.found;
  if (first === undefined) return { row: asked.isWhole ? settled(row, event) : row };
  const { place, event: mark, shows } = first;
  const known: ConversationRow = {
    ...row,
    root: { ...place, event: mark },
    ...(shows && { began: shows.event, shown: shows }),
    told: [...row.told, mark],
  };
  // Whoever came between may have found it too, and written below it.
  const others = row.unsure?.some((each) => each.event !== mark);
  return others ? inThread(looking, withDoubts(known, event), event) : { row: settled(known, event) };
}

/** The same below a message that stands. */
async function inThread(looking: Looking, row: ConversationRow, event: RelayEvent): Promise<Progress> {
  const { root } = row;
  const asked = await ask(looking, row, event);
  if ('failed' in asked) return asked;
  if (!asked.isWhole || root === undefined) return { row };
  const told = asked.found.map((each) => each.event);
  const others = told.filter((mark) => mark !== markOf(event) && mark !== root.event && !row.told.includes(mark));
  const known = settled({ ...row, told: [...row.told, ...others] }, event);
  const opened = asked.has(firstMarkOf(root)) ? afterFirst(known) : known;
  return { row: told.includes(markOf(event)) && markOf(event) !== root.event ? afterReply(opened, event) : opened };
}

/** What is not there was never written; what this try writes may be. */
const settled = (row: ConversationRow, event: RelayEvent): ConversationRow => ({
  ...row,
  unsure: row.unsure?.filter((each) => each.event === markOf(event)),
});

interface Asked {
  /** Of what is doubted, what is there, in the order in which it was begun. */
  readonly found: readonly Found[];
  /** Whether the answer says all that there is. */
  readonly isWhole: boolean;
  readonly has: (mark: string) => boolean;
}

async function ask(
  { writer, living, held }: Looking,
  row: ConversationRow,
  event: RelayEvent,
): Promise<Asked | (Progress & { readonly failed: Written })> {
  const { unsure = [], root } = row;
  const nothing: Asked = { found: [], isWhole: false, has: () => false };
  const [earliest] = unsure.map(({ since }) => since).sort();
  if (earliest === undefined || living.find === undefined) return nothing;
  const since = new Date(Date.parse(earliest) - SKEW_MILLISECONDS).toISOString();
  const answer = await writer.call(living.find(since, root), event.id);
  // A chat that may not be asked, or no longer, keeps no story from being told.
  if (answer.verdict.kind === 'retry') return { row, failed: answer, isUnseen: true };
  if (answer.verdict.kind !== 'sent') return nothing;
  const placeOf = (mark: string) => living.foundIn?.(answer.body, { conversation: held.key, event: mark });
  const found = unsure.flatMap((each) => {
    const place = placeOf(each.event);
    return place === undefined ? [] : [{ ...each, place }];
  });
  return { found, isWhole: true, has: (mark) => placeOf(mark) !== undefined };
}

type Found = NonNullable<ConversationRow['unsure']>[number] & { readonly place: MessageRef };
