import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import type { DoubleAnswer, DoubleRequest } from './doubles/answer.ts';
import { answerSlack } from './doubles/slack.ts';
import { answerTeams } from './doubles/teams.ts';

/** The built-in receivers by the last part of their address, with who answers there. */
export const doubles = { slack: answerSlack, teams: answerTeams } as const;

type DoubleName = keyof typeof doubles;

const inboxMessage = z.object({
  id: z.int(),
  /** The short id of the event: it joins what the two chats got. */
  event: z.string(),
  receivedAt: z.string(),
  destination: z.enum(['slack', 'teams']),
  /** What the double answered, and why, where it refused. */
  status: z.int(),
  answer: z.string(),
  reason: z.string().optional(),
  /** Size of the body as it came. */
  bytes: z.int(),
  payload: z.unknown(),
});

export type InboxMessage = z.infer<typeof inboxMessage>;

const KEPT = 200;

/** What the built-in receivers got, newest first. Kept in a file of the data folder, so that a restart forgets nothing. */
export class Inbox {
  readonly #file: string;
  readonly #readers = new Set<ServerResponse>();
  #messages: InboxMessage[];
  #lastId: number;

  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true });
    this.#file = join(dataDir, 'inbox.jsonl');
    this.#messages = load(this.#file);
    // The file grows until the next start.
    writeFileSync(this.#file, this.#messages.toReversed().map(lineOf).join(''));
    this.#lastId = this.#messages[0]?.id ?? 0;
  }

  get messages(): readonly InboxMessage[] {
    return this.#messages;
  }

  /** Answers as Slack or Teams would, and keeps what came. */
  take(name: DoubleName, request: DoubleRequest): DoubleAnswer {
    const answer = doubles[name](request);
    this.#lastId += 1;
    const payload = parsed(request.body);
    const message: InboxMessage = {
      id: this.#lastId,
      event: eventOf(payload) ?? `message-${this.#lastId}`,
      receivedAt: new Date().toISOString(),
      destination: name,
      status: answer.status,
      answer: answer.body,
      ...(answer.reason !== undefined && { reason: answer.reason }),
      bytes: Buffer.byteLength(request.body),
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
    for (const reader of this.#readers) reader.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
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
    .map((line) => inboxMessage.safeParse(parsed(line)))
    .flatMap(({ data }) => (data === undefined ? [] : [data]))
    .reverse();
}

const marked = z.string().regex(/^event-/);
const slackId = z.object({ blocks: z.tuple([z.object({ block_id: marked })], z.unknown()) });
const teamsId = z.object({
  attachments: z.tuple([z.object({ content: z.object({ body: z.tuple([z.object({ id: marked })], z.unknown()) }) })]),
});

/** The formatters put the event's short id into the first block and the first element. */
function eventOf(payload: unknown): string | undefined {
  const id =
    slackId.safeParse(payload).data?.blocks[0].block_id ??
    teamsId.safeParse(payload).data?.attachments[0].content.body[0].id;
  return id?.slice('event-'.length);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
