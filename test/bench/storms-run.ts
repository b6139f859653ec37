import { setTimeout as sleep } from 'node:timers/promises';
import { destinations } from '../../src/destinations/registry.ts';
import type { Transport } from '../../src/destinations/transport.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt, relayWith } from '../support/relay.ts';
import { scaleBody } from './faults/events.ts';
import { MemoryPump } from './memory-queue.ts';

// One storm in a process of its own, in real time: the relay with storage in memory, and a chat that answers within 100 ms.
// Prints what was accepted, posted and written down, as one line of JSON.

const SECOND = 1_000;
const ANSWER_MILLISECONDS = 100;

interface Planned {
  /** Milliseconds after the beginning. */
  readonly at: number;
  readonly body: unknown;
  readonly what: string;
}

const scaled = (count: number, sets: number, over: number): readonly Planned[] =>
  Array.from({ length: count }, (_, index) => {
    const step = Math.floor(index / sets);
    const set = `set-${String(index % sets).padStart(3, '0')}`;
    // Its body is made when it is posted, for that is when it happens.
    const body = () => scaleBody({ set, from: step + 1, to: step + 2 });
    return { at: (index * over) / count, body, what: `${set} ${step + 1} ${step + 2}` };
  });

const info = (count: number, over: number): readonly Planned[] =>
  Array.from({ length: count }, (_, index) => ({
    at: (index * over) / count,
    body: { kind: 'custom', id: `info-${index}`, title: `Step ${index}`, severity: 'info' },
    what: 'info',
  }));

const critical = (count: number, from: number, gap: number): readonly Planned[] =>
  Array.from({ length: count }, (_, index) => ({
    at: from + index * gap,
    body: { kind: 'alert', id: `critical-${index}`, rule: `db-${index}-down`, state: 'fired', severity: 'critical' },
    what: 'critical',
  }));

/** Each with how long is waited for what it leaves, at most. Milliseconds. */
const STORMS: Readonly<Record<string, { readonly planned: readonly Planned[]; readonly patience: number }>> = {
  S1: { planned: scaled(60, 12, 10 * SECOND), patience: 90 * SECOND },
  S2: { planned: scaled(5_000, 200, 60 * SECOND), patience: 150 * SECOND },
  S3: {
    planned: [...info(12_000, 120 * SECOND), ...critical(12, 5 * SECOND, 10 * SECOND)],
    patience: 150 * SECOND,
  },
  'S3, sixty at once': {
    planned: [...info(1_500, 15 * SECOND), ...critical(60, 14 * SECOND, SECOND / 60)],
    patience: 150 * SECOND,
  },
};

const { planned, patience } = STORMS[process.argv[2] ?? ''] ?? { planned: [], patience: 0 };
const posts: { readonly id: string; readonly at: number; readonly text: string }[] = [];
const chat: Transport = async (_to, payload, id) => {
  posts.push({ id, at: Date.now(), text: JSON.stringify(payload) });
  await sleep(Math.random() * ANSWER_MILLISECONDS);
  return { kind: 'answered', status: 200, body: 'ok' };
};

const memory = memoryPorts();
const deliveries = new MemoryPump();
const ports = {
  ...memory,
  deliveries,
  transports: { ...memory.transports, 'slack-webhook': chat },
  clock: { now: Date.now, wait: sleep },
  random: Math.random,
};
const { rate } = destinations.slack;
const { relay } = relayWith([{ ...receiverAt('slack', 'https://slack.invalid', 'chat'), rate }], ports);
deliveries.handler = relay.deliver;

interface Accepted {
  readonly id: string;
  readonly what: string;
  readonly at: number;
}

async function accept({ body, what }: Planned): Promise<Accepted> {
  const { status, jsonBody } = await answerTo(relay, post(typeof body === 'function' ? body() : body));
  const [told] = (jsonBody as { accepted?: readonly { id: string }[] }).accepted ?? [];
  if (status !== 202 || told === undefined) throw new Error(`answered ${status}`);
  return { id: told.id, what, at: Date.now() };
}

const began = Date.now();
const accepting: Promise<Accepted>[] = [];
for (const each of planned.toSorted((a, b) => a.at - b.at)) {
  const left = began + each.at - Date.now();
  if (left > 1) await sleep(left);
  accepting.push(accept(each));
}
const accepted = await Promise.all(accepting);
const lasted = Date.now() - began;

interface Stored {
  readonly event: { readonly id: string; readonly occurredAt: string; readonly total?: number };
  readonly state: string;
  readonly digest?: string;
}
const rows = () => memory.ledger.rows('chat', 'event:').map(({ value }) => value as Stored);
const isOver = () =>
  memory.ledger.rows('chat', 'parked:').length === 0 && rows().every(({ state }) => state === 'sent');
const latest = Date.now() + patience;
while (Date.now() < latest && !(rows().length >= accepted.length && isOver())) await sleep(SECOND);

const stored = rows().map(({ event: { id, occurredAt }, state, digest }) => ({ id, occurredAt, state, digest }));
process.stdout.write(`${JSON.stringify({ began, lasted, accepted, posts, rows: stored })}\n`, () => process.exit(0));
