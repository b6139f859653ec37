import type { Ports } from '../../src/delivery/ports.ts';
import type { Receiver } from '../../src/destinations/receiver.ts';
import type { HttpAnswer, HttpRequest } from '../../src/relay/http.ts';
import type { RelayParts } from '../../src/relay/parts.ts';
import { answerOf } from '../../src/relay/receipt.ts';
import { createRelay, type Relay } from '../../src/relay/relay.ts';
import { type MemoryPorts, memoryPorts } from './ports.ts';

/** A receiver of the given type at a test's own server. */
export const receiverAt = (type: Receiver['type'], url: string, name: string = type): Receiver => ({
  name,
  type,
  url,
  locale: 'en',
  timeZone: 'UTC',
});

type More = Partial<Pick<RelayParts, 'joins' | 'machines' | 'notices' | 'quiet' | 'routes'>>;

interface With<P> {
  readonly relay: Relay;
  readonly ports: P;
}

/** A relay with storage in memory that sends every event to every receiver. */
export function relayWith(receivers: readonly Receiver[]): With<MemoryPorts>;
export function relayWith<P extends Ports>(receivers: readonly Receiver[], ports?: P, more?: More): With<P>;
export function relayWith(receivers: readonly Receiver[], ports: Ports = memoryPorts(), more: More = {}): With<Ports> {
  const routes = [{ to: receivers.map(({ name }) => name) }];
  return { relay: createRelay({ receivers, routes, ports, ...more }), ports };
}

/** What a webhook is answered. */
export const answerTo = async (relay: Pick<Relay, 'accept'>, request: HttpRequest): Promise<HttpAnswer> =>
  answerOf(await relay.accept(request));

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
