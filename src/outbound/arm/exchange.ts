import { request as http, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as https } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unanswered } from '../../destinations/exchange.ts';

export interface Outgoing {
  readonly url: string;
  /** With a body it is a POST, without one a GET. */
  readonly body?: unknown;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
  readonly milliseconds: number;
}

export type Incoming =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** One header by its lower-cased name. */
      header(name: string): string | undefined;
      readonly text: string;
    }
  | { readonly kind: 'unanswered'; readonly reason: 'timeout' | 'connection' | 'too-large' };

// A page of 1,000 instances with their views has some 10 MB.
const MOST_CHARACTERS = 48 * 1024 * 1024;

/**
 * One request to Resource Manager: no retry, no redirect. Errors can carry the request, token and all, so only the kind of
 * failure is kept. A run makes ten thousand of these: Node's own client leaves less to collect after each than axios does.
 */
export async function exchange({ url, body, token, signal, milliseconds }: Outgoing): Promise<Incoming> {
  const limit = limited(signal, milliseconds);
  try {
    const headers = {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': 'autoscale-relay',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const method = body === undefined ? 'GET' : 'POST';
    const answer = await sent(new URL(url), { method, headers, signal: limit.signal }, body);
    const text = await textOf(answer);
    if (text === undefined) return { kind: 'unanswered', reason: 'too-large' };
    const header = (name: string): string | undefined => {
      const value = answer.headers[name];
      return Array.isArray(value) ? value.join(',') : value;
    };
    return { kind: 'answered', status: answer.statusCode ?? 0, header, text };
  } catch (error) {
    const answer = unanswered(error);
    return { kind: 'unanswered', reason: answer.kind === 'unanswered' ? answer.reason : 'connection' };
  } finally {
    limit.end();
  }
}

const sent = (url: URL, options: RequestOptions, body: unknown): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? https : http;
    request(url, options)
      .on('response', resolve)
      .on('error', reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });

/** The whole body; undefined where it is too large. */
async function textOf(answer: IncomingMessage): Promise<string | undefined> {
  const isZipped = answer.headers['content-encoding']?.toLowerCase() === 'gzip';
  const body: Readable = isZipped ? pipeline(answer, createGunzip(), () => undefined) : answer;
  body.setEncoding('utf8');
  let text = '';
  for await (const part of body) {
    text += part;
    if (text.length > MOST_CHARACTERS) return undefined;
  }
  return text.replace(/^\uFEFF/, '');
}

/** A signal for one request. AbortSignal.timeout would keep every request of a run alive for its 15 s. */
function limited(signal: AbortSignal, milliseconds: number) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, milliseconds);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    },
  };
}
