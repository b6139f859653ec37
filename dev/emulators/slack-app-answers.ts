import type { DoubleAnswer } from './answer.ts';
import { isObject, type JsonObject } from './payload.ts';
import { Refusal } from './slack-app-call.ts';
import type { History, Kept } from './slack-app-history.ts';
import { faultIn } from './slack-rules.ts';

// https://docs.slack.dev/changelog/2018-truncating-really-long-messages; longer ones are cut or refused.
const MOST_TEXT = 40_000;
// Not documented; the relay's have some hundred.
const MOST_METADATA = 8_000;

/** Whose messages those of the app are. */
export const BOT = 'B0000000000';

/** What stands in a channel, the newest first, or below a message, that one first and then the oldest. Throws a Refusal. */
export function listed(history: History, channel: string, method: string, given: JsonObject): JsonObject {
  const { ts, oldest, latest, inclusive = false, limit = 100, include_all_metadata: withMetadata = false } = given;
  const isThread = method === 'conversations.replies';
  if (isThread && history.find(channel, ts) === undefined) {
    throw new Refusal('thread_not_found', `There is no message ${ts}.`);
  }
  const [from, to] = [asTime(oldest, 'oldest', 0), asTime(latest, 'latest', Number.POSITIVE_INFINITY)];
  const isWithin = (at: number) => (at > from && at < to) || (inclusive === true && (at === from || at === to));
  const all = history
    .in(channel, isThread ? `${ts}` : undefined)
    .filter((each) => isWithin(Number(each.ts)) || (isThread && each.ts === ts));
  const page = (isThread ? all : all.toReversed()).slice(0, Number(limit));
  return { messages: page.map((each) => shown(each, withMetadata === true)), has_more: page.length < all.length };
}

function asTime(given: unknown, name: string, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (typeof given !== 'string' || !/^\d+(\.\d+)?$/.test(given)) {
    throw new Refusal(`invalid_ts_${name}`, `${name} is no time.`);
  }
  return Number(given);
}

function shown({ ts, root, loud, isOurs, content: { metadata, ...content } }: Kept, withMetadata: boolean): JsonObject {
  return {
    ...{ type: 'message', ts, ...content },
    ...(isOurs ? { bot_id: BOT } : { user: 'U0000000000' }),
    ...(root !== undefined && { thread_ts: root }),
    ...(loud && { subtype: 'thread_broadcast' }),
    ...(withMetadata && metadata !== undefined && { metadata }),
  };
}

/** Throws where a message is none. */
export function look({ metadata, text, ...content }: JsonObject): void {
  const fault = faultIn({ ...content, text });
  if (fault !== undefined) throw new Refusal(fault.word, fault.reason);
  if (`${text ?? ''}`.length > MOST_TEXT) throw new Refusal('msg_too_long', `The text is over ${MOST_TEXT} letters.`);
  if (metadata === undefined) return;
  if (!isObject(metadata) || typeof metadata['event_type'] !== 'string' || !isObject(metadata['event_payload'])) {
    throw new Refusal('invalid_metadata_format', 'The metadata has no event_type and event_payload.');
  }
  if (JSON.stringify(metadata).length > MOST_METADATA) throw new Refusal('metadata_too_large', 'The metadata is long.');
}

/** Of every answer. */
export const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** Slack says nearly everything with 200. */
export function refused({ word, message, retryAfter, more }: Refusal): DoubleAnswer {
  const body = JSON.stringify({ ok: false, error: word, ...more });
  const headers = { ...JSON_HEADERS, ...(retryAfter !== undefined && { 'retry-after': `${retryAfter}` }) };
  return { status: retryAfter === undefined ? 200 : 429, body, reason: `${word}: ${message}`, headers };
}
