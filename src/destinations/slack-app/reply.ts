import { asObject, jsonIn } from '../../event/json.ts';
import { startOf } from '../exchange.ts';

/** The most of an answer that is read: a page of messages is long. */
const MOST_BYTES = 1024 * 1024;

/** A body as text, as much of it as a page of messages can have. Rejects where it is lost on its way. */
export const pageOf = (body: AsyncIterable<Uint8Array>): Promise<string> => startOf(body, MOST_BYTES);

/** The JSON object that an answer is; an empty one of what is none. */
export const replyIn = (text: string) => asObject(jsonIn(text));

/**
 * What counts of an answer of the Web API, as JSON: `{ ok, error, channel, ts }`, and of a question the messages' `ts` and `metadata`.
 * The message that comes back is left out, with all that looks like a word of Slack's in it. `asked`: the channel of a question. What is no such answer stays as it came, shortened.
 */
export function reduced(text: string, asked?: string): string {
  const { ok, error, channel, ts, messages, permalink } = replyIn(text);
  if (typeof ok !== 'boolean') return text.slice(0, MOST_STRANGE);
  const word = typeof error === 'string' && /^\w{1,60}$/.test(error) ? { error } : {};
  if (asked === undefined) return JSON.stringify({ ok, ...word, channel, ts, permalink });
  return JSON.stringify({
    ...{ ok, ...word, channel: asked },
    ...(Array.isArray(messages) && { messages: messages.map(marked) }),
  });
}

const MOST_STRANGE = 64 * 1024;

/** Whoever is in the channel gives messages data of any form, also such that reads like an answer of Slack: of it, a mark is left. */
function marked(message: unknown): object {
  const { ts, metadata } = asObject(message);
  const { event_type: type, event_payload: payload } = asObject(metadata);
  const { conversation, event } = asObject(payload);
  const isMark = [type, conversation, event].every((each) => typeof each === 'string' && /^\w{1,60}$/.test(each));
  return { ts, ...(isMark && { metadata: { event_type: type, event_payload: { conversation, event } } }) };
}
