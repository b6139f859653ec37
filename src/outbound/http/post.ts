import type { Axios } from 'axios';
import { PROXY_FAULT, startOf, TIMEOUT, unanswered } from '../../destinations/exchange.ts';
import { isLoopback } from '../../destinations/public-address.ts';
import type { Post } from '../../destinations/transport.ts';
import type { Guard, Reach } from './guarded-agents.ts';

interface WayOut extends Guard {
  readonly axios: Axios;
}

/** Loaded when first needed, and once: an import costs something every time. */
async function opened(reach: Reach): Promise<WayOut> {
  const [{ default: axios }, { guardedAgents }, { once }] = await Promise.all([
    import('axios'),
    import('./guarded-agents.ts'),
    import('./adapter.ts'),
  ]);
  const { refuses, ...agents } = guardedAgents(reach);
  // Without what axios brings by default, which would be put together anew for every message.
  return { axios: new axios.Axios({ adapter: once, headers: {}, ...agents }), refuses, ...agents };
}

export function poster(reach: Reach): Post {
  let wayOut: Promise<WayOut> | undefined;
  return async ({ url, method = 'POST', headers, body, proxy }, read = startOf) => {
    wayOut ??= opened(reach);
    const { axios, refuses } = await wayOut;
    // Of the whole exchange, from the look-up of the name to the last byte.
    const signal = AbortSignal.timeout(TIMEOUT);
    try {
      if (refuses(url)) return { kind: 'unanswered', reason: 'connection' };
      const tunnel = proxy === undefined || isLoopback(new URL(url).hostname) ? undefined : await import('./tunnel.ts');
      const answer = await axios.request<AsyncIterable<Uint8Array>>({
        method,
        url,
        data: Buffer.from(body),
        headers: { accept: '*/*', 'user-agent': 'autoscale-relay', ...headers },
        ...(proxy !== undefined && tunnel && { httpsAgent: tunnel.tunnelThrough(proxy) }),
        signal,
      });
      const retryAfter: unknown = answer.headers['retry-after'];
      return {
        kind: 'answered',
        status: answer.status,
        body: await read(answer.data),
        retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
      };
    } catch (error) {
      if (isOfProxy(error)) return { kind: 'unanswered', reason: 'proxy' };
      // An answer that the signal ends in its body says of itself that its connection was cut.
      return unanswered(signal.aborted ? signal.reason : error);
    }
  };
}

const isOfProxy = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === PROXY_FAULT;
