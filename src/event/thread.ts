import type { RelayEvent } from './event.ts';
import { identity } from './identity.ts';
import { storyOf } from './story.ts';

/**
 * Names the thread of an event's story, so that an end stands below its beginning: 32 hex digits. A story that begins anew has a
 * new thread, where its sender says when it began: nobody looks for news in a thread of last month. Undefined where an event
 * stands for itself.
 */
export function threadKeyOf(event: RelayEvent): string | undefined {
  if (event.kind === 'act') return event.conversation;
  const story = storyOf(event);
  if (story === undefined) return undefined;
  const began = event.kind === 'alert' ? event.firedAt : event.kind === 'scale' ? event.operation : '';
  // A scale set has one scaling after the other: without the operation, nothing says which end is of which.
  if (event.kind === 'scale' && began === undefined) return undefined;
  return identity('thread', event.source, story, began ?? '');
}
