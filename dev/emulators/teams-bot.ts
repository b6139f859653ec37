import type { AppRequest, ChatApp, DoubleAnswer, Happening, PlaceInChat } from './answer.ts';
import type { JsonObject } from './payload.ts';
import { type BotCall, BotRefusal, botCallIn, CHANNEL } from './teams-bot-call.ts';
import { BotTokens } from './teams-bot-tokens.ts';

interface TeamsRoom {
  /** Whether the bot's app was added to the team or the chat. */
  readonly isMember?: boolean;
  readonly isBlocked?: boolean;
}

interface Limit {
  readonly calls: number;
  readonly within: number;
}

/** How a tenant is set. */
interface TeamsTenant {
  /** By id; without it, the bot is in every channel and chat that is asked for. */
  rooms?: Readonly<Record<string, TeamsRoom>>;
  /** How many calls a conversation takes of a bot in how many milliseconds; without them, any. */
  limits?: readonly Limit[];
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit#per-bot-per-thread-limit */
export const TEAMS_LIMITS: readonly Limit[] = [
  { calls: 7, within: 1_000 },
  { calls: 8, within: 2_000 },
  { calls: 60, within: 30_000 },
  { calls: 1_800, within: 3_600_000 },
];

interface Kept {
  readonly place: PlaceInChat;
  message: unknown;
  isDeleted: boolean;
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** What stands for a call where there is a message alone, as the tests of all chats post one. */
const BARE = { path: '/v3/conversations/19:bare@thread.tacv2/activities' };

// What a tenant of a local run needs to remember.
const MOST_KEPT = 5_000;

/** Answers as the Bot Connector of Teams does, and as who gives tokens for it. */
export class TeamsBotTenant implements ChatApp {
  readonly set: TeamsTenant;
  readonly tokens = new BotTokens();
  readonly #kept = new Map<string, Kept>();
  readonly #calls = new Map<string, number[]>();
  #last = 0;

  constructor(set: TeamsTenant = {}) {
    this.set = set;
  }

