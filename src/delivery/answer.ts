/** What came back from a destination, or why nothing did. A transport reports it; the tables below judge it. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The start of the body, as text. */
      readonly body: string;
      /** The header as it was sent: seconds or an HTTP date. */
      readonly retryAfter?: string | undefined;
    }
  | { readonly kind: 'unanswered'; readonly reason: 'timeout' | 'connection' };

/**
 * What an answer means for a delivery:
 * sent; try again later; this message was refused (another form of it may pass); the receiver takes no message at all.
 */
export type Verdict =
  | { readonly kind: 'sent' }
  | { readonly kind: 'retry'; readonly reason: string; readonly retryAfter?: string | undefined }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'broken'; readonly reason: string };

/** How one destination answers: first by words in the body, then by status. */
export interface AnswerTable {
  readonly accepted: (status: number, body: string) => boolean;
  readonly words: Readonly<Record<string, Exclude<Verdict['kind'], 'sent'>>>;
}

// Sources of both tables: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks,
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

// Power Automate's error codes: https://learn.microsoft.com/troubleshoot/power-platform/power-automate/flow-run-issues/triggers-troubleshoot
export const teamsAnswers: AnswerTable = {
  // 202: the flow's run was queued. Whether the card was posted is never told.
  accepted: (status, body) => (status === 200 || status === 202) && !/returned HTTP error|"error"/.test(body),
  words: {
    TriggerInputSchemaMismatch: 'refused',
    MessageSizeExceeded: 'refused',
    WorkflowTriggerIsNotEnabled: 'broken',
    WorkflowNotFound: 'broken',
    MissingApiVersionParameter: 'broken',
    DirectApiAuthorizationRequired: 'broken',
    MisMatchingOAuthClaims: 'broken',
  },
};

// Standard Webhooks: any 2xx is a success, 410 says that nobody listens any more, and Retry-After is observed.
// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#delivery-success-and-failure
export const webhookAnswers: AnswerTable = {
  accepted: (status) => status >= 200 && status < 300,
  words: {},
};

/** Judges an answer. Reasons are a destination's known words or ours, never free text of an answer. */
export function judge(answer: Answer, table: AnswerTable): Verdict {
  if (answer.kind === 'unanswered') return { kind: 'retry', reason: answer.reason };
  const { status, body, retryAfter } = answer;
  const word = body.match(/\w+/g)?.find((each) => Object.hasOwn(table.words, each));
  if (word !== undefined) return { kind: table.words[word] ?? 'refused', reason: word, retryAfter };
  if (table.accepted(status, body)) return { kind: 'sent' };
  return byStatus(status, retryAfter);
}

function byStatus(status: number, retryAfter: string | undefined): Verdict {
  if (status === 429) return { kind: 'retry', reason: 'rate-limited', retryAfter };
  if (status === 408 || status >= 500) return { kind: 'retry', reason: `status-${status}`, retryAfter };
  if (status === 400 || status === 413 || status === 422) return { kind: 'refused', reason: `status-${status}` };
  // A success with an unknown body may be a proxy's page; the message has not arrived for certain.
  if (status < 300) return { kind: 'retry', reason: 'unexpected-answer', retryAfter };
  // Redirects are never followed, and every other 4xx speaks of the address or the key, not of the message.
  return { kind: 'broken', reason: `status-${status}` };
}
