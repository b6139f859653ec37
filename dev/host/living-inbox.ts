import * as z from 'zod';
import type { Happening } from '../emulators/answer.ts';

const place = z.object({ channel: z.string(), id: z.string() });

/** A message below another one, as it is now. */
const reply = z.object({
  place,
  /** The short id of the event that it tells. */
  event: z.string().optional(),
  receivedAt: z.string(),
  editedAt: z.string().optional(),
  /** Whether it stands in the channel as well. */
  loud: z.boolean().default(false),
  payload: z.unknown(),
});

/** What a message has that lives on in its chat. */
export const living = {
  /** Where it stands, in the chat's own words. */
  place: place.optional(),
  /** When it was changed last, and how often it was. */
  editedAt: z.string().optional(),
  edits: z.int().optional(),
  /** What stands below it, the oldest first. */
  replies: z.array(reply).optional(),
};

type InboxReply = z.infer<typeof reply>;

interface Lives {
  readonly destination: string;
  readonly place?: InboxReply['place'] | undefined;
  readonly editedAt?: string | undefined;
  readonly edits?: number | undefined;
  readonly replies?: readonly InboxReply[] | undefined;
}

/** What came of a call, as the inbox tells it. `payload` is how the message is now. */
export interface Came<Message> {
  readonly happened: Happening;
  /** The message by itself, as if it were the first of its story. */
  readonly message: Message & Pick<InboxReply, 'receivedAt' | 'payload'>;
  readonly event: string | undefined;
}

const stands = (one: InboxReply['place'] | undefined, other: InboxReply['place']): boolean =>
  one?.channel === other.channel && one.id === other.id;

/**
 * The message of the inbox that a call has changed, as it is now: with a new text, or one more answer below it. Undefined where the
 * inbox has none, which is then a message of its own.
 */
export function changedBy<Message extends Lives>(
  messages: readonly Message[],
  { happened, message, event }: Came<Message>,
): Message | undefined {
  if (happened.kind !== 'changed' && happened.kind !== 'replied') return undefined;
  const at = happened.kind === 'changed' ? happened.place : happened.root;
  const ofChat = messages.filter(({ destination }) => destination === message.destination);
  const { receivedAt, payload } = message;
  if (happened.kind === 'replied') {
    const root = ofChat.find((each) => stands(each.place, at));
    const answer = { place: happened.place, event, receivedAt, loud: happened.loud, payload };
    return root && { ...root, replies: [...(root.replies ?? []), answer] };
  }
  const root = ofChat.find((each) => stands(each.place, at));
  if (root !== undefined) return { ...root, ...asNow(message), editedAt: receivedAt, edits: (root.edits ?? 0) + 1 };
  const around = ofChat.find(({ replies }) => replies?.some((each) => stands(each.place, at)));
  const replies = around?.replies?.map((each) =>
    stands(each.place, at) ? { ...each, payload, editedAt: receivedAt } : each,
  );
  return around && { ...around, ...(replies && { replies }) };
}

/** What of a message is new when it is changed: not when it came, nor which event began it. */
function asNow<Message extends object>(message: Message): Partial<Message> {
  const stays = ['id', 'event', 'receivedAt', 'place', 'replies', 'receiver'];
  return Object.fromEntries(Object.entries(message).filter(([key]) => !stays.includes(key))) as Partial<Message>;
}
