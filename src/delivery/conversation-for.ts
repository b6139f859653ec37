import type { RelayEvent } from '../event/event.ts';
import { joinOf } from '../routing/joins.ts';
import { keysFor } from '../routing/owners.ts';
import type { Dispatch } from './dispatch.ts';
import { type Conversation, conversationOf } from './rules/conversation.ts';

/** The conversation that an event is told in: that of several stories which it joins, or its own. */
export function conversationFor(event: RelayEvent, joins: Dispatch['joins']): Conversation | undefined {
  const joined = joinOf(event, joins);
  return joined === undefined ? conversationOf(event) : { key: joined.key, ends: false, within: joined.within };
}

/** How what waits is told together: whom it calls, and where its stories are told. */
export const bundling = ({ owners, joins }: Pick<Dispatch, 'owners' | 'joins'>) => ({
  keysFor: (event: RelayEvent) => keysFor(event, owners),
  conversationFor: (event: RelayEvent) => conversationFor(event, joins)?.key,
});
