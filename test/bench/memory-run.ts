import type { Transport } from '../../src/destinations/transport.ts';
import { drain } from '../support/drain.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt, relayWith } from '../support/relay.ts';
import { everyTransport } from '../support/transports.ts';
import { autoscaleBody } from './body.ts';

// A relay that works on for years, in a process of its own. Prints its memory as it goes, as JSON: one row for each
// `EVENTS / ROWS` events. Needs --expose-gc.

const EVENTS = Number(process.argv[2]);
const ROWS = 20;

const HOUR = 3_600_000;

const ports = memoryPorts();
let sent = 0;
// Every so often a chat is busy, and the message comes again.
const busyAtTimes: Transport = async () => {
  sent += 1;
  return { kind: 'answered', status: sent % 50 === 0 ? 503 : 200, body: 'ok', retryAfter: undefined };
};
const transports = everyTransport(() => busyAtTimes);
const { relay } = relayWith(
  [receiverAt('slack', 'https://slack.invalid'), receiverAt('teams', 'https://teams.invalid')],
  {
    ...ports,
    transports,
  },
);

/** An autoscale webhook about a scale set of its own, an hour after the one before. */
function bodyOf(step: number): unknown {
  const body = autoscaleBody(step);
  const { context } = body;
  const timestamp = new Date(ports.time.now).toISOString();
  const resourceId = `${context.resourceId}-${step}`;
  return { ...body, context: { ...context, timestamp, resourceId, resourceName: `shop-web-${step}` } };
}

function row(events: number) {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { events, heapUsed, rss };
}

const rows = [];
for (let step = 1; step <= EVENTS; step += 1) {
  ports.time.now += HOUR;
  const answer = await answerTo(relay, post(bodyOf(step)));
  if (answer.status !== 202) throw new Error(`answered ${answer.status}`);
  if (step % 100 === 0) await relay.accept(post({ operation: 'Scale Sideways', context: { oldCapacity: step } }));
  await drain(relay, ports, ports.time.now + 60_000);
  if (step % 24 === 0) {
    await relay.watch();
    await relay.clean();
  }
  // What a test wants to know of the queue, and nobody else.
  ports.deliveries.sent.length = 0;
  if (step % (EVENTS / ROWS) === 0) rows.push(row(step));
}
process.send?.({ rows, sent });
