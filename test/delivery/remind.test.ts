import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/delivery/rules/delivery.ts';
import { reminderRow } from '../../src/delivery/rules/reminders.ts';
import type { Transport } from '../../src/destinations/transport.ts';
import type { EventOf, RelayEvent } from '../../src/event/event.ts';
import type { Relay } from '../../src/relay/relay.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { type Mishap, mortal } from '../support/killed.ts';
import { type MemoryPorts, memoryPorts } from '../support/ports.ts';
import { post, receiverAt, relayWith } from '../support/relay.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const EVERY = 4 * HOUR;
const START = Date.parse('2026-11-20T14:05:09.000Z');

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
const ops = receiverAt('webhook', 'http://127.0.0.1:1/ops', 'ops');
const routes = [{ to: ['ops'], remind: EVERY }];

/** What arrived: the event, and when by the tests' clock. */
interface Arrived {
  readonly event: RelayEvent;
  readonly at: number;
}

function world(answer: (at: number) => number = () => 204) {
  const ports = memoryPorts();
  const arrived: Arrived[] = [];
  const chat: Transport = async (_to, payload) => {
    const status = answer(ports.time.now);
    if (status < 300) arrived.push({ event: (payload as { data: RelayEvent }).data, at: ports.time.now });
    return { kind: 'answered', status, headers: {}, body: '' } as unknown as Awaited<ReturnType<Transport>>;
  };
  return { ports: { ...ports, transports: { ...ports.transports, 'signed-webhook': chat } }, arrived };
}

const alertAt = (hours: number, more: Partial<EventOf<'alert'>> = {}): EventOf<'alert'> => ({
  ...examples.alert,
  severity: 'warning',
  id: `fired-${hours}`,
  occurredAt: iso(START + hours * HOUR),
  firedAt: iso(START + hours * HOUR),
  ...more,
});
const endAt = (hours: number): EventOf<'alert'> => alertAt(hours, { id: `end-${hours}`, state: 'resolved' });

const told = (event: RelayEvent, more: Partial<Delivery> = {}): Delivery =>
  deliveryTo(['ops'], { event, remind: EVERY, acceptedAt: iso(START), ...more });

const stillOf = ({ event }: Arrived) => (event.kind === 'alert' ? event.still : undefined);
const remindersIn = (arrived: readonly Arrived[]) => arrived.filter((each) => stillOf(each) !== undefined);
const hoursOf = (arrived: readonly Arrived[]) => arrived.map(({ at }) => Math.round((at - START) / HOUR));

/** As the queue brings it at that hour. */
const send = (ports: MemoryPorts, hours: number, delivery: Delivery) =>
  ports.deliveries.send({ ...delivery, acceptedAt: iso(START + hours * HOUR) }, hours * 3_600);

describe('an alert that still fires', () => {
  it('is told again at the pace of its route, with how long it has fired', async () => {
    const { ports, arrived } = world();
    const { relay } = relayWith([ops], ports, { routes });
    await send(ports, 0, told(alertAt(0)));
    await drain(relay, ports, START + 13 * HOUR);

    expect(hoursOf(arrived)).toStrictEqual([0, 4, 8, 12]);
    expect(remindersIn(arrived).map(stillOf)).toMatchObject(
      [4, 8, 12].map((hours) => ({ at: iso(START + hours * HOUR), since: iso(START) })),
    );
  });

  it('is told once where nobody asks for more', async () => {
    const { ports, arrived } = world();
    const { relay } = relayWith([ops], ports);
    const { remind: _, ...once } = told(alertAt(0));
    await send(ports, 0, once);
    await drain(relay, ports, START + 30 * DAY);

    expect(arrived).toHaveLength(1);
  });

  it('is told again no more once its route says nothing of it', async () => {
    const { ports, arrived } = world();
    await send(ports, 0, told(alertAt(0)));
    await drain(relayWith([ops], ports, { routes }).relay, ports, START + 5 * HOUR);
    await drain(relayWith([ops], ports).relay, ports, START + 3 * DAY);

    expect(hoursOf(arrived)).toStrictEqual([0, 4]);
    expect(ports.deliveries.waiting).toStrictEqual([]);
  });

  it('comes from a webhook by the routes of the configuration', async () => {
    const { ports, arrived } = world();
    const { relay } = relayWith([ops], ports, { routes });
    const body = {
      version: '4',
      groupKey: '{}:{}',
      status: 'firing',
      receiver: 'relay',
      notification_reason: 'repeat interval elapsed',
      alerts: [{ status: 'firing', labels: { alertname: 'Full' }, startsAt: iso(START), fingerprint: 'a' }],
    };
    await relay.accept(post(body, 'alertmanager'));
    await drain(relay, ports, START + 5 * HOUR);
    await relay.accept(post(body, 'alertmanager'));
    await drain(relay, ports, START + 9 * HOUR);

    expect(hoursOf(arrived)).toStrictEqual([0, 4, 8]);
  });
});

