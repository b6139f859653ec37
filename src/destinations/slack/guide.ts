import type { Guide } from '../guidance.ts';
import { slack } from './slack.ts';

export const slackGuide: Guide = {
  title: 'Slack',
  signsIn: false,
  // https://docs.slack.dev/messaging/formatting-message-text#mentioning-users and "user groups".
  user: {
    fits: /^[UW][A-Z0-9]{4,20}$/,
    expected: 'the id of a member, such as U012AB3CD: in their profile, "Copy member ID"',
  },
  group: { fits: /^S[A-Z0-9]{4,20}$/, expected: 'the id of a user group, such as S012AB3CD: the end of its address' },
  deadAddress: ({ hostname, pathname }) =>
    slack.hosts.fit.test(hostname) && /^\/(?:triggers|workflows)\//.test(pathname)
      ? 'this is a trigger of Slack’s Workflow Builder, which takes no messages: make an incoming webhook in a Slack app (https://api.slack.com/apps), whose address has /services/'
      : undefined,
};
