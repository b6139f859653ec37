import type { Ports, Queue } from '../delivery/ports.ts';
import type { QueueMessage } from '../delivery/rules/delivery.ts';
import type { Answer } from '../destinations/answer.ts';
import type { Receiver } from '../destinations/receiver.ts';
import type { Transport } from '../destinations/transport.ts';
import { current } from './current.ts';
import { type Attributes, precisely, type Telemetry } from './telemetry.ts';
import { pointBelow, traceparentOf } from './trace.ts';

/** The same ports, with the work that is under way written into every message and told of every call to a receiver. */
export function observedPorts(ports: Ports, receivers: readonly Receiver[], telemetry: Telemetry): Ports {
  const watched = Object.entries(ports.transports).map(([name, call]) => [
    name,
    observedTransport(name, call, receivers, telemetry),
  ]);
  return {
    ...ports,
    deliveries: tracedQueue(ports.deliveries),
    transports: Object.fromEntries(watched) as Ports['transports'],
  };
}

const tracedQueue = (queue: Queue<QueueMessage>): Queue<QueueMessage> => ({
  send: (message, delaySeconds) => queue.send(traced(message), delaySeconds),
  check: () => queue.check(),
  oldest: () => queue.oldest(),
});

/** A try that comes again keeps the trace that it came with. */
function traced(message: QueueMessage): QueueMessage {
  const work = current.getStore();
  if (work === undefined || message.trace !== undefined) return message;
  return { ...message, trace: traceparentOf(work.at) };
}

/** Tells of a call by the receiver's name: the address, the payload and the answer's body are nobody's business. */
const observedTransport =
  (transport: string, call: Transport, receivers: readonly Receiver[], telemetry: Telemetry): Transport =>
  async (to, payload, messageId) => {
    const receiver = receivers.find(({ name }) => name === to.name)?.name ?? 'unknown';
    const start = precisely();
    const answer = await call(to, payload, messageId);
    const end = precisely();
    const work = current.getStore();
    work?.answered.set(receiver, end);
    const result = resultOf(answer);
    const attributes = { 'relay.receiver': receiver, 'relay.transport': transport, 'relay.result': result };
    telemetry.measure('relay.transport.duration', (end - start) / 1000, attributes);
    const parent = work?.deliveries.get(receiver) ?? work?.at;
    const failed = answer.kind === 'answered' && answer.status < 300 ? undefined : result;
    const overHttp = /^https?:/.test(to.url) && {
      'http.request.method': 'POST',
      ...(answer.kind === 'answered' && { 'http.response.status_code': answer.status }),
    };
    telemetry.span({
      name: `send ${receiver}`,
      kind: 'client',
      at: pointBelow(parent),
      parent,
      start,
      end,
      attributes: { ...attributes, ...overHttp, ...serverOf(to.url) },
      failed,
    });
    return answer;
  };

const USUAL_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'smtp:': 587, 'smtps:': 465 };

/** Host and port; all else of an address is a password, so `url.full` is left out. */
function serverOf(url: string): Attributes {
  const { hostname = '', port = '', protocol = '' } = URL.parse(url) ?? {};
  return { 'server.address': hostname, 'server.port': Number(port) || (USUAL_PORTS[protocol] ?? 443) };
}

const resultOf = (answer: Answer): string => (answer.kind === 'answered' ? `status-${answer.status}` : answer.reason);
