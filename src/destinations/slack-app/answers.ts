import type { AnswerTable } from '../answer.ts';

// https://docs.slack.dev/reference/methods/chat.postMessage, chat.update, conversations.history and conversations.replies, "Errors".

/** Nobody takes a message until somebody mends the app, its token or the channel. */
const BROKEN = [
  ...['not_authed', 'invalid_auth', 'account_inactive', 'token_revoked', 'token_expired', 'not_allowed_token_type'],
  ...['missing_scope', 'no_permission', 'access_denied', 'accesslimited', 'ekm_access_denied', 'org_login_required'],
  ...['team_access_not_granted', 'team_not_found', 'two_factor_setup_required', 'enterprise_is_restricted'],
  ...['channel_not_found', 'not_in_channel', 'is_archived', 'is_inactive', 'restricted_action'],
  ...['restricted_action_read_only_channel', 'restricted_action_thread_only_channel'],
  ...['restricted_action_non_threadable_channel'],
] as const;

/** Slack has too much to do, or a fault. */
const LATER = [
  ...['ratelimited', 'rate_limited', 'message_limit_exceeded', 'service_unavailable', 'fatal_error', 'internal_error'],
  ...['request_timeout', 'team_added_to_org', 'external_channel_migrating', 'update_failed'],
] as const;

/** Another form of the message may pass. */
const REFUSED = [
  ...[
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_attachments',
    'msg_too_long',
    'msg_blocks_too_long',
    'no_text',
  ],
  ...['too_many_attachments', 'block_mismatch', 'metadata_too_large', 'invalid_metadata_format'],
  ...['invalid_metadata_schema', 'metadata_must_be_sent_from_app', 'invalid_arguments', 'invalid_array_arg'],
  ...['invalid_arg_name', 'invalid_charset', 'invalid_form_data', 'invalid_post_type', 'missing_post_type'],
] as const;

/** What can be changed or answered no more: somebody deleted it, another app wrote it, or its time for that is over. */
const GONE = [
  ...['message_not_found', 'cant_update_message', 'edit_window_closed', 'thread_not_found', 'cannot_reply_to_message'],
  ...['cant_broadcast_message', 'no_dual_broadcast_content_update', 'streaming_state_conflict'],
] as const;

/** Words of {@link slackAppAnswers} for which a story begins a new message. */
export const gone: ReadonlySet<string> = new Set(GONE);

/** What Slack's Web API answers: always JSON, and nearly always 200. */
export const slackAppAnswers: AnswerTable = {
  accepted: (status, body) => status === 200 && /^\s*\{\s*"ok":\s*true\b/.test(body),
  failed: /^\s*\{\s*"ok":\s*false\b/,
  // A message that comes back may have such words in it, but never beside a key: there its quotation marks are escaped.
  word: /(?<="error":\s*")\w+(?=")/g,
  words: {
    ...wordsOf('broken', BROKEN),
    ...wordsOf('retry', LATER),
    ...wordsOf('refused', REFUSED),
    ...wordsOf('refused', GONE),
  },
};

function wordsOf<Kind extends AnswerTable['words'][string]>(kind: Kind, words: readonly string[]) {
  return Object.fromEntries(words.map((word) => [word, kind] as const));
}