describe('a reminder', () => {
  it.each([
    ['silence', { windows: [], inhibitions: [] }],
    ['window', { windows: [{ name: 'w', isOpen: () => true, endAfter: () => START + 90 * DAY }], inhibitions: [] }],
  ])('does not come while a %s keeps it back', async (kind, rules) => {
    const { ports, arrived } = world();
    const quiet = { ...rules, breakThrough: 'critical' as const };
    const { relay } = relayWith([ops], ports, { routes, quiet });
    await send(ports, 0, told(alertAt(0)));
    await drain(relayWith([ops], ports, { routes }).relay, ports, START + HOUR);
    if (kind === 'silence') {
      const endsAt = iso(START + 9 * HOUR);
      const silence = { match: { resource: '*' }, author: 'a', reason: 'r', endsAt };
      expect(await relay.silences(post(silence))).toMatchObject({ status: 201 });
    }
    await drain(relay, ports, START + 13 * HOUR);

    expect(hoursOf(arrived)).toStrictEqual(kind === 'silence' ? [0, 12] : [0]);
  });

  it('that nobody could be told in time is dropped, not told after the end', async () => {
    // Away from the first reminder to after the end.
    const { ports, arrived } = world((at) => (at >= START + 4 * HOUR && at < START + 5 * HOUR ? 503 : 204));
    const { relay } = relayWith([ops], ports, { routes });
    await send(ports, 0, told(alertAt(0)));
    await send(ports, 4.5, told(endAt(4.4)));
    await drain(relay, ports, START + 2 * DAY);

    expect(remindersIn(arrived)).toStrictEqual([]);
    expect(arrived.at(-1)?.event).toMatchObject({ state: 'resolved' });
  });

  it('goes to the fallback of a receiver that takes nothing', async () => {
    const { ports, arrived } = world();
    const second = receiverAt('webhook', 'http://127.0.0.1:1/second', 'second');
    const { relay } = relayWith([{ ...ops, fallback: 'second' }, second], ports, { routes });
    const transports = {
      ...ports.transports,
      'signed-webhook': (async (to, ...rest) =>
        to.url === ops.url
          ? { kind: 'answered', status: 410, headers: {}, body: '' }
          : ports.transports['signed-webhook'](to, ...rest)) as Transport,
    };
    const broken = relayWith([{ ...ops, fallback: 'second' }, second], { ...ports, transports }, { routes });
    await send(ports, 0, told(alertAt(0)));
    await drain(relay, ports, START + HOUR);
    await drain(broken.relay, ports, START + 17 * HOUR);

    const late = remindersIn(arrived).filter(({ at }) => at > START + HOUR);
    expect(late.length).toBeGreaterThan(0);
  });
});

