import type { AxiosStatic } from 'axios';
import { PROXY_FAULT, startOf, TIMEOUT, unanswered } from '../../destinations/exchange.ts';
import { isLoopback } from '../../destinations/public-address.ts';
import type { Post } from '../../destinations/transport.ts';
import type { Guard, Reach } from './guarded-agents.ts';

interface WayOut extends Guard {
  readonly axios: AxiosStatic;
}

/** Loaded when first needed, and once: an import costs something every time. */
async function opened(reach: Reach): Promise<WayOut> {
  const [{ default: axios }, { guardedAgents }] = await Promise.all([import('axios'), import('./guarded-agents.ts')]);
  return { axios, ...guardedAgents(reach) };
}

export function poster(reach: Reach): Post {
  let wayOut: Promise<WayOut> | undefined;
  return async ({ url, headers, body, proxy }, read = startOf) => {
    wayOut ??= opened(reach);
    const { axios, refuses, ...agents } = await wayOut;
    try {
      if (refuses(url)) return { kind: 'unanswered', reason: 'connection' };
      const tunnel = proxy === undefined || isLoopback(new URL(url).hostname) ? undefined : await import('./tunnel.ts');
      // Bytes, because axios trims texts, and a signature covers every space.
      const answer = await axios.post<AsyncIterable<Uint8Array>>(url, Buffer.from(body), {
        ...agents,
        ...(proxy !== undefined && tunnel && { httpsAgent: tunnel.tunnelThrough(proxy) }),
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
      return isOfProxy(error) ? { kind: 'unanswered', reason: 'proxy' } : unanswered(error);
    }
  };
}

const isOfProxy = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === PROXY_FAULT;
