import type { Answer } from '../delivery/answer.ts';
import { startOf, TIMEOUT, unanswered } from './exchange.ts';

interface Letter {
  /** Used byte for byte: it may be signed. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Posts once: no retries, no redirects, an answer within 10 s. `read` takes from the answer's body what counts; if it
 * fails, there was no answer. Never rejects.
 */
export async function post({ url, headers, body }: Letter, read = startOf): Promise<Answer> {
  const { default: axios } = await import('axios');
  try {
    // Bytes, because axios trims texts, and a signature covers every space.
    const answer = await axios.post<AsyncIterable<Uint8Array>>(url, Buffer.from(body), {
      headers,
      timeout: TIMEOUT,
      // The time-out of axios does not cover connecting, nor the body of an answer.
      signal: AbortSignal.timeout(TIMEOUT),
      maxRedirects: 0,
      responseType: 'stream',
      validateStatus: () => true,
      proxy: false,
    });
    const retryAfter: unknown = answer.headers['retry-after'];
    return {
      kind: 'answered',
      status: answer.status,
      body: await read(answer.data),
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
    };
  } catch (error) {
    return unanswered(error);
  }
}
