import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/delivery/rules/delivery.ts';
import type { Receiver } from '../../src/destinations/receiver.ts';
import type { Transport } from '../../src/destinations/transport.ts';
import type { Relay } from '../../src/relay/relay.ts';
import { deliveryTo, entriesOf, scaleOf, stateOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { type Mishap, mortal } from '../support/killed.ts';
import { type MemoryPorts, memoryPorts } from '../support/ports.ts';
import { post, receiverAt, relayWith } from '../support/relay.ts';
import { part } from '../support/sweep.ts';

/** One way through the delivery, at every step of which something may happen. */
interface Flow {
  readonly receivers: readonly Receiver[];
  readonly events: readonly Delivery['event'][];
  /** What the chat of a receiver answers, by how often it was called before. */
  readonly answers: (receiver: string, before: number) => { readonly status: number; readonly body: string };
  /** What is done by another relay before. */
  readonly before?: (relay: Relay, ports: MemoryPorts) => Promise<void>;
  /** At each of its steps is more than `npm test` has time for. */
  readonly long?: boolean;
  /** How each event ends for each receiver: everything else is a loss. */
  readonly ends: Readonly<Record<string, readonly string[]>>;
}

const OK = { status: 200, body: 'ok' } as const;
const main = receiverAt('slack', 'http://127.0.0.1:1/main', 'main');
const second = receiverAt('slack', 'http://127.0.0.1:1/second', 'second');
const limited = { ...main, rate: { perSecond: 1 } };
const web = (count: number) => Array.from({ length: count }, (_, index) => scaleOf(`set-${index}`, 1, 2, index));

const flows: Readonly<Record<string, Flow>> = {
  'a single send': { receivers: [main], events: web(1), answers: () => OK, ends: { main: ['sent'] } },
  'a send within a rate': { receivers: [limited], events: web(1), answers: () => OK, ends: { main: ['sent'] } },
  'a send of an alert': {
    receivers: [limited],
    events: [examples.alert],
    answers: () => OK,
    ends: { main: ['sent'] },
  },
  'a send to two receivers': {
    receivers: [main, second],
    events: web(1),
    answers: () => OK,
    ends: { main: ['sent'], second: ['sent'] },
  },
  'a retry': {
    receivers: [main],
    events: web(1),
    answers: (_receiver, before) => (before === 0 ? { status: 503, body: '' } : OK),
    ends: { main: ['sent'] },
  },
  'a plain form after a refusal': {
    receivers: [main],
    events: web(1),
    answers: (_receiver, before) => (before === 0 ? { status: 400, body: 'invalid_blocks' } : OK),
    ends: { main: ['sent'] },
  },
  'a park and a flush of one': { receivers: [limited], events: web(2), answers: () => OK, ends: { main: ['sent'] } },
  'a park and a flush of three': { receivers: [limited], events: web(4), answers: () => OK, ends: { main: ['sent'] } },
  'a flush that fails once': {
    receivers: [limited],
    events: web(4),
    answers: (_receiver, before) => (before === 1 ? { status: 503, body: '' } : OK),
    ends: { main: ['sent'] },
  },
  'a flush of more than one transaction': {
    receivers: [limited],
    events: web(46),
    long: true,
    answers: () => OK,
    ends: { main: ['sent'] },
  },
  'a giving up with a fallback': {
    receivers: [{ ...main, fallback: 'second' }, second],
    events: web(2),
    answers: (receiver) => (receiver === 'main' ? { status: 404, body: 'no_service' } : OK),
    ends: { main: ['dead'], second: ['sent'] },
  },
  'a flush that is given up with a fallback': {
    receivers: [{ ...limited, fallback: 'second' }, second],
    events: web(4),
    answers: (receiver, before) => (receiver === 'main' && before > 0 ? { status: 404, body: 'no_service' } : OK),
    ends: { main: ['dead', 'sent'], second: ['sent'] },
  },
  'what is sent again by itself, once a receiver works again': {
    receivers: [main],
    events: web(3),
    answers: (_receiver, before) => (before < 3 ? { status: 404, body: 'no_service' } : OK),
    before: async (relay, ports) => {
      await drain(relay, ports);
      expect(entriesOf(ports.ledger, 'main').map(({ state }) => state)).toStrictEqual(Array(3).fill('dead'));
      // The second one is for where the first meets with the mishap.
      for (const seconds of [300, 900]) {
        const event = scaleOf(`probe-${seconds}`, 1, 2, seconds);
        await ports.deliveries.send(deliveryTo(['main'], { event }), seconds);
      }
    },
    ends: { main: ['sent'] },
  },
  'a replay': {
    receivers: [main],
    events: web(1),
    answers: (_receiver, before) => (before < 3 ? { status: 404, body: 'no_service' } : OK),
    before: async (relay, ports) => {
      await drain(relay, ports);
      expect(entriesOf(ports.ledger, 'main')).toMatchObject([{ state: 'dead' }]);
      expect(await relay.replay(post({}))).toMatchObject({ status: 200 });
    },
    ends: { main: ['sent'] },
  },
  'an end of a story before its beginning': {
    receivers: [limited],
    events: [
      { ...examples.alert, id: 'end', state: 'resolved', occurredAt: '2026-11-20T14:06:00.000Z' },
      { ...examples.alert, id: 'beginning' },
    ],
    answers: () => OK,
    ends: { main: ['sent', 'overtaken'] },
  },
};

interface Outcome {
  readonly ports: MemoryPorts;
  /** What the process did that met with the mishap. */
  readonly calls: readonly string[];
  /** Messages that arrived; each names the event that it tells, or its digest. */
  readonly arrived: readonly { readonly receiver: string; readonly id: string }[];
  /** Sends for the message that was in hand when the mishap came. */
  readonly inFlight: number;
}

/** Runs a flow: one process meets with a mishap, another one finds what it left. */
async function run({ receivers, events, answers, before }: Flow, mishap?: Mishap): Promise<Outcome> {
  const ports = memoryPorts();
  const arrived: { receiver: string; id: string }[] = [];
  const called = new Map<string, number>();
  const chat: Transport = async ({ url }, _payload, id) => {
    const receiver = url.slice(url.lastIndexOf('/') + 1);
    const times = called.get(receiver) ?? 0;
    called.set(receiver, times + 1);
    const answer = answers(receiver, times);
    if (answer.status === 200) arrived.push({ receiver, id });
    return { kind: 'answered', ...answer };
  };
  const outside = { ...ports, transports: { ...ports.transports, 'slack-webhook': chat } };
  for (const event of events) await ports.deliveries.send(deliveryTo(targets(receivers), { event }));
  const next = relayWith(receivers, outside).relay;
  await before?.(next, ports);

  const first = mortal(outside, mishap);
  const inHand: string[][] = [];
  const doomed = relayWith(receivers, { ...outside, ...first.ports }).relay;
  const noting: Relay = {
    ...doomed,
    async deliver(message, owner) {
      const begun = first.calls.length;
      try {
        return await Promise.race([
          doomed.deliver(message, owner),
          first.dead.then(() => Promise.reject(new Killed())),
        ]);
      } finally {
        inHand.push(first.calls.slice(begun));
      }
    },
  };
  try {
    await drain(noting, ports);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    // What the dead process had in hand comes back.
    for (const taken of ports.deliveries.waiting) if (taken.dequeueCount > 0) taken.visibleAt = ports.time.now + 10_000;
  }
  await drain(next, ports);
  const at = mishap?.call ?? 0;
  let done = 0;
  const hand = inHand.find(({ length }) => {
    done += length;
    return done >= at;
  });
  return { ports, calls: first.calls, arrived, inFlight: hand?.filter((call) => call === 'send').length ?? 0 };
}

class Killed extends Error {}

/** Those that events are routed to; a fallback only gets what others do not take. */
const targets = (receivers: readonly Receiver[]): string[] =>
  receivers.map(({ name }) => name).filter((name) => !receivers.some(({ fallback }) => fallback === name));

/** The laws that hold whatever happened. */
function lawful({ receivers, events, ends }: Flow, { ports, arrived, inFlight }: Outcome, where: string): void {
  const { ledger, deliveries } = ports;
  const said = new Set<string>();
  for (const receiver of receivers) {
    const { name } = receiver;
    const entries = entriesOf(ledger, name);
    const dead = entries.filter(({ state }) => state === 'dead').map(({ event }) => event.id);
    for (const { state, event, digest } of entries) {
      if (state === 'sent') said.add(JSON.stringify([name, digest ?? event.id]));
      if (event.kind !== 'notice') expect(ends[name], `${where}: ${name}`).toContain(state);
    }
    if (targets(receivers).includes(name)) {
      const known = entries.map(({ event }) => event.id);
      for (const { id } of events) expect(known, `${where}: no event is lost`).toContain(id);
    }
    const letters = entriesOf(ledger, name, 'dead:').map(({ event }) => event.id);
    expect(letters.sort(), `${where}: what is given up is a dead letter`).toStrictEqual(dead.sort());
    const passedOn = entriesOf(ledger, receiver.fallback ?? '').map(({ event }) => event.id);
    for (const id of receiver.fallback ? dead : []) expect(passedOn, `${where}: the fallback has it`).toContain(id);
    expect(ledger.rows(name, 'parked:'), `${where}: nothing waits for ever`).toStrictEqual([]);
    expect(stateOf(ledger, name).flushAt, `${where}: no flush is awaited`).toBeUndefined();
  }
  expect(deliveries.waiting, where).toStrictEqual([]);
  const messages = arrived.map(({ receiver, id }) => JSON.stringify([receiver, id]));
  for (const each of said) expect(messages, `${where}: what is said to be sent has arrived`).toContain(each);
  expect(messages.length - said.size, `${where}: messages too many`).toBeLessThanOrEqual(inFlight);
}

describe.each(Object.entries(flows))('%s', (_name, flow) => {
  it('ends as it should where nothing happens, and every message arrives once', async () => {
    const outcome = await run(flow);

    lawful(flow, { ...outcome, inFlight: 0 }, 'in peace');
    expect(outcome.calls.length).toBeGreaterThan(2);
  });

  it.each([
    ['the process is killed', 'before', 'killed', 0],
    ['the process is killed', 'after', 'killed', 1],
    ['storage fails', 'before', 'fault', 2],
    ['storage fails', 'after', 'fault', 3],
  ] as const)(
    'loses nothing and doubles only what was in flight, where %s %s any step',
    async (_what, moment, kind, turn) => {
      const { calls } = await run(flow);
      const steps = calls.map((_, at) => at + 1);

      for (const call of part(steps, turn, flow.long === true ? 4 : 2)) {
        lawful(flow, await run(flow, { call, moment, kind }), `${kind} ${moment} ${call} of ${calls.join(', ')}`);
      }
    },
  );
});
