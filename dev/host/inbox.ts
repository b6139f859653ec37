import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import { URL_SETTINGS } from '../../src/config/settings.ts';
import { event, type RelayEvent } from '../../src/event/event.ts';
import { shortId, shownId } from '../../src/event/identity.ts';
import { jsonIn } from '../../src/event/json.ts';
import type { DoubleAnswer } from '../emulators/answer.ts';
import { answerEmail } from '../emulators/email.ts';
import { answerGoogleChat } from '../emulators/google-chat.ts';
import { answerMattermost } from '../emulators/mattermost.ts';
import { answerPagerDuty, type PagerDutyRequest, withoutKey } from '../emulators/pagerduty.ts';
import { answerSlack } from '../emulators/slack.ts';
import { answerTeams } from '../emulators/teams.ts';
import { answerWebhook, type WebhookRequest } from '../emulators/webhook.ts';
import { eventIn } from './event-in.ts';
import { sizeOf } from './message-size.ts';

/** Who answers at the inbox, by the last part of the address. A subscriber's signatures are not checked here. */
export const doubles = {
  slack: answerSlack,
  teams: answerTeams,
  mattermost: answerMattermost,
  'google-chat': answerGoogleChat,
  pagerduty: answerPagerDuty,
  email: answerEmail,
  webhook: (request: WebhookRequest) => answerWebhook(request),
} as const;

/** Those that a run without receivers of its own sends to: who needs no file. */
export const builtIn = URL_SETTINGS.map(([, type]) => type);

export type DoubleName = keyof typeof doubles;

export const isDouble = (name: string): name is DoubleName => Object.hasOwn(doubles, name);

const names = Object.keys(doubles) as DoubleName[];

const inboxMessage = z.object({
  id: z.int(),
  /** The short id of the event: it joins what the chats got. */
  event: z.string(),
  /** The id that the message shows; without it, the same. */
  shown: z.string().optional(),
  receivedAt: z.string(),
  destination: z.enum(names),
  /** What the double answered, and why, where it refused. */
  status: z.int(),
  answer: z.string(),
  reason: z.string().optional(),
  /** Size of the body as it came; and as the chat's limit counts it. */
  bytes: z.int(),
  size: z.object({ measured: z.int(), most: z.int() }).optional(),
  /** The name of its receiver, where that is known. */
  receiver: z.string().optional(),
  /** How its receiver is spoken to. */
  locale: z.string().default('en'),
  timeZone: z.string().default('UTC'),
  /** The event itself, where it came through this run; one of another version is let go. */
  about: event.optional().catch(undefined),
  payload: z.unknown(),
});

export type InboxMessage = z.infer<typeof inboxMessage>;

const KEPT = 200;

/** Bytes that may wait for one page. */
const MOST_WAITING = 1024 * 1024;

const delivered = z.object({ event });

type Voice = Pick<InboxMessage, 'locale' | 'timeZone'>;

/** A receiver that posts here, and how it is spoken to. */
export interface Known extends Voice {
  readonly receiver: string;
}

/** What the built-in receivers got, newest first. Kept in a file of the data folder, so that a restart forgets nothing. */
export class Inbox {
  readonly #file: string;
  readonly #voice: Voice;
  #voices: ReadonlyMap<string, Known> = new Map();
  readonly #readers = new Set<ServerResponse>();
  readonly #events = new Map<string, RelayEvent>();
  #messages: InboxMessage[];
  #lastId: number;

  constructor(dataDir: string, { locale, timeZone }: Voice = { locale: 'en', timeZone: 'UTC' }) {
    mkdirSync(dataDir, { recursive: true });
    this.#file = join(dataDir, 'inbox.jsonl');
    this.#voice = { locale, timeZone };
    this.#messages = load(this.#file);
    // The file grows until the next start.
    writeFileSync(this.#file, this.#messages.toReversed().map(lineOf).join(''));
    this.#lastId = this.#messages[0]?.id ?? 0;
  }

  get messages(): readonly InboxMessage[] {
    return this.#messages;
  }

  /** From now on it is known who posts to some addresses, by their ends. */
  hears(voices: ReadonlyMap<string, Known>): void {
    this.#voices = voices;
  }

  /** Keeps the event of a delivery for the messages that will come of it. */
  remember(delivery: unknown): void {
    const { data } = delivered.safeParse(delivery);
    if (data === undefined) return;
    const id = shortId(data.event.id);
    // The newest stands last, and the oldest goes.
    this.#events.delete(id);
    this.#events.set(id, data.event);
    for (const oldest of [...this.#events.keys()].slice(0, -KEPT)) this.#events.delete(oldest);
  }

  /** Answers as the chat would, and keeps what came. `receiver` is what the address names behind the double, if anything. */
  take(name: DoubleName, request: WebhookRequest & PagerDutyRequest, receiver?: string): DoubleAnswer {
    const answer = doubles[name](request);
    this.#lastId += 1;
    const json = jsonIn(request.body);
    const payload = json === undefined ? request.body : withoutKey(json);
    const id = eventIn(payload);
    const size = sizeOf(name, payload);
    const about = id === undefined ? undefined : this.#events.get(id);
    const message: InboxMessage = {
      id: this.#lastId,
      event: id ?? `message-${this.#lastId}`,
      ...(about !== undefined && { shown: shownId(about) }),
      receivedAt: new Date().toISOString(),
      destination: name,
      status: answer.status,
      answer: answer.body,
      ...(answer.reason !== undefined && { reason: answer.reason }),
      bytes: Buffer.byteLength(request.body),
      ...(size !== undefined && { size }),
      ...(receiver !== undefined && { receiver }),
      ...(this.#voices.get([name, receiver].filter(Boolean).join('/')) ?? this.#voice),
      ...(about !== undefined && { about }),
      payload,
    };
    // Written before it is answered, as a chat does.
    appendFileSync(this.#file, lineOf(message));
    this.#messages = [message, ...this.#messages].slice(0, KEPT);
    this.#tell('message', message);
    return answer;
  }

  clear(): void {
    rmSync(this.#file, { force: true });
    this.#messages = [];
    this.#tell('cleared', {});
  }

  /** Sends every new message to a browser until it goes away (server-sent events). */
  stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    this.#readers.add(response);
    response.on('close', () => this.#readers.delete(response));
  }

  close(): void {
    for (const reader of this.#readers) reader.end();
  }

  #tell(event: string, data: unknown): void {
    const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const reader of this.#readers) {
      // A page that does not read connects again once it does, and asks for all there is.
      if (reader.writableLength > MOST_WAITING) reader.destroy();
      else reader.write(text);
    }
  }
}

const lineOf = (message: InboxMessage): string => `${JSON.stringify(message)}\n`;

function load(file: string): InboxMessage[] {
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
  return lines
    .slice(-KEPT)
    .map((line) => inboxMessage.safeParse(jsonIn(line)))
    .flatMap(({ data }) => (data === undefined ? [] : [data]))
    .reverse();
}
