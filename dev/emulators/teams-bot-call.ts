import * as z from 'zod';
import type { AppRequest } from './answer.ts';
import { withoutCalls } from './bot-actions.ts';
import { isObject, type JsonObject } from './payload.ts';
import { firstProblem } from './problem.ts';
import { cardFault } from './teams.ts';

/** Why a call is refused, in the words of the Bot Connector and in ours. */
export class BotRefusal extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds, of a call that comes too soon. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, reason: string, retryAfter?: number) {
    super(reason);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

export const CHANNEL = /^19:[\w-]+@thread\.(?:tacv2|skype)$/;
const CHAT = /^(?:19:[\w-]+@(?:thread\.v2|unq\.gbl\.spaces)|a:[\w-]+)$/;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const account = z.strictObject({ id: z.string().regex(/^28:[0-9a-f-]{36}$/i, 'Expected 28: and the id of the app') });

// Strict where the real service passes over what it does not know: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object
const activity = z.strictObject({
  type: z.literal('message'),
  id: z.string().optional(),
  text: z.string().optional(),
  summary: z.string().optional(),
  from: account.optional(),
  conversation: z.strictObject({ id: z.string() }).optional(),
  attachments: z
    .array(
      z.strictObject({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        contentUrl: z.null().optional(),
        content: z.looseObject({}),
      }),
    )
    .min(1),
});

const beginning = z.strictObject({
  isGroup: z.literal(true),
  bot: account,
  tenantId: z.string().regex(GUID, 'Expected the id of a tenant'),
  channelData: z.strictObject({
    channel: z.strictObject({ id: z.string() }),
    tenant: z.strictObject({ id: z.string().regex(GUID) }).optional(),
  }),
  activity,
});

/** What is asked for: to begin in a channel, to say something in a conversation, or to change what was said. */
export interface BotCall {
  readonly kind: 'begin' | 'say' | 'change';
  /** The channel or the chat, and the first message of the thread in it. */
  readonly room: string;
  readonly root?: string | undefined;
  readonly id?: string | undefined;
  /** As whom. */
  readonly as: string | undefined;
  readonly message: JsonObject;
}

// The limit was 40 KB of UTF-16 and is said to be about 100 KB now: what the relay sends is to pass by both.
// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
const MOST_BYTES = 40 * 1024;

/** The call of a request. Throws a BotRefusal. */
export function botCallIn({ contentType = '', body, path = '', method = 'POST' }: AppRequest): BotCall {
  if (!/^application\/json\b/i.test(contentType)) throw new BotRefusal(415, 'BadSyntax', 'The body is no JSON.');
  const given = objectIn(body);
  const size = 2 * body.length;
  if (size > MOST_BYTES) {
    throw new BotRefusal(
      413,
      'MessageSizeTooBig',
      `The message has ${size} bytes in UTF-16, and may have ${MOST_BYTES}.`,
    );
  }
  if (/\/v3\/conversations$/.test(path) && method === 'POST') return begins(given);
  const [, conversation = '', id] = /\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(path) ?? [];
  if (conversation === '' || (method === 'PUT') !== (id !== undefined) || !['POST', 'PUT'].includes(method)) {
    throw new BotRefusal(404, 'NotFound', `There is no ${method} ${path} here.`);
  }
  const named = decodeURIComponent(conversation);
  const [room = '', root] = named.split(';messageid=');
  const message = read(activity, given);
  if (message.conversation !== undefined && message.conversation.id !== named) {
    throw new BotRefusal(400, 'BadArgument', 'The message is of another conversation than its address.');
  }
  const known = id === undefined ? undefined : decodeURIComponent(id);
  look(message, room);
  return { kind: id === undefined ? 'say' : 'change', room, root, id: known, as: message.from?.id, message };
}

function begins(given: JsonObject): BotCall {
  const { bot, channelData, activity: message } = read(beginning, given);
  const room = channelData.channel.id;
  if (!CHANNEL.test(room)) throw new BotRefusal(404, 'ConversationNotFound', `There is no channel ${room}.`);
  look(message, room);
  return { kind: 'begin', room, as: bot.id, message };
}

function objectIn(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body);
    if (isObject(value)) return value;
  } catch {}
  throw new BotRefusal(400, 'BadSyntax', 'The body is no JSON object.');
}

function read<T>(schema: z.ZodType<T>, given: JsonObject): T {
  const reading = schema.safeParse(given);
  if (!reading.success) throw new BotRefusal(400, 'BadArgument', firstProblem(reading.error, ''));
  return reading.data;
}

/** Throws where a message cannot be shown in a room. */
function look({ attachments }: z.infer<typeof activity>, room: string): void {
  if (!CHANNEL.test(room) && !CHAT.test(room)) {
    throw new BotRefusal(404, 'ConversationNotFound', `There is no conversation ${room}.`);
  }
  for (const [index, { content }] of attachments.entries()) {
    const fault = cardFault(withoutCalls(content), `/attachments/${index}/content`);
    if (fault !== undefined) throw new BotRefusal(400, 'BadArgument', fault.reason);
    const { entities } = isObject(content['msteams']) ? content['msteams'] : {};
    const tags = Array.isArray(entities) ? entities.filter(isTag) : [];
    if (tags.length > 0 && !CHANNEL.test(room)) {
      throw new BotRefusal(400, 'Bad Request', 'Tag can only be mentioned in channel');
    }
  }
}

const isTag = (entity: unknown): boolean =>
  isObject(entity) && isObject(entity['mentioned']) && entity['mentioned']['type'] === 'tag';
