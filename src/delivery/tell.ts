import type { RelayEvent } from '../event/event.ts';
import type { Writing } from './conversations.ts';
import type { Conversed } from './converse.ts';
import type { Dispatch } from './dispatch.ts';
import { type LedgerEntry, sentFrom } from './rules/ledger.ts';
import { type Sent, send, type Waited } from './send.ts';

// Few receivers have messages that live on: what tells an event in one is loaded when there is one.

/** Tells an event by itself, or in the conversation that is held for it. */
export async function tell(
  dispatch: Dispatch,
  entry: LedgerEntry,
  held: Writing | undefined,
): Promise<Sent | Conversed> {
  const { event, receiver } = entry;
  if (held === undefined) return send(dispatch, await paged(dispatch, event, receiver), receiver, sentFrom([entry]));
  return (await import('./converse.ts')).converse(dispatch, { held, event }, receiver, sentFrom([entry]));
}

/** Tells what has waited, unless somebody else is at its conversation: then until when (milliseconds). */
export async function tellWaited(dispatch: Dispatch, waited: Waited): Promise<Sent | { readonly busy: number }> {
  const { event, name, more } = waited;
  if (dispatch.receiver(name)?.room === undefined) return send(dispatch, event, name, more);
  if (event.kind === 'digest') return send(dispatch, await paged(dispatch, event, name), name, more);
  return (await import('./converse.ts')).converseIn(dispatch, waited);
}

/** Lines of a digest lead to the threads of their stories, where the receiver has some. */
async function paged(dispatch: Dispatch, event: RelayEvent, name: string): Promise<RelayEvent> {
  if (event.kind !== 'digest' || dispatch.receiver(name)?.room === undefined) return event;
  return (await import('./thread-pages.ts')).withThreadPages(dispatch, event, name);
}