describe('an alert whose end never comes', () => {
  it('is closed after seven days without news, and that is told once', async () => {
    const { ports, arrived } = world();
    const { relay } = relayWith([ops], ports, { routes });
    await send(ports, 0, told(alertAt(0)));
    await drain(relay, ports, START + 30 * DAY);

    const closed = arrived.filter((each) => stillOf(each)?.closed);
    expect(hoursOf(closed)).toStrictEqual([168]);
    expect(arrived.at(-1)).toBe(closed[0]);
    expect(ports.deliveries.waiting).toStrictEqual([]);
  });

  it('lives for as long as its sender repeats it, and is told by the pace alone', async () => {
    const { ports, arrived } = world();
    const { relay } = relayWith([ops], ports, { routes });
    for (let day = 0; day <= 12; day += 3) await send(ports, 24 * day, told(alertAt(0)));
    await drain(relay, ports, START + 40 * DAY);

    const closed = arrived.filter((each) => stillOf(each)?.closed);
    expect(hoursOf(closed)).toStrictEqual([24 * 19]);
    expect(arrived.filter((each) => stillOf(each) === undefined)).toHaveLength(1);
    expect(remindersIn(arrived)).toHaveLength(19 * 6);
  });

  it('is reminded anew where its sender repeats it after that', async () => {
    const { ports, arrived } = world();
    const { relay } = relayWith([ops], ports, { routes });
    await send(ports, 0, told(alertAt(0)));
    await send(ports, 24 * 8, told(alertAt(0)));
    await drain(relay, ports, START + 8 * DAY + 5 * HOUR);

    expect(hoursOf(arrived).at(-1)).toBe(24 * 8 + 4);
    expect(arrived.filter((each) => stillOf(each) === undefined)).toHaveLength(1);
  });

  it('is told once a day where it is critical', async () => {
    const { ports, arrived } = world();
    const { relay } = relayWith([ops], ports, { routes });
    await send(ports, 0, told(alertAt(0, { severity: 'critical' })));
    await drain(relay, ports, START + 10 * DAY + HOUR);

    expect(hoursOf(arrived).slice(-4)).toStrictEqual([168, 192, 216, 240]);
    expect(arrived.some((each) => stillOf(each)?.closed)).toBe(false);
  });
});

/** Beginnings, repeats and ends of one story, each at an hour. */
const stories = fc.array(
  fc.record({
    hours: fc.integer({ min: 0, max: 40 }).map((quarter) => quarter / 2 + 0.1),
    what: fc.constantFrom('fires', 'repeats', 'ends'),
  }),
  { minLength: 1, maxLength: 6 },
);

type Story = typeof stories extends fc.Arbitrary<infer T> ? T : never;

async function played(steps: Story, relays: (ports: MemoryPorts) => readonly Relay[]) {
  const { ports, arrived } = world();
  const sorted = steps.toSorted((a, b) => a.hours - b.hours);
  let last = alertAt(0);
  await send(ports, 0, told(last));
  const marks: { readonly at: number; readonly fires: boolean }[] = [{ at: START, fires: true }];
  for (const { hours, what } of sorted) {
    if (what === 'fires') last = alertAt(hours);
    await send(ports, hours, told(what === 'ends' ? endAt(hours) : last));
    if (what !== 'repeats') marks.push({ at: START + hours * HOUR, fires: what === 'fires' });
  }
  const all = relays(ports);
  await drain(all, ports, START + 30 * HOUR);
  return { ports, arrived, marks };
}

/** What holds of every story, however it is played. */
function expectLaws({ arrived, marks }: Pick<Awaited<ReturnType<typeof played>>, 'arrived' | 'marks'>) {
  const reminders = remindersIn(arrived);
  for (const each of reminders) {
    const before = marks.findLast(({ at }) => at <= each.at);
    // Only of what fires, and of its newest beginning.
    expect(before?.fires).toBe(true);
    expect(Date.parse(stillOf(each)?.since ?? '')).toBe(marks.findLast(({ at, fires }) => fires && at <= each.at)?.at);
  }
  const ids = reminders.map(({ event }) => event.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [index, { at }] of reminders.entries()) {
    const before = reminders[index - 1];
    const began = marks.findLast((mark) => mark.fires && mark.at <= at)?.at ?? START;
    if (before !== undefined && before.at >= began) expect(at - before.at).toBeGreaterThanOrEqual(EVERY - 600_000);
    expect(at - began).toBeGreaterThanOrEqual(EVERY - 60_000);
  }
}

