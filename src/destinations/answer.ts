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
  | { readonly kind: 'unanswered'; readonly reason: 'timeout' | 'connection' | 'proxy' | 'NoToken' };

/**
 * What an answer means for a delivery:
 * sent; try again later, `most` times in all with this reason; this message was refused (another form of it may pass);
 * the receiver takes no message at all, as far as one answer can say it, or `certain` where no answer was needed.
 */
export type Verdict =
  | { readonly kind: 'sent' }
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly retryAfter?: string | undefined;
      readonly most?: number;
      /** It is neither the event's fault nor the receiver's: the try does not count. */
      readonly waits?: true;
    }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'broken'; readonly reason: string; readonly certain?: true };

/** How one destination answers: first by words in the body, then by status. */
export interface AnswerTable {
  readonly accepted: (status: number, body: string) => boolean;
  /** What a body says whose success is none. */
  readonly failed?: RegExp;
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
  // 202: the flow's run was queued. Whether the card was posted is never told. A flow with a Response action answers what
  // its maker chose: https://learn.microsoft.com/azure/connectors/connectors-native-reqres
  accepted: (status, body) => [200, 201, 202, 204].includes(status) && (body.trim() === '' || isJson(body)),
  failed: /returned HTTP error|"error"/,
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
  // 409 is what subscribers say to an id that they have already.
  accepted: (status) => (status >= 200 && status < 300) || status === 409,
  words: {},
};

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

/**
 * Judges an answer. Reasons are a destination's known words or ours, never free text of an answer. `isSignedIn`: a token of the
 * relay's identity went with the message.
 */
export function judge(answer: Answer, table: AnswerTable, isSignedIn = false): Verdict {
  const verdict = judged(answer, table);
  return isSignedIn && verdict.kind === 'broken' && Object.hasOwn(OF_IDENTITY, verdict.reason)
    ? { ...verdict, reason: OF_IDENTITY[verdict.reason as keyof typeof OF_IDENTITY] }
    : verdict;
}

/** What speaks of the address where nobody signs in, and of the identity where somebody does. */
const OF_IDENTITY = {
  'status-401': 'token-refused',
  'status-403': 'not-granted',
  DirectApiAuthorizationRequired: 'token-refused',
  MisMatchingOAuthClaims: 'not-granted',
} as const;

/** Whoever gives tokens is soon back, and is asked again for all that wait at once. */
const NO_TOKEN = { kind: 'retry', reason: 'NoToken', retryAfter: '30', waits: true } as const;

function judged(answer: Answer, table: AnswerTable): Verdict {
  if (answer.kind === 'unanswered')
    return answer.reason === 'NoToken' ? NO_TOKEN : { kind: 'retry', reason: answer.reason };
  const { status, body, retryAfter } = answer;
  const word = body.match(/\w+/g)?.find((each) => Object.hasOwn(table.words, each));
  if (word !== undefined) return { kind: table.words[word] ?? 'refused', reason: word, retryAfter };
  const isFailed = table.failed?.test(body) === true;
  if (!isFailed && table.accepted(status, body)) return { kind: 'sent' };
  if (status >= 300) return byStatus(status, retryAfter);
  if (isFailed) return { kind: 'retry', reason: UNEXPECTED, retryAfter };
  // A page, of a proxy or of who signs people in: something else answers there, as where it redirects.
  if (/^\s*</.test(body)) return { kind: 'broken', reason: UNEXPECTED };
  // It may have arrived, and whoever reads it must not read it eight times.
  return { kind: 'retry', reason: 'unknown-success', retryAfter, most: MOST_UNKNOWN };
}

const UNEXPECTED = 'unexpected-answer';

const MOST_UNKNOWN = 2;

/** "Later": of a resource in use, locked, or of what came too early. */
const LATER: readonly number[] = [408, 409, 423, 425];

function byStatus(status: number, retryAfter: string | undefined): Verdict {
  if (status === 429) return { kind: 'retry', reason: 'rate-limited', retryAfter };
  if (LATER.includes(status) || status >= 500) return { kind: 'retry', reason: `status-${status}`, retryAfter };
  if (status === 400 || status === 413 || status === 422) return { kind: 'refused', reason: `status-${status}` };
  // Redirects are never followed, and every other 4xx speaks of the address or the key, not of the message.
  return { kind: 'broken', reason: `status-${status}` };
}
