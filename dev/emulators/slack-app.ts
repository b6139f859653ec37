import type { AppRequest, ChatApp, DoubleAnswer, Happening, PlaceInChat } from './answer.ts';
import { isObject, type JsonObject } from './payload.ts';
import { BOT, JSON_HEADERS, listed, look, refused } from './slack-app-answers.ts';
import { callIn, Refusal } from './slack-app-call.ts';
import { History, type Kept } from './slack-app-history.ts';

interface Channel {
  /** Whether the bot was invited. */
  readonly isMember?: boolean;
  readonly isArchived?: boolean;
}

/** How a workspace is set. */
export interface Workspace {
  /** By id; without it, the bot is in every channel that is asked for. */
  channels?: Readonly<Record<string, Channel>>;
  /** By token, the scopes or what is wrong with it; without it, every bot token may do all. */
  tokens?: Readonly<Record<string, readonly string[] | 'token_revoked' | 'account_inactive' | 'token_expired'>>;
  /** How long a message can be changed, in seconds; without it, always. */
  editWindow?: number;
  /** By method, how many calls may come in how many milliseconds; without it, any. */
  limits?: Readonly<Record<string, { readonly calls: number; readonly within: number; readonly retryAfter: number }>>;
  /** Milliseconds since 1970. */
  now?: () => number;
}

const SCOPES: Readonly<Record<string, string>> = {
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.history': 'channels:history',
  'conversations.replies': 'channels:history',
};

/** What stands for a call where there is a message alone, as the tests of all chats post one. */
const BARE = { path: '/api/chat.postMessage', headers: { authorization: 'Bearer xoxb-of-a-bare-message' } };

/** Answers as Slack's Web API does: https://docs.slack.dev/reference/methods. */
export class SlackWorkspace implements ChatApp {
  readonly set: Workspace;
  readonly #history = new History();
  readonly #calls = new Map<string, number[]>();

  constructor(set: Workspace = {}) {
    this.set = set;
  }

  answer(request: AppRequest): DoubleAnswer {
    try {
      const isBare = request.path === undefined;
      const { method, given } = callIn(isBare ? { ...request, ...BARE } : request);
      this.#admit(method, isBare ? BARE.headers : request.headers);
      const { body, happened } = this.#call(method, isBare ? { channel: 'C0000000000', ...given } : given);
      return { status: 200, body: JSON.stringify({ ok: true, ...body }), headers: JSON_HEADERS, happened };
    } catch (error) {
      if (error instanceof Refusal) return refused(error);
      throw error;
    }
  }

  restore({ channel, id }: PlaceInChat, message: unknown, root?: PlaceInChat): void {
    const content = isObject(message) ? message : {};
    const about = { ts: id, channel, loud: false, isOurs: true, content };
    this.#history.keep({ ...about, ...(root !== undefined && { root: root.id }) });
  }

  /** As if a person or another app had written. */
  writeAsOther(channel: string, content: JsonObject): string {
    const ts = this.#history.next(this.#now());
    this.#history.keep({ ts, channel, loud: false, isOurs: false, content });
    return ts;
  }

  /** As if somebody had deleted it. */
  delete(place: PlaceInChat): void {
    this.#history.delete(place);
  }

  /** What stands in a channel or below a message. */
  messages(channel: string, root?: string): readonly Kept[] {
    return this.#history.in(channel, root);
  }

  clear(): void {
    this.#history.clear();
  }