describe('the laws of reminders', () => {
  it.each([1, 2])('hold whatever happens to a story, with %i relays', async (many) => {
    await fc.assert(
      fc.asyncProperty(stories, async (steps) => {
        expectLaws(
          await played(steps, (ports) => Array.from({ length: many }, () => relayWith([ops], ports, { routes }).relay)),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('hold where calls are lost, which the watch finds', async () => {
    const { ports, arrived } = world();
    const { relay } = relayWith([ops], ports, { routes });
    await send(ports, 0, told(alertAt(0)));
    await drain(relay, ports, START + HOUR);
    ports.deliveries.waiting.length = 0;
    for (let hour = 2; hour <= 10; hour += 1) {
      ports.time.now = START + hour * HOUR + 1;
      await relay.watch();
      await drain(relay, ports, ports.time.now);
    }

    expect(hoursOf(remindersIn(arrived))).toStrictEqual([5, 9]);
    expectLaws({ arrived, marks: [{ at: START, fires: true }] });
  });

  it('hold where the same call comes twice', async () => {
    const { ports, arrived } = world();
    const { relay } = relayWith([ops], ports, { routes });
    await send(ports, 0, told(alertAt(0)));
    await drain(relay, ports, START + HOUR);
    for (const { message } of [...ports.deliveries.waiting]) await ports.deliveries.send(message, 3 * 3_600);
    await drain(relay, ports, START + 13 * HOUR);

    expect(hoursOf(arrived)).toStrictEqual([0, 4, 8, 12]);
    expect(ports.deliveries.waiting).toHaveLength(1);
  });

  it('hold where a process is killed, or storage fails, at each of its calls', async () => {
    const quiet = await killed(undefined);
    expect(hoursOf(quiet.arrived)).toStrictEqual([0, 4, 8, 12]);
    for (let call = 1; call <= quiet.calls; call += 1) {
      for (const moment of ['before', 'after'] as const) {
        for (const kind of ['killed', 'fault'] as const) {
          const { arrived } = await killed({ call, moment, kind });
          const ids = new Set(arrived.map(({ event }) => event.id));
          // A send that nobody recorded is repeated, on purpose; nothing is lost, and nothing new is made of it.
          expect({ call, moment, kind, told: ids.size }).toStrictEqual({ call, moment, kind, told: 4 });
          expect(arrived.length).toBeLessThanOrEqual(5);
        }
      }
    }
  });
});

/** Tells an alert and reminds of it; one process meets with a mishap, another one finds what it left, and watches each hour. */
async function killed(mishap: Mishap | undefined) {
  const { ports, arrived } = world();
  const mortals = mortal(ports, mishap);
  const first = relayWith([ops], mortals.ports, { routes }).relay;
  const second = relayWith([ops], ports, { routes }).relay;
  await send(ports, 0, told(alertAt(0)));
  let isDead = false;
  const alive: Relay = {
    ...first,
    deliver: async (message, owner) => {
      if (isDead) return second.deliver(message, owner);
      const result = await Promise.race([first.deliver(message, owner), mortals.dead]);
      if (result !== 'dead') return result;
      isDead = true;
      // The host brings the message again.
      return second.deliver(message, owner);
    },
  };
  for (let hour = 1; hour <= 13; hour += 1) {
    await drain(alive, ports, START + hour * HOUR + 60_000);
    await second.watch();
    await drain(alive, ports, ports.time.now);
  }
  return { arrived, calls: mortals.calls.length };
}

describe('the message of a reminder', () => {
  it('is to the release before a release of what nobody holds', async () => {
    const { ports, arrived } = world();
    const { relay } = relayWith([ops], ports, { routes });
    await send(ports, 0, told(alertAt(0)));
    await drain(relay, ports, START + HOUR);
    const message = ports.deliveries.next()?.message;
    const { remind: _, ...asRead } = { remind: undefined, ...message };

    expect(message).toMatchObject({ version: 1, receivers: ['ops'], remind: { at: iso(START + EVERY) } });
    expect(await relay.deliver(asRead)).toMatchObject([{ outcome: 'nothing' }]);
    expect(arrived).toHaveLength(1);
  });
});

describe('the row of a reminder', () => {
  it('is read by the release that follows', async () => {
    const { ports } = world();
    await send(ports, 0, told(alertAt(0)));
    await drain(relayWith([ops], ports, { routes }).relay, ports, START + HOUR);

    expect(ports.ledger.rows('ops', 'remind:').map(({ value }) => reminderRow.safeParse(value).success)).toStrictEqual([
      true,
    ]);
  });
});
