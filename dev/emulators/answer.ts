/** What reaches a double: the two things by which the real services judge a request. */
export type DoubleRequest = { contentType: string | undefined; body: string };

/** What a double says. `reason` is for the local inbox and log; it never goes on the wire. */
export type DoubleAnswer = {
  status: number;
  body: string;
  reason?: string;
  headers?: Record<string, string>;
  happened?: Happening;
};

/** Where a message stands in a chat, in the chat's own words. */
export type PlaceInChat = { channel: string; id: string };

/** What came of a call to a chat whose messages live on. `message`: as it is now. A question changes nothing. */
export type Happening =
  | { kind: 'posted'; place: PlaceInChat; message: unknown }
  | { kind: 'changed'; place: PlaceInChat; message: unknown }
  | { kind: 'replied'; place: PlaceInChat; root: PlaceInChat; message: unknown; loud: boolean }
  | { kind: 'asked' };

/** A request to such a chat, by its method, path and headers (names in lower case). */
export type AppRequest = DoubleRequest & {
  method?: string;
  path?: string;
  headers?: Record<string, string | string[] | undefined>;
};

/** A chat that knows what was written in it. */
export interface ChatApp {
  answer(request: AppRequest): DoubleAnswer;
  /** Has it know again what was written before it was started. */
  restore(place: PlaceInChat, message: unknown, root?: PlaceInChat): void;
  clear(): void;
}
