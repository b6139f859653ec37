import { asList, asObject } from '../../event/json.ts';
import type { Bot } from './bot.ts';
import { isActivityId, isGuid, isRoom, isService, isThread } from './places.ts';

/** What Teams sends to the bot, as far as the relay goes by it. Whether Teams sends it, its token says. */
export interface Inbound {
  /** "message", "invoke", "conversationUpdate", "installationUpdate" or another. */
  readonly type: string;
  /** Of an invoke, such as "adaptiveCard/action". */
  readonly name: string | undefined;
  readonly id: string | undefined;
  readonly service: string;
  /** The conversation as Teams named it: a thread, a channel or a chat. */
  readonly conversation: string;
  /** The channel or the chat of the conversation. */
  readonly room: string;
  /** The message that is answered, or whose button was pressed. */
  readonly replyTo: string | undefined;
  /** Who it is: the object id in Entra ID, and what people see. */
  readonly user: { readonly id: string; readonly name: string } | undefined;
  readonly value: unknown;
}

/** Where the bot was let in, so that people can be told what to write into the configuration. */
export interface Reference {
  readonly service: string;
  readonly tenant: string;
  readonly room: string;
  readonly team?: string;
  readonly channel?: string;
  /** Whether it was let in, or shown out. */
  readonly added: boolean;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * A message of Teams to this bot; undefined for any other: of another channel, tenant or bot, or from a place that no message of Teams
 * names. `development`: the service may be on this machine.
 */
export function inboundIn(body: unknown, { appId, tenant }: Bot, development: boolean): Inbound | undefined {
  const { type, channelId, serviceUrl, id, name, replyToId, value, ...rest } = asObject(body);
  const conversation = textOf(asObject(rest['conversation'])['id']) ?? '';
  const from = asObject(rest['from']);
  const isOurs =
    channelId === 'msteams' &&
    typeof type === 'string' &&
    typeof serviceUrl === 'string' &&
    isService(serviceUrl, development) &&
    asObject(rest['recipient'])['id'] === `28:${appId}` &&
    isSame(tenantOf(rest), tenant) &&
    (isThread(conversation) || isRoom(conversation));
  if (!isOurs) return undefined;
  const user = textOf(from['aadObjectId']);
  return {
    type,
    name: textOf(name),
    id: idOf(id),
    service: serviceUrl,
    conversation,
    room: roomOf(conversation),
    replyTo: idOf(replyToId),
    user: user !== undefined && isGuid(user) ? { id: user, name: textOf(from['name']) ?? '' } : undefined,
    value,
  };
}

/** The channel of a thread; any other conversation is one by itself. */
const roomOf = (conversation: string): string => conversation.replace(/;messageid=\d+$/, '');

const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && isActivityId(value) ? value : undefined;

const isSame = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

function tenantOf(activity: Readonly<Record<string, unknown>>): string | undefined {
  const { channelData, conversation } = activity;
  return textOf(asObject(asObject(channelData)['tenant'])['id']) ?? textOf(asObject(conversation)['tenantId']);
}

/**
 * Where the bot was let in or shown out, of a message that tells it: of an app that somebody put into a team, a chat or a channel.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
 */
export function referenceIn(body: unknown, bot: Bot, development: boolean): Reference | undefined {
  const inbound = inboundIn(body, bot, development);
  const added = inbound === undefined ? undefined : isAdded(asObject(body), bot);
  if (inbound === undefined || added === undefined) return undefined;
  const { team, channel, settings } = asObject(asObject(body)['channelData']);
  const chosen = asObject(asObject(settings)['selectedChannel']);
  const place = textOf(chosen['id']) === undefined ? asObject(channel) : chosen;
  const room = textOf(place['id']) ?? '';
  const names = { team: textOf(asObject(team)['name']), channel: textOf(place['name']) };
  return {
    service: inbound.service,
    tenant: bot.tenant,
    room: isRoom(room) ? room : inbound.room,
    ...(names.team !== undefined && { team: names.team }),
    ...(names.channel !== undefined && { channel: names.channel }),
    added,
  };
}

function isAdded(activity: Readonly<Record<string, unknown>>, { appId }: Bot): boolean | undefined {
  const { type, action, membersAdded, membersRemoved } = activity;
  if (type === 'installationUpdate') return textOf(action)?.startsWith('add') === true;
  if (type !== 'conversationUpdate') return undefined;
  const has = (members: unknown) => asList(members).some((each) => asObject(each)['id'] === `28:${appId}`);
  if (has(membersAdded)) return true;
  return has(membersRemoved) ? false : undefined;
}
