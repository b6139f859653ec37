/** Where a message stands in its chat, in the chat's own words. */
export interface MessageRef {
  readonly channel: string;
  readonly id: string;
}

/** By what a message is found again: its conversation and its event, each 32 hex digits. */
export interface Mark {
  readonly conversation: string;
  readonly event: string;
}

/** What becomes of a story after its first message: that is changed, the rest stands in its thread, or both. */
export const tellings = ['both', 'update', 'thread'] as const;

/** How a receiver of a chat app is told a story. */
export interface Room {
  /** The chat's id of the channel. */
  readonly channel: string;
  readonly stories: (typeof tellings)[number];
  /** Whether news in a thread that is worse than what was told stands in the channel as well. */
  readonly broadcast: boolean;
}

/**
 * What a chat app does beyond a webhook: its messages can be changed, answered in a thread, and found again. What the first four
 * return goes to the destination's transport, which adds the channel and who the relay is. Pure.
 */
export interface Living {
  /** A message that begins a conversation. */
  begin(message: unknown, mark: Mark): unknown;
  /** The same place, another message. `mark`: of the event that began it. */
  update(message: unknown, mark: Mark, at: MessageRef): unknown;
  /** A message in the thread below `root`; `loud`: in the channel as well. */
  reply(message: unknown, mark: Mark, root: MessageRef, loud: boolean): unknown;
  /** Asks what the relay has written since `since` (ISO, UTC): below `root`, else in the channel. Absent where nobody can be asked. */
  find?(since: string, root?: MessageRef): unknown;
  /** Where the message stands, by the answer to the first three. Undefined where it does not say. */
  placeIn(body: string): MessageRef | undefined;
  /** Where the message of this mark stands, by the answer to `find`; undefined where that does not have it. */
  foundIn?(body: string, mark: Mark): MessageRef | undefined;
  /** Reasons of a verdict for which a message can be changed or answered no more, so that the story begins a new one. */
  readonly gone: ReadonlySet<string>;
  /** The page that shows a message, for lines of other messages; or the question for it and how to read the answer. */
  readonly page?:
    | { readonly of: (place: MessageRef) => string | undefined }
    | { readonly ask: (place: MessageRef) => unknown; readonly read: (body: string) => string | undefined };
}
