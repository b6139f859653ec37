import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import { event, type RelayEvent } from '../../src/event/event.ts';
import { shortId, shownId } from '../../src/event/identity.ts';
import type { AppRequest, ChatApp, DoubleAnswer } from '../emulators/answer.ts';
import type { PagerDutyRequest } from '../emulators/pagerduty.ts';
import type { WebhookRequest } from '../emulators/webhook.ts';
import { eventIn } from './event-in.ts';
import {
  apps,
  type DoubleName,
  doubleNames,
  doubles,
  type InboxMessage,
  isQuestion,
  KEPT,
  lineOf,
  load,
  payloadIn,
} from './inbox-message.ts';
import { changedBy } from './living-inbox.ts';
import { sizeOf } from './message-size.ts';

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
  readonly #apps: ReadonlyMap<DoubleName, ChatApp>;
  #messages: InboxMessage[];
  #lastId: number;

  constructor(dataDir: string, { locale, timeZone }: Voice = { locale: 'en', timeZone: 'UTC' }) {
    mkdirSync(dataDir, { recursive: true });
    this.#file = join(dataDir, 'inbox.jsonl');
    this.#voice = { locale, timeZone };
    this.#messages = load(this.#file);
    // The file grows until the next start.
    writeFileSync(this.#file, this.#messages.toReversed().map(lineOf).join(''));
    this.#lastId = Math.max(0, ...this.#messages.map(({ id }) => id));
    this.#apps = new Map(doubleNames.flatMap((name) => (apps[name] ? [[name, apps[name]()]] : [])));
    this.#restore();
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
  take(name: DoubleName, request: WebhookRequest & PagerDutyRequest & AppRequest, receiver?: string): DoubleAnswer {
    const answer = this.#apps.get(name)?.answer(request) ?? doubles[name](request);
    const { happened } = answer;
    // A chat is also asked what was written in it.
    if (happened?.kind === 'asked' || (answer.reason !== undefined && isQuestion(request))) return answer;
    const payload = happened === undefined ? payloadIn(request) : happened.message;
    const message = this.#messageOf({ name, payload, answer, body: request.body, receiver });
    const changed = happened && changedBy(this.#messages, { happened, message, event: eventIn(payload) });
    this.#keep(changed ?? message);
    return answer;
  }

  #messageOf({ name, payload, answer, body, receiver }: Taken): InboxMessage {
    const id = eventIn(payload);
    const size = sizeOf(name, payload);
    const about = id === undefined ? undefined : this.#events.get(id);
    const number = this.#lastId + 1;
    const { happened } = answer;
    return {
      id: number,
      event: id ?? `message-${number}`,
      ...(about !== undefined && { shown: shownId(about) }),
      receivedAt: new Date().toISOString(),
      destination: name,
      status: answer.status,
      answer: answer.body,
      ...(answer.reason !== undefined && { reason: answer.reason }),
      bytes: Buffer.byteLength(body),
      ...(size !== undefined && { size }),
      ...(receiver !== undefined && { receiver }),
      ...(this.#voices.get([name, receiver].filter(Boolean).join('/')) ?? this.#voice),
      ...(about !== undefined && { about }),
      payload,
      ...(happened !== undefined && 'place' in happened && { place: happened.place }),
    };
  }

  /** A new message, or one that has changed: then it stands where it stood. */
  #keep(message: InboxMessage): void {
    // Written before it is answered, as a chat does.
    appendFileSync(this.#file, lineOf(message));
    const at = this.#messages.findIndex(({ id }) => id === message.id);
    this.#messages = at < 0 ? [message, ...this.#messages].slice(0, KEPT) : this.#messages.with(at, message);
    this.#lastId = Math.max(this.#lastId, message.id);
    this.#tell('message', message);
  }

  #restore(): void {
    for (const { destination, place, payload, replies = [] } of this.#messages) {
      const app = this.#apps.get(destination);
      if (place === undefined || app === undefined) continue;
      app.restore(place, payload);
      for (const each of replies) app.restore(each.place, each.payload, place);
    }
  }

  clear(): void {
    rmSync(this.#file, { force: true });
    this.#messages = [];
    for (const app of this.#apps.values()) app.clear();
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

interface Taken {
  readonly name: DoubleName;
  readonly payload: unknown;
  readonly answer: DoubleAnswer;
  readonly body: string;
  readonly receiver: string | undefined;
}
