import type { Destination } from './destination.ts';
import { email } from './email/email.ts';
import { googleChat } from './google-chat/google-chat.ts';
import { mattermost } from './mattermost/mattermost.ts';
import { pagerduty } from './pagerduty/pagerduty.ts';
import { slack } from './slack/slack.ts';
import { slackApp } from './slack-app/slack-app.ts';
import { teams } from './teams/teams.ts';
import { teamsBot } from './teams-bot/teams-bot.ts';
import { webhook } from './webhook/webhook.ts';

export const destinations = {
  slack,
  'slack-app': slackApp,
  teams,
  'teams-bot': teamsBot,
  mattermost,
  'google-chat': googleChat,
  pagerduty,
  email,
  webhook,
} as const satisfies Record<string, Destination>;

export type DestinationName = keyof typeof destinations;

export type TransportName = (typeof destinations)[DestinationName]['transport']['name'];
