import type { HttpRequest } from '../../src/http.ts';
import type { Receiver } from '../../src/receiver.ts';
import { createRelay } from '../../src/relay.ts';
import { memoryPorts } from './ports.ts';

/** A receiver of the given type at a test's own server. */
export const receiverAt = (type: Receiver['type'], url: string, name: string = type): Receiver => ({
  name,
  type,
  url,
  locale: 'en',
  timeZone: 'UTC',
});

/** A relay with storage in memory that sends every event to every receiver. */
export function relayWith(receivers: readonly Receiver[], ports = memoryPorts()) {
  return { relay: createRelay({ receivers, routes: [{ to: receivers.map(({ name }) => name) }], ports }), ports };
}

/** A request as a function gets it. */
export function post(body: unknown, source?: string, headers: Record<string, string> = {}): HttpRequest {
  return requestOf(typeof body === 'string' ? body : JSON.stringify(body), { source, headers });
}

export function requestOf(
  body: string | Uint8Array,
  more: { source?: string | undefined; headers?: Record<string, string>; method?: string; query?: string } = {},
): HttpRequest {
  const { source, headers = {}, method = 'POST', query = '' } = more;
  return {
    method,
    headers: new Headers({ 'content-type': 'application/json', ...headers }),
    params: source === undefined ? {} : { source },
    query: new URLSearchParams(query),
    body: (async function* () {
      yield typeof body === 'string' ? Buffer.from(body) : body;
    })(),
  };
}
