import type { AnswerTable } from '../answer.ts';

// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks,
// https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks, and Slack's Web API error lists.
export const slackAnswers: AnswerTable = {
  // Slack has answered 200 with an error word instead of "ok".
  accepted: (status, body) => status === 200 && body.trim() === 'ok',
  words: {
    invalid_payload: 'refused',
    invalid_blocks: 'refused',
    invalid_blocks_format: 'refused',
    invalid_attachments: 'refused',
    msg_blocks_too_long: 'refused',
    msg_too_long: 'refused',
    no_text: 'refused',
    too_many_attachments: 'refused',
    user_not_found: 'broken',
    channel_not_found: 'broken',
    channel_is_archived: 'broken',
    action_prohibited: 'broken',
    posting_to_general_channel_denied: 'broken',
    team_disabled: 'broken',
    no_team: 'broken',
    no_service: 'broken',
    no_service_id: 'broken',
    no_active_hooks: 'broken',
    invalid_token: 'broken',
    rollup_error: 'retry',
  },
};
