import type { FunctionComponent } from 'preact';
import { EmailBody } from './email.tsx';
import { GoogleChatBody } from './google-chat.tsx';
import { JsonView } from './json-view.tsx';
import { MattermostBody } from './mattermost.tsx';
import { type Destination, type InboxMessage, isRefused, keyOf, NAME, oneLine } from './message.ts';
import { Moment } from './moment.tsx';
import { PagerDutyBody } from './pagerduty.tsx';
import { Avatar, Icon } from './parts.tsx';
import { SizeView } from './size-view.tsx';
import { SlackBody } from './slack.tsx';
import { TeamsBody } from './teams.tsx';
import { Thread } from './thread.tsx';
import { WebhookBody } from './webhook.tsx';

interface Props {
  readonly message: InboxMessage;
}

const BADGE: Readonly<Record<Destination, string>> = {
  slack: 'APP',
  'slack-app': 'APP',
  teams: 'via Workflows',
  'teams-bot': 'Bot',
  mattermost: 'BOT',
  'google-chat': 'App',
  pagerduty: 'Events API v2',
  email: 'SMTP',
  webhook: 'CloudEvents 1.0',
};

const BODY: Readonly<Record<Destination, FunctionComponent<Pick<InboxMessage, 'payload' | 'locale'>>>> = {
  slack: SlackBody,
  'slack-app': SlackBody,
  teams: TeamsBody,
  'teams-bot': TeamsBody,
  mattermost: MattermostBody,
  'google-chat': GoogleChatBody,
  pagerduty: PagerDutyBody,
  email: EmailBody,
  webhook: WebhookBody,
};

/** In whose colours: an app's messages look as those of its chat. */
const LOOK: Readonly<Partial<Record<Destination, string>>> = { 'slack-app': 'slack' };

function Frame({ message }: Props) {
  const { destination, payload, locale, replies } = message;
  const Body = BODY[destination];
  return (
    <div class={`frame ${LOOK[destination] ?? destination}`}>
      <Avatar />
      <div class="post">
        <div class="sender">
          <strong>autoscale-relay</strong>
          <span class="sender-badge">{BADGE[destination]}</span>
          <Moment at={message.receivedAt} />
        </div>
        <Body payload={payload} locale={locale} />
        <Thread body={Body} locale={locale} replies={replies} />
      </div>
    </div>
  );
}

const LONG_ANSWER = 120;

function Verdict({ message }: Props) {
  const { status, answer } = message;
  const refused = isRefused(message);
  // Google Chat answers with the whole message.
  const said = refused || answer.length <= LONG_ANSWER ? answer : '';
  const words = `${status} ${said || (status === 202 ? 'accepted' : '')}`.trim();
  return (
    <span class={`badge ${refused ? 'refused' : 'taken'}`}>
      <Icon name={refused ? 'cross' : 'check'} />
      {refused ? `Refused: ${words}` : words}
    </span>
  );
}

/** Slack shows no mark on a message whose blocks were changed: here it is said. */
function Changes({ message: { editedAt, edits = 0 } }: Props) {
  if (editedAt === undefined) return null;
  return (
    <span class="changed">
      {edits === 1 ? 'changed ' : `changed ${edits} times, last `}
      <Moment at={editedAt} />
    </span>
  );
}

const Foot = ({ message }: Props) => (
  <div class="foot">
    <div class="facts">
      <Verdict message={message} />
      <Moment at={message.receivedAt} />
      <SizeView message={message} />
      <Changes message={message} />
    </div>
    {message.reason && <p class="reason">{message.reason}</p>}
    <JsonView message={message} />
  </div>
);

export function MessageView({ message }: Props) {
  const { destination, receiver, locale } = message;
  const refused = isRefused(message);
  return (
    <article
      class={refused ? 'message is-refused' : 'message'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard goes from message to message.
      tabIndex={0}
      data-key={keyOf(message)}
      data-destination={destination}
      aria-label={`${NAME[destination]}${refused ? ', refused' : ''}: ${oneLine(message)}`}
    >
      <div class="app-name">
        <Icon name={destination === 'mattermost' || destination === 'email' ? 'relay' : destination} />
        {NAME[destination]}
        {receiver && <span class="addressee">{`${receiver} · ${locale}`}</span>}
      </div>
      <Frame message={message} />
      <Foot message={message} />
    </article>
  );
}
