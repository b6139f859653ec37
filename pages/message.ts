import type { InboxMessage } from '../dev/host/inbox-message.ts';
import type { ServerParts } from '../dev/host/server.ts';
import { fieldsOf, listOf, textOf } from './json.ts';
import { decode } from './slack-mrkdwn.tsx';

export type { InboxMessage };

export type Destination = InboxMessage['destination'];

/** What the relay answers of its inbox. */
export type Inbox = ReturnType<ServerParts['receivers']> & { readonly messages: readonly InboxMessage[] };

export const NAME: Readonly<Record<Destination, string>> = {
  slack: 'Slack',
  'slack-app': 'Slack app',
  teams: 'Microsoft Teams',
  'teams-bot': 'Teams bot',
  mattermost: 'Mattermost',
  'google-chat': 'Google Chat',
  pagerduty: 'PagerDuty',
  email: 'Mail',
  webhook: 'Signed webhook',
};

/** Ids start again with every run, so an id alone does not name a message across a restart. */
export const keyOf = (message: InboxMessage): string => `${message.id}@${message.receivedAt}`;

/** Chats with a word for it answer 200 to what they do not take. */
export const isRefused = ({ status, reason }: InboxMessage): boolean =>
  status < 200 || status > 299 || reason !== undefined;

/** The plain sentence a phone would show in its notification. */
export function oneLine(message: InboxMessage): string {
  const payload = fieldsOf(message.payload);
  const card = fieldsOf(fieldsOf(listOf(payload['attachments'])[0])['content']);
  const said = [
    textOf(payload['subject']),
    decode(textOf(payload['text'])),
    textOf(fieldsOf(payload['payload'])['summary']),
    ...[payload['fallbackText'], payload['summary'], card['speak'], card['fallbackText'], payload['type']].map(textOf),
  ];
  return said.find((text) => text !== '') ?? `A message for ${NAME[message.destination]}`;
}
