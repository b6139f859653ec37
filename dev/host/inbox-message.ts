import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { URL_SETTINGS } from '../../src/config/settings.ts';
import { event } from '../../src/event/event.ts';
import { jsonIn } from '../../src/event/json.ts';
import type { AppRequest, ChatApp } from '../emulators/answer.ts';
import { answerEmail } from '../emulators/email.ts';
import { answerGoogleChat } from '../emulators/google-chat.ts';
import { answerMattermost } from '../emulators/mattermost.ts';
import { answerPagerDuty, withoutKey } from '../emulators/pagerduty.ts';
import { answerSlack } from '../emulators/slack.ts';
import { answerSlackApp, SlackWorkspace } from '../emulators/slack-app.ts';
import { answerTeams } from '../emulators/teams.ts';
import { answerTeamsBot, TeamsBotTenant } from '../emulators/teams-bot.ts';
import { answerWebhook, type WebhookRequest } from '../emulators/webhook.ts';
import { living } from './living-inbox.ts';

/** Who answers at the inbox, by the last part of the address. A subscriber's signatures are not checked here. */
export const doubles = {
  slack: answerSlack,
  'slack-app': answerSlackApp,
  teams: answerTeams,
  'teams-bot': answerTeamsBot,
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

/** All of them. */
export const doubleNames = Object.keys(doubles) as DoubleName[];

const inboxMessage = z.object({
  id: z.int(),
  /** The short id of the event: it joins what the chats got. */
  event: z.string(),
  /** The id that the message shows; without it, the same. */
  shown: z.string().optional(),
  receivedAt: z.string(),
  destination: z.enum(doubleNames),
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
  ...living,
});

export type InboxMessage = z.infer<typeof inboxMessage>;

/** Chats that know what was written in them: a double for each run, which remembers what the inbox has. */
export const apps: Readonly<Partial<Record<DoubleName, () => ChatApp>>> = {
  'slack-app': () => new SlackWorkspace(),
  'teams-bot': () => new TeamsBotTenant(),
};

/** How many messages and events are kept. */
export const KEPT = 200;

/** Whether a chat is asked what was written in it. */
export const isQuestion = ({ path = '' }: AppRequest): boolean => /\/(?:conversations\.|chat\.getPermalink)/.test(path);

/** What was sent, where a chat does not say what it made of it. */
export function payloadIn({ contentType = '', body }: AppRequest): unknown {
  const json = contentType.startsWith('application/x-www-form-urlencoded')
    ? Object.fromEntries([...new URLSearchParams(body)].map(([name, text]) => [name, jsonIn(text) ?? text]))
    : jsonIn(body);
  return json === undefined ? body : withoutKey(json);
}

/** A message as a line of the file. */
export const lineOf = (message: InboxMessage): string => `${JSON.stringify(message)}\n`;

/** The messages of the file, the newest first. */
export function load(file: string): InboxMessage[] {
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
  const read = lines
    .map((line) => inboxMessage.safeParse(jsonIn(line)))
    .flatMap(({ data }) => (data === undefined ? [] : [data]));
  // Of a message that has changed, the last line says how it is now; it stands where the first one does.
  return [...new Map(read.map((message) => [message.id, message])).values()].slice(-KEPT).reverse();
}
