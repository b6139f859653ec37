import type { Guide } from '../guidance.ts';
import { slackGuide } from '../slack/guide.ts';
import { slackApp } from './slack-app.ts';

export const slackAppGuide: Guide = {
  title: 'Slack',
  signsIn: false,
  ...(slackGuide.user && { user: slackGuide.user }),
  ...(slackGuide.group && { group: slackGuide.group }),
  // https://docs.slack.dev/authentication/tokens; one that is rotated (xoxe.xoxb-) ends within twelve hours.
  token: {
    fits: /^xoxb-[\w-]{8,200}$/,
    expected:
      'the bot token of a Slack app, which begins with xoxb-: at https://api.slack.com/apps, the app, "OAuth & Permissions"',
  },
  channel: {
    fits: /^[CGD][A-Z0-9]{8,20}$/,
    expected:
      'the id of a channel, such as C0123456789, and not its name: in Slack, the name at the top of the channel, "About", at its end',
  },
  // https://docs.slack.dev/authentication/verifying-requests-from-slack
  signingSecret: {
    fits: /^[0-9a-f]{32}$/,
    expected:
      'the signing secret of the Slack app, 32 digits and letters a to f: its "Basic Information", "App Credentials"',
  },
  deadAddress: ({ hostname, pathname }) =>
    slackApp.hosts.fit.test(hostname) && !/^\/api\/?$/.test(pathname)
      ? 'Slack’s Web API is at https://slack.com/api/: leave url out'
      : undefined,
};
