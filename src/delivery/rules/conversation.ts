import type { EventOf, RelayEvent } from '../../event/event.ts';
import { identity } from '../../event/identity.ts';
import { isOver, toBrief } from '../../event/importance.ts';
import { threadKeyOf } from '../../event/thread.ts';
import { positionInStory } from './order.ts';

/** What is told in one message that lives on, with a thread of its own. */
export interface Conversation {
  /** 32 hex digits. */
  readonly key: string;
  /** Whether it ends with this event. */
  readonly ends: boolean;
  /** Of one that several stories have joined, and which none of them ends: so many milliseconds after its last step it is over. */
  readonly within?: number;
}

/** The conversation that an event belongs to; undefined where it is news by itself, and its message is never changed. */
export function conversationOf(event: RelayEvent): Conversation | undefined {
  const key = keyOf(event);
  return key === undefined ? undefined : { key, ends: endsWith(event) };
}

function keyOf(event: RelayEvent): string | undefined {
  switch (event.kind) {
    case 'drift':
      return identity('conversation', 'drift', event.story ?? event.resource.id?.toLowerCase() ?? event.resource.name);
    case 'notice': {
      const topic = TOPICS[event.topic];
      return topic && identity('conversation', 'notice', topic, event.about);
    }
    default:
      return threadKeyOf(event);
  }
}

/** What the notices that belong together tell of. */
const TOPICS: Readonly<Partial<Record<EventOf<'notice'>['topic'], string>>> = {
  receiverBroken: 'receiver',
  receiverBack: 'receiver',
  driftUnreadable: 'drift',
  driftReadable: 'drift',
};

const endsWith = (event: RelayEvent): boolean =>
  positionInStory(event)?.final === true ||
  isOver(toBrief(event)) ||
  (event.kind === 'alert' && event.still?.closed === true);
