import type { AppRequest } from './answer.ts';
import { isObject, type JsonObject } from './payload.ts';

/** Why a call is refused, in Slack's word and in ours. */
export class Refusal extends Error {
  readonly word: string;
  /** Seconds, of a call that comes too soon. */
  readonly retryAfter: number | undefined;
  readonly more: JsonObject;

  constructor(word: string, reason: string, { retryAfter, ...more }: JsonObject & { retryAfter?: number } = {}) {
    super(reason);
    this.word = word;
    this.retryAfter = retryAfter;
    this.more = more;
  }
}

type Read = (text: string, name: string) => unknown;

const asText: Read = (text) => text;
const asBoolean: Read = (text, name) => {
  if (['true', '1'].includes(text)) return true;
  if (['false', '0', ''].includes(text)) return false;
  throw new Refusal('invalid_arguments', `${name} is neither true nor false.`);
};
const asCount: Read = (text, name) => {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new Refusal('invalid_arguments', `${name} is no number from 1 to 999.`);
};
const asJson =
  (word: string): Read =>
  (text, name) => {
    try {
      return JSON.parse(text);
    } catch {
      throw new Refusal(word, `${name} is no JSON.`);
    }
  };

const CONTENT = {
  text: asText,
  blocks: asJson('invalid_blocks_format'),
  attachments: asJson('invalid_attachments'),
  metadata: asJson('invalid_metadata_format'),
  parse: asText,
};
const LISTING = {
  channel: asText,
  oldest: asText,
  latest: asText,
  inclusive: asBoolean,
  limit: asCount,
  include_all_metadata: asBoolean,
  cursor: asText,
};

/** Each method with what it takes: https://docs.slack.dev/reference/methods. Stricter than the real ones, which pass over what they do not know. */
const METHODS: Readonly<Record<string, Readonly<Record<string, Read>>>> = {
  'chat.postMessage': {
    channel: asText,
    ...CONTENT,
    ...{ thread_ts: asText, reply_broadcast: asBoolean },
    ...{ mrkdwn: asBoolean, unfurl_links: asBoolean, unfurl_media: asBoolean },
  },
  'chat.update': { channel: asText, ts: asText, ...CONTENT, reply_broadcast: asBoolean },
  'conversations.history': LISTING,
  'chat.getPermalink': { channel: asText, message_ts: asText },
  'conversations.replies': { ...LISTING, ts: asText },
};

/** The method and its arguments. Throws a Refusal. */
export function callIn({ contentType, body, path = '' }: AppRequest): {
  readonly method: string;
  readonly given: JsonObject;
} {
  const method = /\/api\/([\w.]+)$/.exec(path)?.[1] ?? '';
  const takes = METHODS[method];
  if (takes === undefined) throw new Refusal('unknown_method', `There is no method ${method} here.`);
  const given = argumentsIn(contentType, body);
  const entries = Object.entries(given).map(([name, value]) => {
    const read = Object.hasOwn(takes, name) ? takes[name] : undefined;
    if (read === undefined) throw new Refusal('invalid_arguments', `${method} takes no ${name}.`);
    return [name, typeof value === 'string' ? read(value, name) : value];
  });
  return { method, given: Object.fromEntries(entries) };
}

/** Form data with JSON inside, as the clients send it, or JSON. */
function argumentsIn(contentType: string | undefined, body: string): JsonObject {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === undefined) throw new Refusal('missing_post_type', 'There is no content type.');
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(body));
  if (type !== 'application/json') throw new Refusal('invalid_post_type', `The content type is ${type}.`);
  const value: unknown = asJson('invalid_json')(body, 'The body');
  if (!isObject(value)) throw new Refusal('json_not_object', 'The body is JSON, but no object.');
  return value;
}