  answer(request: AppRequest): DoubleAnswer {
    if (request.path?.endsWith('/oauth2/v2.0/token')) return this.tokens.answer(request, this.#now());
    const isBare = request.path === undefined;
    try {
      const bot = isBare ? undefined : this.#bot(request);
      const call = botCallIn(isBare ? { ...request, ...BARE } : request);
      if (call.as !== bot) throw new BotRefusal(403, 'ForbiddenOperationException', 'The token is of another bot.');
      this.#admit(call);
      return this.#call(call);
    } catch (error) {
      if (error instanceof BotRefusal) return refused(error);
      throw error;
    }
  }

  restore(place: PlaceInChat, message: unknown): void {
    const at = Number(place.id);
    if (Number.isSafeInteger(at)) this.#last = Math.max(this.#last, at);
    this.#keep({ place, message, isDeleted: false });
  }

  /** As if somebody had deleted it. */
  delete(place: PlaceInChat): void {
    const kept = this.#kept.get(keyOf(place));
    if (kept !== undefined) kept.isDeleted = true;
  }

  /** What stands in a conversation, the oldest first. */
  messages(conversation: string): readonly { readonly id: string; readonly message: unknown }[] {
    return [...this.#kept.values()]
      .filter(({ place, isDeleted }) => place.channel === conversation && !isDeleted)
      .map(({ place, message }) => ({ id: place.id, message }));
  }

  /** The threads of a channel, or the chat, that anything stands in. */
  conversations(): readonly string[] {
    return [...new Set([...this.#kept.values()].map(({ place }) => place.channel))];
  }

  clear(): void {
    this.#kept.clear();
  }

  #now(): number {
    return (this.set.now ?? Date.now)();
  }

  #bot({ headers }: AppRequest): string {
    const bot = this.tokens.holder(`${headers?.['authorization'] ?? ''}`, this.#now());
    if (bot === undefined) throw new BotRefusal(401, 'Unauthorized', 'This is no token that was given here.');
    return bot;
  }

  /** Throws where the bot may not write, or writes too often. */
  #admit({ room }: BotCall): void {
    const { isMember = true, isBlocked = false } = this.set.rooms === undefined ? {} : (this.set.rooms[room] ?? {});
    if (this.set.rooms !== undefined && this.set.rooms[room] === undefined) {
      throw new BotRefusal(404, 'ConversationNotFound', `There is no conversation ${room}.`);
    }
    if (!isMember) {
      throw new BotRefusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
    }
    if (isBlocked) throw new BotRefusal(403, 'MessageWritesBlocked', 'Thread is blocked from message writes.');
    const now = this.#now();
    const calls = this.#calls.get(room) ?? [];
    const over = this.set.limits?.find(
      ({ calls: most, within }) => calls.filter((at) => now - at < within).length >= most,
    );
    if (over !== undefined) {
      throw new BotRefusal(429, 'Throttled', 'Too many requests.', Math.ceil(over.within / 1_000));
    }
    if (this.set.limits !== undefined) this.#calls.set(room, [...calls.slice(-2_000), now]);
  }

  #call({ kind, room, root, id, message }: BotCall): DoubleAnswer {
    const conversation = root === undefined ? room : `${room};messageid=${root}`;
    if (kind === 'change') return this.#change({ channel: conversation, id: id ?? '' }, message);
    const own = this.#next();
    if (root === undefined) {
      const place = { channel: CHANNEL.test(room) ? `${room};messageid=${own}` : room, id: own };
      this.#keep({ place, message, isDeleted: false });
      const body = kind === 'begin' ? { id: place.channel, activityId: own } : { id: own };
      return done(201, body, { kind: 'posted', place, message });
    }
    const below = { channel: conversation, id: root };
    this.#find(below);
    const place = { channel: conversation, id: own };
    this.#keep({ place, message, isDeleted: false });
    return done(201, { id: own }, { kind: 'replied', place, root: below, message, loud: false });
  }

  #change(place: PlaceInChat, message: JsonObject): DoubleAnswer {
    const kept = this.#find(place);
    // As seen: https://github.com/microsoft/BotFramework-Services/issues/269
    if (kept.isDeleted) throw new BotRefusal(403, 'ServiceError', 'Unknown');
    kept.message = message;
    return done(200, { id: place.id }, { kind: 'changed', place, message });
  }

  #find(place: PlaceInChat): Kept {
    const kept = this.#kept.get(keyOf(place));
    if (kept !== undefined) return kept;
    throw new BotRefusal(404, 'ActivityNotFoundInConversation', 'Message does not exist in the thread.');
  }

  #keep(kept: Kept): void {
    this.#kept.set(keyOf(kept.place), kept);
    for (const key of [...this.#kept.keys()].slice(0, -MOST_KEPT)) this.#kept.delete(key);
  }

  /** Ids are the time in milliseconds, each its own. */
  #next(): string {
    this.#last = Math.max(this.#last + 1, this.#now());
    return `${this.#last}`;
  }
}

const keyOf = ({ channel, id }: PlaceInChat): string => `${channel}/${id}`;

const done = (status: number, body: object, happened: Happening): DoubleAnswer => ({
  status,
  body: JSON.stringify(body),
  headers: JSON_HEADERS,
  happened,
});

function refused({ status, code, message, retryAfter }: BotRefusal): DoubleAnswer {
  const body =
    code === 'MessageWritesBlocked'
      ? { errorCode: 209, message: JSON.stringify({ subCode: code, details: message, errorCode: null }, undefined, 2) }
      : { error: { code, message } };
  const headers = { ...JSON_HEADERS, ...(retryAfter !== undefined && { 'retry-after': `${retryAfter}` }) };
  return { status, body: JSON.stringify(body), reason: `${code}: ${message}`, headers };
}

/** What a tenant says to a message alone, that nothing was written in before. */
export const answerTeamsBot = (request: AppRequest): DoubleAnswer => new TeamsBotTenant().answer(request);
