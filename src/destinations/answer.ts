/** What came back from a destination, or why nothing did; `unconfirmed`: it had the whole message by then. A transport reports it; a destination's table judges it. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The start of the body, as text. */
      readonly body: string;
      /** The header as it was sent: seconds or an HTTP date. */
      readonly retryAfter?: string | undefined;
    }
  | {
      readonly kind: 'unanswered';
      /** NoToken: the relay's identity has none for it; NoAppToken: the app has none that it is to be called as. */
      readonly reason: 'timeout' | 'connection' | 'proxy' | 'NoToken' | 'NoAppToken' | 'unconfirmed';
    };

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
  /** What a word is, where it has more than letters and digits. */
  readonly word?: RegExp;
  readonly words: Readonly<Record<string, Exclude<Verdict['kind'], 'sent'>>>;
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
const NO_TOKEN = { kind: 'retry', retryAfter: '30', waits: true } as const;

function judged(answer: Answer, table: AnswerTable): Verdict {
  if (answer.kind === 'unanswered') return unanswered(answer.reason);
  const { status, body, retryAfter } = answer;
  const word = body.match(table.word ?? /\w+/g)?.find((each) => Object.hasOwn(table.words, each));
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

function unanswered(reason: (Answer & { readonly kind: 'unanswered' })['reason']): Verdict {
  if (reason === 'NoToken' || reason === 'NoAppToken') return { ...NO_TOKEN, reason };
  return { kind: 'retry', reason, ...(reason === 'unconfirmed' && { most: MOST_UNKNOWN }) };
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
