import { asObject, jsonIn } from '../../event/json.ts';
import type { Answer } from '../answer.ts';
import { confirmed } from '../confirmed.ts';
import type { MessageRef } from '../living.ts';
import type { Post, Transport } from '../transport.ts';
import { GONE_BODY } from './answers.ts';
import { type Bot, wantedToken } from './bot.ts';
import type { BotCall } from './living.ts';
import { isActivityId, isChannel, isRoom, isThread } from './places.ts';
import { withTags } from './tags.ts';

/** A request of the Bot Connector, and the conversation in which it leaves a message. */
interface Call {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: object;
  readonly conversation: string;
}

/**
 * Calls the Bot Connector once: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 * The token is of the app that has a secret, else of the relay's own identity.
 */
export const botConnector =
  (post: Post): Transport =>
  async (to, payload) => {
    const { url, bot, room, proxy } = to;
    const call = bot === undefined || room === undefined ? undefined : callOf(payload, bot, room.channel);
    // The configuration is held to it, and a place was made out of Teams' own answer.
    if (call === undefined) return { kind: 'answered', status: 400, body: '{"error":{"code":"BadSyntax"}}' };
    const came = await confirmed(post, {
      url: `${url.replace(/\/$/, '')}/v3/${call.path}`,
      method: call.method,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(call.body),
      ...wantedToken(to),
      proxy,
    });
    if (came.kind === 'unanswered') return came;
    return { ...came, body: reduced(call, came) };
  };

function callOf(payload: unknown, bot: Bot, channel: string): Call | undefined {
  const call = isCall(payload) ? payload : ({ call: 'begin', activity: asObject(payload) } as const);
  if (call.call === 'begin') return isRoom(channel) ? beginning(call.activity, bot, channel) : undefined;
  const { channel: conversation, id } = call.at;
  if (!(isThread(conversation) || isRoom(conversation)) || !isActivityId(id)) return undefined;
  const path = `conversations/${encodeURIComponent(conversation)}/activities`;
  return call.call === 'reply'
    ? { method: 'POST', path, body: said(call.activity, bot, conversation), conversation }
    : {
        method: 'PUT',
        path: `${path}/${encodeURIComponent(id)}`,
        body: { ...said(call.activity, bot, conversation), id },
        conversation,
      };
}

const isCall = (payload: unknown): payload is BotCall =>
  typeof payload === 'object' && payload !== null && 'call' in payload;

/** In a channel, a new thread; a chat goes on. */
function beginning(activity: object, bot: Bot, channel: string): Call {
  if (!isChannel(channel)) {
    const path = `conversations/${encodeURIComponent(channel)}/activities`;
    return { method: 'POST', path, body: said(activity, bot, channel), conversation: channel };
  }
  const { tenant } = bot;
  return {
    method: 'POST',
    path: 'conversations',
    body: {
      isGroup: true,
      bot: nameOf(bot),
      tenantId: tenant,
      channelData: { channel: { id: channel }, tenant: { id: tenant } },
      activity: { ...withTags(activity), from: nameOf(bot) },
    },
    conversation: channel,
  };
}

/** What the relay is called in a conversation: in Teams, bots have 28: before their id. */
const nameOf = ({ appId }: Bot) => ({ id: `28:${appId}` });

const said = (activity: object, bot: Bot, conversation: string) => ({
  ...withTags(activity),
  from: nameOf(bot),
  conversation: { id: conversation },
});

/** What counts of an answer: of a success, where the message stands. It may repeat the message, with all that is in it. */
function reduced(call: Call, { status, body }: Answer & { readonly kind: 'answered' }): string {
  if (status < 300) {
    const place = placeIn(call, body);
    if (place !== undefined) return JSON.stringify({ conversation: place.channel, id: place.id });
    // What is no JSON may be a page of somebody in between.
    return jsonIn(body) === undefined ? body : '';
  }
  // A message that somebody deleted: https://github.com/microsoft/BotFramework-Services/issues/269
  if (call.method === 'PUT' && status === 403 && /"code":\s*"ServiceError"/.test(body)) return GONE_BODY;
  return body;
}

/** By { id }, or { id, activityId } where the id is that of a new thread. */
function placeIn({ conversation, method, path }: Call, body: string): MessageRef | undefined {
  const { id, activityId } = asObject(jsonIn(body));
  if (typeof id !== 'string' || id === '') return undefined;
  if (path !== 'conversations') {
    // An update leaves the message where it was, whatever it is called in the answer.
    const known = method === 'PUT' ? decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)) : id;
    return isActivityId(known) ? { channel: conversation, id: known } : undefined;
  }
  const [, within] = /;messageid=(\d{1,20})$/.exec(id) ?? [];
  const root = typeof activityId === 'string' ? activityId : (within ?? '');
  const thread = isThread(id) ? id : `${conversation};messageid=${root}`;
  return isThread(thread) && isActivityId(root) ? { channel: thread, id: root } : undefined;
}
