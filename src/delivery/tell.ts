import type { Held } from './conversations.ts';
import type { Told } from './converse.ts';
import type { Dispatch } from './dispatch.ts';
import { type LedgerEntry, sentFrom } from './rules/ledger.ts';
import { type Sent, send, type Waited } from './send.ts';

// Few receivers have messages that live on: what tells an event in one is loaded when there is one.

/** Tells an event by itself, or in the conversation that is held for it. */
export async function tell(dispatch: Dispatch, entry: LedgerEntry, held: Held | undefined): Promise<Sent | Told> {
  const { event, receiver } = entry;
  if (held === undefined) return send(dispatch, event, receiver, sentFrom([entry]));
  return (await import('./converse.ts')).converse(dispatch, { held, event }, receiver, sentFrom([entry]));
}

/** Tells what has waited, unless somebody else is at its conversation: then until when (milliseconds). */
export async function tellWaited(dispatch: Dispatch, waited: Waited): Promise<Sent | { readonly busy: number }> {
  const { event, name, more } = waited;
  if (dispatch.receiver(name)?.room === undefined) return send(dispatch, event, name, more);
  return (await import('./converse.ts')).converseIn(dispatch, waited);
}
