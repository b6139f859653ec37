import { unanswered } from './exchange.ts';

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
const MOST_BYTES = 48 * 1024 * 1024;

/**
 * One request to Resource Manager: no retry, no redirect. The errors of axios carry the request, token and all, so only
 * the kind of failure is kept.
 */
export async function exchange({ url, body, token, signal, milliseconds }: Outgoing): Promise<Incoming> {
  const { default: axios } = await import('axios');
  const limit = limited(signal, milliseconds);
  try {
    const { status, data, headers } = await axios.request<string>({
      method: body === undefined ? 'GET' : 'POST',
      url,
      ...(body !== undefined && { data: JSON.stringify(body) }),
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      // The time-out of axios does not cover connecting.
      signal: limit.signal,
      maxRedirects: 0,
      maxContentLength: MOST_BYTES,
      responseType: 'text',
      transformResponse: (text: string) => text,
      validateStatus: () => true,
      proxy: false,
    });
    const header = (name: string): string | undefined => {
      const value: unknown = headers[name];
      return Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : undefined;
    };
    return { kind: 'answered', status, header, text: data ?? '' };
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('maxContentLength')) {
      return { kind: 'unanswered', reason: 'too-large' };
    }
    const answer = unanswered(error);
    return { kind: 'unanswered', reason: answer.kind === 'unanswered' ? answer.reason : 'connection' };
  } finally {
    limit.end();
  }
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
