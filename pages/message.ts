import { fieldsOf, isFields, listOf, numberOf, textOf, wordsOf } from './json.ts';
import { decode } from './slack-mrkdwn.ts';

export type Destination = 'slack' | 'teams' | 'webhook';

export interface InboxMessage {
  readonly id: number;
  readonly event: string;
  /** The id that its card shows. */
  readonly shown: string;
  readonly receivedAt: string;
  readonly destination: Destination;
  readonly status: number;
  readonly answer: string;
  /** Why the double refused it; empty where it did not say. */
  readonly reason: string;
  readonly bytes: number;
  /** As the chat's limit counts it, and the most that a message may take; NaN where nobody has measured it. */
  readonly size: { readonly measured: number; readonly most: number };
  /** The name of its receiver; empty where nobody knows it. */
  readonly receiver: string;
  readonly locale: string;
  /** Language and zone that it was written again in; empty where it is as it was sent. */
  readonly voice: string;
  /** The event that it tells, where that is known. */
  readonly about: unknown;
  readonly payload: unknown;
}

export interface Inbox {
  readonly receivers: readonly string[];
  /** Of the receivers, those whose messages do not come here. */
  readonly elsewhere: readonly string[];
  readonly messages: readonly InboxMessage[];
}

export const NOTHING: Inbox = { receivers: [], elsewhere: [], messages: [] };

export const NAME: Readonly<Record<Destination, string>> = {
  slack: 'Slack',
  teams: 'Microsoft Teams',
  webhook: 'Signed webhook',
};

const isDestination = (value: unknown): value is Destination => Object.hasOwn(NAME, String(value));

/** Ids start again with every run, so an id alone does not name a message across a restart. */
export const keyOf = (message: InboxMessage): string => `${message.id}@${message.receivedAt}`;

export const isRefused = (message: InboxMessage): boolean => message.status < 200 || message.status > 299;

export const kindOf = (message: InboxMessage): string => textOf(fieldsOf(message.about)['kind']);

export function readMessage(value: unknown): InboxMessage | undefined {
  if (!isFields(value)) return undefined;
  const destination = value['destination'];
  const id = numberOf(value['id']);
  if (!isDestination(destination) || Number.isNaN(id)) return undefined;
  const size = fieldsOf(value['size']);
  return {
    id,
    destination,
    event: textOf(value['event']),
    shown: textOf(value['shown']) || textOf(value['event']),
    receivedAt: textOf(value['receivedAt']),
    status: numberOf(value['status']),
    answer: textOf(value['answer']),
    reason: textOf(value['reason']),
    bytes: numberOf(value['bytes']),
    size: { measured: numberOf(size['measured']), most: numberOf(size['most']) },
    receiver: textOf(value['receiver']),
    locale: textOf(value['locale']) || 'en',
    voice: '',
    about: value['about'],
    payload: value['payload'],
  };
}

export function readInbox(value: unknown): Inbox {
  const inbox = fieldsOf(value);
  const messages = listOf(inbox['messages']).map(readMessage);
  return {
    receivers: wordsOf(inbox['receivers']),
    elsewhere: wordsOf(inbox['elsewhere']),
    messages: messages.filter((message) => message !== undefined),
  };
}

/** The plain sentence a phone would show in its notification. */
export function oneLine(message: InboxMessage): string {
  const payload = fieldsOf(message.payload);
  const card = fieldsOf(fieldsOf(listOf(payload['attachments'])[0])['content']);
  const said = [
    decode(textOf(payload['text'])),
    ...[payload['summary'], card['speak'], card['fallbackText'], payload['type']].map(textOf),
  ];
  return said.find((text) => text !== '') ?? `A message for ${NAME[message.destination]}`;
}