  #now(): number {
    return (this.set.now ?? Date.now)();
  }

  /** Throws where the token may not call, or calls too often. */
  #admit(method: string, headers: AppRequest['headers']): void {
    const given = `${headers?.['authorization'] ?? ''}`;
    if (given === '') throw new Refusal('not_authed', 'There is no Authorization.');
    const [, token = ''] = /^Bearer (xoxb-[\w-]+)$/.exec(given) ?? [];
    const known = this.set.tokens === undefined ? Object.values(SCOPES) : this.set.tokens[token];
    if (token === '' || known === undefined)
      throw new Refusal('invalid_auth', 'This is no bot token of the workspace.');
    if (typeof known === 'string') throw new Refusal(known, `The token is none any more: ${known}.`);
    // https://docs.slack.dev/reference/methods/chat.getPermalink wants none.
    const needed = SCOPES[method];
    if (needed !== undefined && !known.includes(needed)) {
      throw new Refusal('missing_scope', `The app lacks ${needed}.`, { needed, provided: known.join(',') });
    }
    this.#count(method);
  }

  #count(method: string): void {
    const limit = this.set.limits?.[method];
    if (limit === undefined) return;
    const now = this.#now();
    const recent = (this.#calls.get(method) ?? []).filter((at) => now - at < limit.within);
    if (recent.length >= limit.calls) {
      throw new Refusal('ratelimited', `${method} was called too often.`, { retryAfter: limit.retryAfter });
    }
    this.#calls.set(method, [...recent, now]);
  }

  #call(method: string, given: JsonObject): { readonly body: JsonObject; readonly happened: Happening } {
    const channel = this.#channel(`${given['channel'] ?? ''}`, method);
    switch (method) {
      case 'chat.postMessage':
        return this.#post(channel, given);
      case 'chat.update':
        return this.#update(channel, given);
      case 'chat.getPermalink': {
        const { message_ts: ts } = given;
        if (this.#history.find(channel, ts) === undefined)
          throw new Refusal('message_not_found', `There is no message ${ts}.`);
        const permalink = `https://example.slack.com/archives/${channel}/p${`${ts}`.replace('.', '')}`;
        return { body: { channel, permalink }, happened: { kind: 'asked' } };
      }
      default:
        return { body: listed(this.#history, channel, method, given), happened: { kind: 'asked' } };
    }
  }

  #channel(id: string, method: string): string {
    const { channels } = this.set;
    const channel = channels === undefined ? { isMember: true } : channels[id];
    if (!/^[CGD][A-Z0-9]{8,}$/.test(id) || channel === undefined) {
      throw new Refusal('channel_not_found', `There is no channel ${id}.`);
    }
    const { isMember = true, isArchived = false } = channel;
    if (!isMember) throw new Refusal('not_in_channel', 'The bot was not invited to the channel.');
    if (isArchived && method === 'chat.postMessage') throw new Refusal('is_archived', 'The channel is archived.');
    if (isArchived && method === 'chat.update') throw new Refusal('is_inactive', 'The channel is archived.');
    return id;
  }

  #post(channel: string, given: JsonObject) {
    const { thread_ts: root, reply_broadcast: loud = false, channel: _, ...content } = given;
    if (loud === true && root === undefined) throw new Refusal('invalid_arguments', 'Only an answer is broadcast.');
    if (root !== undefined && this.#history.find(channel, root) === undefined) {
      throw new Refusal('thread_not_found', `There is no message ${root} to answer.`);
    }
    look(content);
    const ts = this.#history.next(this.#now());
    const inThread = typeof root === 'string' ? { root } : {};
    this.#history.keep({ ts, channel, ...inThread, loud: loud === true, isOurs: true, content });
    const place = { channel, id: ts };
    const happened: Happening =
      typeof root === 'string'
        ? { kind: 'replied', place, root: { channel, id: root }, message: content, loud: loud === true }
        : { kind: 'posted', place, message: content };
    return { body: { channel, ts, message: { ...content, type: 'message', bot_id: BOT, ts } }, happened };
  }

  #update(channel: string, { ts, channel: _, ...given }: JsonObject) {
    const kept = this.#history.find(channel, ts);
    if (kept === undefined) throw new Refusal('message_not_found', `There is no message ${ts}.`);
    if (!kept.isOurs) throw new Refusal('cant_update_message', 'Somebody else wrote it.');
    const age = this.#now() / 1000 - Number(kept.ts);
    if (age > (this.set.editWindow ?? Number.POSITIVE_INFINITY)) {
      throw new Refusal('edit_window_closed', `It was written ${Math.floor(age)} s ago.`);
    }
    const { attachments, metadata } = kept.content;
    // What is left out stays, but blocks stay only where there is no new text.
    const blocks = 'text' in given ? {} : { blocks: kept.content['blocks'] };
    const content: JsonObject = { ...blocks, ...(attachments !== undefined && { attachments }), metadata, ...given };
    look(content);
    kept.content = content;
    const text = `${content['text'] ?? ''}`;
    const place = { channel, id: kept.ts };
    const happened: Happening = { kind: 'changed', place, message: content };
    return { body: { channel, ts: kept.ts, text, message: { ...content, type: 'message', bot_id: BOT } }, happened };
  }
}

/** What a workspace says to a message alone, that nothing was written in before. */
export const answerSlackApp = (request: AppRequest): DoubleAnswer => new SlackWorkspace().answer(request);
