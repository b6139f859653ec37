import { emailGuide } from './email/guide.ts';
import { googleChatGuide } from './google-chat/guide.ts';
import type { Guide } from './guidance.ts';
import { mattermostGuide } from './mattermost/guide.ts';
import { pagerDutyGuide } from './pagerduty/guide.ts';
import type { DestinationName } from './registry.ts';
import { slackGuide } from './slack/guide.ts';
import { slackAppGuide } from './slack-app/guide.ts';
import { teamsGuide } from './teams/guide.ts';
import { teamsBotGuide } from './teams-bot/guide.ts';
import { webhookGuide } from './webhook/guide.ts';

export const guides: Readonly<Record<DestinationName, Guide>> = {
  slack: slackGuide,
  'slack-app': slackAppGuide,
  teams: teamsGuide,
  'teams-bot': teamsBotGuide,
  mattermost: mattermostGuide,
  'google-chat': googleChatGuide,
  pagerduty: pagerDutyGuide,
  email: emailGuide,
  webhook: webhookGuide,
};

/** Why an address cannot work; undefined where it can. For `lint` only: a relay that runs goes on for its other receivers. */
export function deadAddress(text: string, type: DestinationName, signsIn = false): string | undefined {
  const url = URL.parse(text);
  return url === null ? undefined : guides[type].deadAddress?.(url, signsIn);
}
