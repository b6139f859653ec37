import type { Ports } from '../../delivery/ports.ts';
import type { Pressed } from '../../delivery/rules/delivery.ts';
import { ACTS, actKey, eventKeyBy, storyKey } from '../../delivery/rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from '../../delivery/rules/ledger.ts';
import { overSince, positionInStory } from '../../delivery/rules/order.ts';
import { storyMemory } from '../../delivery/rules/story.ts';
import type { Permit } from '../../event/act-token.ts';
import { identity } from '../../event/identity.ts';

/** How what a button would do stands; `answer` is the word for whoever has pressed it. */
export type Standing =
  | { readonly answer: 'taken'; readonly entry: LedgerEntry }
  | { readonly answer: 'done' | 'over' | 'expired' | 'unknown' };

/** The name of what a token does, once. */
export const onceOf = (token: string): string => identity('act', token);

/** Whether there is anything to do for a permit, as far as the ledger knows now. Rejects with a StorageError. */
export async function standingOf(
  { ledger, clock }: Pick<Ports, 'ledger' | 'clock'>,
  { receiver, event, expires }: Permit,
  once: string,
): Promise<Standing> {
  if (expires * 1_000 < clock.now()) return { answer: 'expired' };
  const [row, done] = await Promise.all([ledger.read(receiver, eventKeyBy(event)), ledger.read(ACTS, actKey(once))]);
  const { data: entry } = ledgerEntry.safeParse(row?.value);
  if (entry === undefined) return { answer: 'unknown' };
  if (done !== undefined) return { answer: 'done' };
  return (await isEnded({ ledger, clock }, entry)) ? { answer: 'over' } : { answer: 'taken', entry };
}

/** Whether what an event tells has ended since, for the receiver that was told. */
export async function isEnded(
  { ledger, clock }: Pick<Ports, 'ledger' | 'clock'>,
  { event, receiver, proven }: LedgerEntry,
): Promise<boolean> {
  const place = positionInStory(event, proven);
  // What failed is the end of its story, and still somebody's to look at.
  if (place === undefined || place.final) return false;
  const row = await ledger.read(receiver, storyKey(place.story));
  const { data: memory } = storyMemory.safeParse(row?.value);
  return memory !== undefined && overSince(place, memory, clock.now()) !== undefined;
}

/** The message of the queue that has it done, after whoever pressed was answered. */
export const pressedOf = (
  { button, receiver, event }: Permit,
  once: string,
  who: Pick<Pressed['act'], 'by' | 'via' | 'at'>,
): Pressed => ({ version: 1, release: once, receivers: [receiver], act: { button, event, ...who } });
