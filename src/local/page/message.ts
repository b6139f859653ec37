import { fieldsOf, isFields, listOf, numberOf, textOf, wordsOf } from './json.ts';
import { decode } from './slack-mrkdwn.ts';

export type Destination = 'slack' | 'teams';

export interface InboxMessage {
  readonly id: number;
  readonly event: string;
  readonly receivedAt: string;
  readonly destination: Destination;
  readonly status: number;
  readonly answer: string;
  /** Why the double refused it; empty where it did not say. */
  readonly reason: string;
  readonly bytes: number;
  readonly payload: unknown;
}

export interface Inbox {
  readonly receivers: readonly string[];
  readonly builtIn: boolean;
  readonly messages: readonly InboxMessage[];
}

export const NAME: Readonly<Record<Destination, string>> = { slack: 'Slack', teams: 'Microsoft Teams' };

/** Ids start again with every run, so an id alone does not name a message across a restart. */
export const keyOf = (message: InboxMessage): string => `${message.id}@${message.receivedAt}`;

export const isRefused = (message: InboxMessage): boolean => message.status < 200 || message.status > 299;

export function readMessage(value: unknown): InboxMessage | undefined {
  if (!isFields(value)) return undefined;
  const destination = value['destination'];
  const id = numberOf(value['id']);
  if ((destination !== 'slack' && destination !== 'teams') || Number.isNaN(id)) return undefined;
  return {
    id,
    destination,
    event: textOf(value['event']),
    receivedAt: textOf(value['receivedAt']),
    status: numberOf(value['status']),
    answer: textOf(value['answer']),
    reason: textOf(value['reason']),
    bytes: numberOf(value['bytes']),
    payload: value['payload'],
  };
}

export function readInbox(value: unknown): Inbox {
  const inbox = fieldsOf(value);
  const messages = listOf(inbox['messages']).map(readMessage);
  return {
    receivers: wordsOf(inbox['receivers']),
    builtIn: inbox['builtIn'] !== false,
    messages: messages.filter((message) => message !== undefined),
  };
}

/** The plain sentence a phone would show in its notification. */
export function oneLine(message: InboxMessage): string {
  const payload = fieldsOf(message.payload);
  const card = fieldsOf(fieldsOf(listOf(payload['attachments'])[0])['content']);
  const said = [
    decode(textOf(payload['text'])),
    ...[payload['summary'], card['speak'], card['fallbackText']].map(textOf),
  ];
  return said.find((text) => text !== '') ?? `A message for ${NAME[message.destination]}`;
}
