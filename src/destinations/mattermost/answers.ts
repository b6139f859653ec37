import type { AnswerTable } from '../answer.ts';

// The ids of errors, from the server that gives them:
// https://github.com/mattermost/mattermost/blob/master/server/channels/app/webhook.go (HandleIncomingWebhook, CreateWebhookPost).
export const mattermostAnswers: AnswerTable = {
  accepted: (status, body) => status === 200 && body.trim() === 'ok',
  word: /[\w.]+/g,
  words: {
    'model.incoming_hook.parse_data.app_error': 'refused',
    'web.incoming_webhook.parse.app_error': 'refused',
    'web.incoming_webhook.text.app_error': 'refused',
    'web.incoming_webhook.split_props_length.app_error': 'refused',
    // Said with 400, as if another message could pass.
    'web.incoming_webhook.invalid.app_error': 'broken',
    'web.incoming_webhook.disabled.app_error': 'broken',
    'web.incoming_webhook.user.app_error': 'broken',
    'web.incoming_webhook.permissions.app_error': 'broken',
    'web.incoming_webhook.channel.app_error': 'broken',
    'app.channel.get.existing.app_error': 'broken',
    'api.post.create_post.town_square_read_only': 'broken',
    'api.post.create_webhook_post.creating.app_error': 'retry',
  },
};
