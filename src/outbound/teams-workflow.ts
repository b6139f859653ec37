import type { Transport } from '../ports.ts';
import { MOST_BYTES, TIMEOUT, unanswered } from './exchange.ts';

/** Posts to the webhook of a Power Automate flow, once. The URL is used byte for byte: its signature covers it. */
export const teamsWorkflow: Transport = async (url, payload) => {
  const { default: axios } = await import('axios');
  try {
    const { status, data, headers } = await axios.post<string>(url, JSON.stringify(payload), {
      // Without the charset, Power Automate has garbled emoji.
      headers: { 'content-type': 'application/json; charset=utf-8' },
      timeout: TIMEOUT,
      // The time-out of axios does not cover connecting.
      signal: AbortSignal.timeout(TIMEOUT),
      maxRedirects: 0,
      maxContentLength: MOST_BYTES,
      responseType: 'text',
      transformResponse: (body: string) => body,
      validateStatus: () => true,
      proxy: false,
    });
    const retryAfter: unknown = headers['retry-after'];
    return {
      kind: 'answered',
      status,
      body: data ?? '',
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
    };
  } catch (error) {
    return unanswered(error);
  }
};
