import { identity } from '../../event/identity.ts';
import type { Lane } from './rate.ts';

// Keys of the ledger's rows, in the partition of their receiver. A key may not hold / \ # ?, which an id of a sender's
// may; so ids are hashed.

/** The state of the receiver. */
export const STATE = 'state';

/** The partition of messages that nobody could read: no receiver is called so. */
export const UNREAD = '~unread';

/** The partition of events that no route took. */
export const UNROUTED = '~unrouted';

/** The partition of what keeps events back, for every receiver. */
export const QUIET = '~quiet';

/** The partition of scalings whose machines are looked for. */
export const MACHINES = '~machines';

/** The partition of where scalings began, whoever is told of them. */
export const BEGUN = '~begun';

/** The partition of how many instances scale sets wanted of late, whoever is told. */
export const CAPACITY = '~capacity';

/** The partition of who has sent something. */
export const SENDERS = '~senders';

/** The partition of where a bot was let in by people in Teams. */
export const TEAMS = '~teams';

/** The partition of what was done by buttons, each once. */
export const ACTS = '~acts';

/** The row of what was done by a token, by that token's hash. */
export const actKey = (token: string): string => `act:${token}`;

/** The row of what is known of drills, in a partition of its own. */
export const DRILL = { partition: '~drill', key: 'drill' } as const;

/** The row of when the watch last ran. */
export const WATCHED = { partition: '~watch', key: 'ran' } as const;

/** Of a channel or a chat. */
export const referenceKey = (room: string): string => `reference:${identity(room)}`;

export const silenceKey = (id: string): string => `silence:${id}`;

export const underWayKey = (key: string): string => `under-way:${key}`;

/** Of an event that waits for the end of a deployment or of a window. */
export const deferredKey = (waitsFor: string, at: string, eventId: string): string =>
  `held:${waitsFor}:${at}:${identity(eventId)}`;

/** In which digest what waits for something leaves. */
export const planKey = (waitsFor: string): string => `plan:${waitsFor}`;

/** What an event waits for, by the key of its row. */
export const waitsForIn = (key: string): string => key.split(':').slice(1, 2).join('');

export const followKey = (eventId: string): string => `follow:${identity(eventId)}`;

export const eventKey = (eventId: string): string => eventKeyBy(identity(eventId));

/** The same of an event whose id is known as 32 hex digits only. */
export const eventKeyBy = (hashed: string): string => `event:${hashed}`;

/** A story by 32 hex digits. */
export const storyName = (story: string): string => identity(story);

export const storyKey = (story: string): string => `story:${storyName(story)}`;

/** Of a conversation by its name, 32 hex digits. */
export const conversationKey = (name: string): string => `conversation:${name}`;

/** Of an alert that is told again while it fires, by the name of its story. */
export const remindKey = (name: string): string => `remind:${name}`;

/** What is urgent comes first, then in the order of time; `at` is ISO, which begins with a digit above 0. */
export const parkedKey = (at: string, eventId: string, lane: Lane = 'usual'): string =>
  `parked:${lane === 'urgent' ? '0:' : ''}${at}:${identity(eventId)}`;

export const deadKey = (at: string, eventId: string): string => `dead:${at}:${identity(eventId)}`;

/** Every key that begins with a prefix: "~" comes after all that keys are made of. */
export const allOf = (
  prefix:
    | 'reference:'
    | 'event:'
    | 'parked:'
    | 'dead:'
    | 'sender:'
    | 'silence:'
    | 'under-way:'
    | 'held:'
    | 'remind:'
    | `held:${string}:`,
): { readonly from: string; readonly to: string } => ({
  from: prefix,
  to: `${prefix}~`,
});
