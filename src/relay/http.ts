import { DEEPEST, deeperThan } from '../event/depth.ts';
import { CredentialsError, type ErrorCode, RelayError, RequestError } from '../problems/errors.ts';
import { readBytes } from './http-body.ts';

/** The part of a request that the relay reads. The request of Azure Functions has it, and so has that of the local run. */
export interface HttpRequest {
  readonly method: string;
  readonly headers: { get(name: string): string | null };
  readonly params: Readonly<Record<string, string>>;
  readonly query: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
  /** Who asks, where the page knows it; whoever comes otherwise has a key. */
  readonly actor?: { readonly by: string; readonly via: 'entra' | 'local' | 'none' };
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly jsonBody: unknown;
  /** A page, where `jsonBody` is undefined. */
  readonly body?: string | Uint8Array;
  /** Why, for the log, where the answer does not say it: neither a secret nor a part of the body. */
  readonly reason?: string;
}

const SECONDS_UNTIL_RETRY = '5';

// No 500: Azure Monitor never retries it. No 410: Kudu and Azure DevOps unsubscribe. See docs/architecture.md.
const STATUS: Record<ErrorCode, number> = {
  'body-empty': 400,
  'body-lost': 411,
  'body-not-json': 400,
  credentials: 401,
  'no-such-source': 404,
  'no-such-silence': 404,
  'no-such-event': 404,
  'no-such-act': 404,
  ambiguous: 409,
  method: 405,
  'body-too-large': 413,
  'content-type': 415,
  payload: 422,
  storage: 503,
  keys: 503,
  timers: 503,
  identity: 503,
  late: 503,
  configuration: 503,
};

/** An answer of RFC 9457, with `errors` where a body was read. */
export function problem(error: RelayError): HttpAnswer {
  const status = STATUS[error.code];
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(error.retryable && { 'retry-after': SECONDS_UNTIL_RETRY }),
      ...(error.code === 'method' && { allow: 'POST, OPTIONS' }),
      // Some senders, Kudu among them, send what they know only when they are asked.
      ...(error.code === 'credentials' && { 'www-authenticate': 'Basic realm="autoscale-relay"' }),
    },
    jsonBody: {
      type: `urn:autoscale-relay:problem:${error.code}`,
      title: TITLE[error.code],
      status,
      detail: error.message,
      ...(error.problems.length > 0 && { errors: error.problems }),
    },
    ...(error instanceof CredentialsError && { reason: error.reason }),
  };
}

/** Foreseen failures as answers; everything else is a bug, and thrown on. */
export async function answered(work: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RelayError) return problem(error);
    throw error;
  }
}

const TITLE: Record<ErrorCode, string> = {
  'body-empty': 'The body is empty',
  'body-lost': 'The body did not come through',
  'body-not-json': 'The body is not JSON',
  credentials: 'The credentials are missing or wrong',
  'no-such-source': 'No such source',
  'no-such-silence': 'No such silence',
  'no-such-event': 'No such event',
  'no-such-act': 'No such button',
  ambiguous: 'Several begin with this id',
  method: 'This address takes POST',
  'body-too-large': 'The body is too large',
  'content-type': 'The body is not declared as JSON',
  payload: 'The body cannot be read as an event',
  storage: 'Storage cannot take it now',
  keys: 'The credentials cannot be checked now',
  timers: 'The timers stand still',
  identity: 'The identity gives no token',
  late: 'It takes too long now',
  configuration: 'The relay is not configured',
};

/**
 * The handshake of CloudEvents: whoever asks may post here. The webhook's own credentials decide on what is posted.
 * https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md#4-abuse-protection
 */
export function handshake({ headers }: HttpRequest): Record<string, string> {
  const origin = headers.get('webhook-request-origin');
  const rate = headers.get('webhook-request-rate');
  return {
    allow: 'POST, OPTIONS',
    ...(origin !== null && { 'webhook-allowed-origin': origin }),
    ...(origin !== null && rate !== null && { 'webhook-allowed-rate': '*' }),
  };
}

/** The bytes of a POST, as they came, and their JSON. Throws a RequestError that says what to do next. */
export async function readJson(
  request: HttpRequest,
): Promise<{ readonly bytes: Uint8Array; readonly payload: unknown }> {
  if (request.method !== 'POST') {
    throw new RequestError('method', `${request.method} is not taken here; send the webhook's JSON with POST`);
  }
  const type = request.headers.get('content-type');
  if (type !== null && !/^\s*(application|text)\/([\w.+-]+\+)?json\s*(;|$)/i.test(type)) {
    throw new RequestError(
      'content-type',
      'expected a JSON content type; add the header "content-type: application/json"',
    );
  }
  const bytes = await readBytes(request);
  return { bytes, payload: parse(bytes) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parse(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new RequestError('body-not-json', 'the body is not UTF-8');
  }
  if (text.trim() === '') throw new RequestError('body-empty', 'the body is empty; expected JSON');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // The parser quotes the body; only the position is passed on.
    const said = String(error);
    const where = /at position \d+( \(line \d+ column \d+\))?/.exec(said)?.[0];
    const what = where
      ? `it cannot be read ${where}`
      : said.endsWith('end of JSON input')
        ? 'it breaks off'
        : 'it begins wrongly or holds a word that is none';
    throw new RequestError('body-not-json', `the body is not JSON: ${what}`);
  }
  if (deeperThan(value, DEEPEST)) {
    throw new RequestError('body-not-json', `the body is nested deeper than ${DEEPEST} levels`);
  }
  return value;
}
