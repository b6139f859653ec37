import { markOf, newSalt } from '../event/webhook-secret.ts';
import type { ReceiverState } from './rules/receiver-state.ts';

/**
 * The state that knows which secrets a receiver has, and since when where it had others: the same one where it did. Of the
 * secrets it has a mark that leads back to none.
 */
export function withSecrets(state: ReceiverState, secrets: readonly string[] | undefined, now: number): ReceiverState {
  if (secrets === undefined) return state;
  const { salt, mark: before } = state.secret ?? { salt: newSalt() };
  const mark = markOf(secrets, salt);
  if (mark === before) return state;
  return { ...state, secret: { salt, mark, ...(before !== undefined && { since: now }) } };
}
