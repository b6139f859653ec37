import { describe, expect, it } from 'vitest';
import { iso } from '../../src/delivery/dispatch.ts';
import { bundle } from '../../src/delivery/rules/bundle.ts';
import { QUIET, silenceKey } from '../../src/delivery/rules/keys.ts';
import { laneOf } from '../../src/delivery/rules/lanes.ts';
import { untilOf } from '../../src/delivery/rules/storm.ts';
import { destinations } from '../../src/destinations/registry.ts';
import type { Transport } from '../../src/destinations/transport.ts';
import type { EventOf } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';
import { clockSetBy } from '../../src/outbound/storage/clock.ts';
import { StorageError } from '../../src/problems/errors.ts';
import { createRelay, type Relay } from '../../src/relay/relay.ts';
import { compileMutes } from '../../src/routing/mutes.ts';
import { deliveryTo, entriesOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { largest } from '../support/largest.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt } from '../support/relay.ts';

// The tests' clock begins on a Friday, 14:05:09 UTC.
const START = Date.parse('2026-11-20T14:05:09.000Z');
const HOUR = 3_600_000;

type Alert = EventOf<'alert'>;

function alertOf(name: string, severity: Alert['severity'], seconds: number, state: Alert['state'] = 'fired'): Alert {
  const occurredAt = new Date(START + seconds * 1_000).toISOString();
  const id = identity('test', name, state, occurredAt);
  return { ...examples.alert, id, story: `story of ${name}`, rule: name, state, severity, occurredAt };
}

/** Numbers in [0, 1), the same for the same seed: mulberry32. */
function numbers(seed: number): () => number {
  let at = seed;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let so = Math.imul(at ^ (at >>> 15), 1 | at);
    so = (so + Math.imul(so ^ (so >>> 7), 61 | so)) ^ so;
    return ((so ^ (so >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Rules = Parameters<typeof compileMutes>[0];

interface Given {
  readonly rules?: Rules;
  readonly answers?: (id: string, before: number) => { readonly status: number; readonly body: string };
}

/** One relay: by how much its clock is wrong (milliseconds), whether a write fails now, and its quiet rules. */
interface Instance {
  readonly skew?: number;
  /** Whether storage's answers set it right. */
  readonly hears?: boolean;
  readonly fails?: () => boolean;
  readonly given?: Rules;
}

/** Storage and a Slack channel in memory, and relays that serve it, each with its own clock and its own mishaps. */
function world({ rules = {}, answers = () => ({ status: 200, body: 'ok' }) }: Given = {}) {
  const ports = memoryPorts();
  const posts: { readonly id: string; readonly at: number; readonly taken: boolean }[] = [];
  const chat: Transport = async (_to, _payload, id) => {
    const answer = answers(id, posts.length);
    posts.push({ id, at: ports.time.now, taken: answer.status === 200 });
    return { kind: 'answered', ...answer };
  };
  const make = ({ skew = 0, hears = false, fails = () => false, given = rules }: Instance = {}): Relay => {
    const { ledger } = ports;
    const local = () => ports.time.now + skew;
    const clock = clockSetBy(local);
    // To the second, as HTTP says it.
    const hear = () => hears && clock.heard(new Date(ports.time.now).toUTCString(), local());
    const write: typeof ledger.write = async (...change) => {
      if (fails()) throw new StorageError('the ledger did not answer', 'no answer');
      const done = await ledger.write(...change);
      hear();
      if (fails()) throw new StorageError('the ledger did not answer', 'no answer');
      return done;
    };
    return createRelay({
      receivers: [{ ...receiverAt('slack', 'http://127.0.0.1:1', 'ops'), rate: destinations.slack.rate }],
      routes: [{ to: ['ops'] }],
      quiet: compileMutes(given, 'UTC'),
      ports: {
        ...ports,
        // A try comes again before the hold that its failure brought is over.
        random: () => 0,
        clock: { ...ports.clock, now: clock.now },
        transports: { ...ports.transports, 'slack-webhook': chat },
        ledger: {
          read: (...key) => {
            hear();
            return ledger.read(...key);
          },
          write,
          list: (...range) => ledger.list(...range),
          clean: (...range) => ledger.clean(...range),
          check: () => ledger.check(),
        },
      },
    });
  };
  const put = (event: Alert, seconds: number) =>
    ports.deliveries.send(deliveryTo(['ops'], { event, acceptedAt: event.occurredAt }), seconds);
  /** Which post first told of each event, by its id; to be asked once all is over. */
  const firstPosts = (): ReadonlyMap<string, number> => {
    const at = new Map<string, number>();
    for (const [index, { id }] of posts.entries()) if (!at.has(id)) at.set(id, index);
    return new Map(
      entriesOf(ports.ledger, 'ops').map(({ event, digest }) => [
        event.id,
        at.get(event.id) ?? at.get(digest ?? '') ?? -1,
      ]),
    );
  };
  return { ports, posts, make, put, firstPosts };
}

const WINDOWS: Rules = {
  windows: [
    { name: 'first', from: '14:10', to: '14:20' },
    { name: 'second', from: '14:15', to: '14:25' },
  ],
};

const SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;

/** Some dozens of alerts within half an hour, most of them in bursts; some end. */
function alertsOf(random: () => number) {
  const bursts = [random() * 300, random() * 1_800, 300 + random() * 600];
  return Array.from({ length: 45 }, (_, index) => {
    const at = random() < 0.7 ? (bursts[index % 3] ?? 0) + random() * 4 : random() * 1_800;
    const severity = SEVERITIES[Math.floor(random() * 4)] ?? 'info';
    const fired = alertOf(`rule-${index}`, severity, at);
    if (random() < 0.8) return [{ event: fired, at }];
    const later = at + random() * 400;
    return [
      { event: fired, at },
      { event: alertOf(`rule-${index}`, severity, later, 'resolved'), at: later },
    ];
  }).flat();
}

/** The law for every event, whatever happened. */
function accounted({ ports, posts }: ReturnType<typeof world>, ids: readonly string[], where: string): void {
  const entries = new Map(entriesOf(ports.ledger, 'ops').map((entry) => [entry.event.id, entry]));
  const arrived = new Set(posts.filter(({ taken }) => taken).map(({ id }) => id));
  for (const id of ids) {
    const entry = entries.get(id);
    const told = entry?.digest ?? id;
    expect(['sent', 'dead', 'overtaken', 'quiet'], `${where}: ${id}`).toContain(entry?.state);
    if (entry?.state === 'quiet') {
      expect(entry.digest, `${where}: what was held is in a digest`).toBeDefined();
      expect(['sent', 'dead'], where).toContain(entries.get(told)?.state);
      const outer = entries.get(told)?.digest ?? told;
      if (entries.get(told)?.state === 'sent') expect(arrived, where).toContain(outer);
    }
    if (entry?.state === 'sent') expect(arrived, where).toContain(told);
  }
  for (const prefix of ['held:', 'parked:']) expect(ports.ledger.rows('ops', prefix), where).toStrictEqual([]);
  expect(ports.deliveries.waiting, where).toStrictEqual([]);
}

describe('whatever comes, with bursts and quiet windows', () => {
  it('in peace, each event is told once, and no critical one after a lesser one that came later', async () => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const there = world({ rules: WINDOWS });
      const alerts = alertsOf(numbers(seed));
      for (const { event, at } of alerts) await there.put(event, at);

      await drain([there.make(), there.make()], there.ports);

      const where = `seed ${seed}`;
      const ids = alerts.map(({ event }) => event.id);
      accounted(there, ids, where);
      expect(new Set(there.posts.map(({ id }) => id)).size, where).toBe(there.posts.length);
      const posts = there.firstPosts();
      const firstPost = (id: string) => posts.get(id) ?? -1;
      for (const one of alerts.filter(({ event }) => event.severity === 'critical' && event.state === 'fired')) {
        const first = firstPost(one.event.id);
        if (first < 0) continue;
        for (const { event, at } of alerts) {
          const other = firstPost(event.id);
          if (at <= one.at || laneOf(event) === 'urgent' || other < 0) continue;
          // What ended while it waited is told with its end.
          const ended = alerts.some((each) => each.event.story === one.event.story && each.event !== one.event);
          if (!ended) expect(first, `${where}: ${one.event.rule}`).toBeLessThanOrEqual(other + 1);
        }
      }
    }
  });

  it.each([
    [30_000, false, 10],
    [600_000, false, 5],
    [600_000, true, 5],
  ])(
    'where storage fails, messages come twice, the chat refuses and clocks are %i ms off, none is lost (set right: %s)',
    async (off, hears, seeds) => {
      for (let seed = 1; seed <= seeds; seed += 1) {
        const random = numbers(1_000 + seed);
        const there = world({
          rules: WINDOWS,
          answers: () => (random() < 0.1 ? { status: 503, body: '' } : { status: 200, body: 'ok' }),
        });
        let calm = false;
        const fails = () => !calm && random() < 0.02;
        const relays = [-off, 0, off].map((skew): Relay => {
          const relay = there.make({ skew, hears, fails });
          return {
            ...relay,
            async deliver(message, owner) {
              const reports = await relay.deliver(message, owner);
              return random() < 0.05 ? relay.deliver(message, owner) : reports;
            },
          };
        });
        const alerts = alertsOf(random);
        for (const { event, at } of alerts) await there.put(event, at);

        await drain(relays, there.ports, START + HOUR);
        calm = true;
        const last = there.make();
        for (let hour = 0; hour < 4; hour += 1) {
          await drain(last, there.ports);
          there.ports.time.now += HOUR;
          await last.watch();
        }
        await drain(last, there.ports);

        const ids = alerts.map(({ event }) => event.id);
        accounted(there, ids, `seed ${seed}`);
      }
    },
  );
});

describe('two relays whose clocks differ', () => {
  it.each([
    [-30_000, 30_000],
    [-600_000, 600_000],
    [0, 600_000],
  ])('by %i and %i ms tell as soon as two whose clocks are right', async (one, other) => {
    for (let seed = 1; seed <= 4; seed += 1) {
      const told = [
        [0, 0],
        [one, other],
      ].map(async (skews) => {
        const there = world({ rules: WINDOWS });
        const alerts = alertsOf(numbers(seed));
        for (const { event, at } of alerts) await there.put(event, at);
        await drain(
          skews.map((skew) => there.make({ skew, hears: true })),
          there.ports,
        );
        const ids = alerts.map(({ event }) => event.id);
        accounted(there, ids, `seed ${seed}, ${skews}`);
        const first = there.firstPosts();
        const urgent = alerts.filter(({ event }) => laneOf(event) === 'urgent');
        return urgent.map(({ event }) => there.posts[first.get(event.id) ?? -1]?.at);
      });
      const [right = [], wrong = []] = await Promise.all(told);
      for (const [index, at] of right.entries()) {
        if (at === undefined) continue;
        expect(wrong[index], `seed ${seed}, ${index}`).toBeLessThanOrEqual(at + 5_000);
      }
    }
  });
});

describe('urgent events', () => {
  it('that a flush left behind do not wait until a storm is gathered', async () => {
    const there = world();
    for (let index = 0; index < 800; index += 1) {
      await there.put(alertOf(`rule-${index}`, 'info', index / 10), index / 10);
    }
    const urgent = Array.from({ length: 40 }, (_, index) => alertOf(`db-${index}-down`, 'critical', 75));
    for (const event of urgent) await there.put(event, 75);

    await drain(there.make(), there.ports);

    const first = there.firstPosts();
    for (const { id } of urgent) {
      expect(there.posts[first.get(id) ?? -1]?.at).toBeLessThanOrEqual(START + (75 + 45) * 1_000);
    }
  });

  it('that the chat never takes keep none of the others waiting, and end as dead letters', async () => {
    const poison = alertOf('poison', 'critical', 0);
    const there = world({
      answers: (id) => (id === poison.id ? { status: 500, body: '' } : { status: 200, body: 'ok' }),
    });
    await there.put(poison, 0);
    const others = Array.from({ length: 60 }, (_, index) => alertOf(`rule-${index}`, 'info', 1 + index));
    for (const [index, event] of others.entries()) await there.put(event, 1 + index);

    await drain(there.make(), there.ports);

    const states = entriesOf(there.ports.ledger, 'ops').map(({ event, state }) => [event.id === poison.id, state]);
    expect(states.filter(([isPoison]) => isPoison)).toStrictEqual([[true, 'dead']]);
    expect(states.filter(([isPoison]) => !isPoison)).toStrictEqual(Array(60).fill([false, 'sent']));
    const first = there.firstPosts();
    for (const { id } of others) {
      expect(there.posts[first.get(id) ?? -1]?.at).toBeLessThanOrEqual(START + 15 * 60_000);
    }
  });
});

describe('a storm', () => {
  it('holds also by a clock that is half a minute behind', () => {
    expect(untilOf({ step: 2, until: START + 90_000 }, [1_000, 10_000, 60_000], START)).toBe(START + 90_000);
    expect(untilOf({ step: 2, until: START + HOUR }, [1_000, 10_000, 60_000], START)).toBe(0);
  });
});

describe('a flush that its host gave up', () => {
  it('is made by the message that is queued again, once the lease is over', async () => {
    const there = world();
    for (let index = 0; index < 12; index += 1) await there.put(alertOf(`rule-${index}`, 'info', 0), 0);
    let writes = 0;
    await drain(there.make(), there.ports, START);
    const doomed = there.make({ fails: () => ++writes > 2 });
    const flush = there.ports.deliveries.waiting.find(({ message }) => 'flush' in message);
    there.ports.time.now += 2_000;
    await expect(doomed.deliver(flush?.message, flush?.id)).rejects.toThrow(StorageError);
    there.ports.deliveries.waiting.length = 0;
    there.ports.poison.give(flush?.message);
    there.ports.time.now += 10 * 60_000;

    await there.make().sweep();
    await drain(there.make(), there.ports);

    expect(there.ports.ledger.rows('ops', 'parked:')).toStrictEqual([]);
  });
});

describe('a window', () => {
  const night = { name: 'night', from: '14:00', to: '16:00' };
  const END = Date.parse('2026-11-20T16:00:00.000Z');

  it('that ends while another one is open tells nothing until that ends too', async () => {
    const there = world({ rules: { windows: [night, { name: 'weekend', from: '15:00', to: '18:00' }] } });
    const events = Array.from({ length: 45 }, (_, index) => alertOf(`rule-${index}`, 'error', index));
    for (const [index, event] of events.entries()) await there.put(event, index);

    await drain(there.make(), there.ports);

    expect(there.posts).toHaveLength(1);
    expect(there.posts[0]?.at).toBeGreaterThanOrEqual(END + 2 * HOUR);
    accounted(
      there,
      events.map(({ id }) => id),
      'overlapping',
    );
  });

  it('that is in the configuration no more, and whose call was lost, leaves what it held to the watch', async () => {
    const there = world({ rules: { windows: [night] } });
    const event = alertOf('web-cpu', 'error', 10);
    await there.put(event, 10);
    await drain(there.make(), there.ports, START + 60_000);
    there.ports.deliveries.waiting.length = 0;
    const renamed = there.make({ given: { windows: [{ ...night, name: 'nights', to: '14:30' }] } });
    there.ports.time.now = END;

    await renamed.watch();
    await drain(renamed, there.ports);

    accounted(there, [event.id], 'renamed');
    const digest = entriesOf(there.ports.ledger, 'ops').find((entry) => entry.event.kind === 'digest');
    expect(digest?.event).toMatchObject({ cause: 'rate', window: 'night' });
  });

  it('whose telling storage breaks off anywhere is told once, also where one of them ends before it goes on', async () => {
    for (let breaksAt = 1; breaksAt < 24; breaksAt += 1) {
      const there = world({ rules: { windows: [night] } });
      const events = Array.from({ length: 45 }, (_, index) => alertOf(`rule-${index}`, 'error', index));
      for (const [index, event] of events.entries()) await there.put(event, index);
      await drain(there.make(), there.ports, END - 1);
      const release = there.ports.deliveries.next();
      there.ports.time.now = END + 5_000;
      let writes = 0;
      const broken = there.make({ fails: () => ++writes === breaksAt });
      await broken
        .deliver(release?.message, release?.id)
        .catch((error: unknown) => expect(error).toBeInstanceOf(StorageError));
      if (breaksAt % 2 === 0) await there.put(alertOf('rule-3', 'error', 7_000, 'resolved'), 0);

      await drain(there.make(), there.ports);

      const digests = there.posts.filter(({ id }) => !events.some((each) => each.id === id));
      expect(digests.length, `${breaksAt}`).toBe(breaksAt % 2 === 0 ? 2 : 1);
      accounted(
        there,
        events.map(({ id }) => id),
        `broken off at ${breaksAt}`,
      );
    }
  });

  it('in which somebody silenced what it holds tells none of that', async () => {
    const there = world({ rules: { windows: [night] } });
    const [wanted, unwanted] = [alertOf('wanted', 'error', 10), alertOf('unwanted', 'error', 11)];
    await there.put(wanted, 10);
    await there.put(unwanted, 11);
    await drain(there.make(), there.ports, START + 60_000);
    const made = { author: 'Sam', reason: 'known', startsAt: iso(START), endsAt: iso(END + HOUR) };
    const value = { id: 'abcd1234', match: { subject: 'unwanted' }, ...made };
    await there.ports.ledger.write(QUIET, [{ kind: 'put', key: silenceKey('abcd1234'), value }]);

    await drain(there.make(), there.ports);

    const rows = new Map(entriesOf(there.ports.ledger, 'ops').map((entry) => [entry.event.id, entry]));
    expect(rows.get(unwanted.id)).toMatchObject({ state: 'quiet', reason: 'silence abcd1234' });
    expect(rows.get(unwanted.id)?.digest).toBeUndefined();
    expect(rows.get(wanted.id)?.digest).toBeDefined();
    expect(there.posts).toHaveLength(1);
  });

  it('that is over by one clock and not by another loses nothing of the seconds between', async () => {
    const there = world({ rules: { windows: [night] } });
    const [early, late] = [alertOf('early', 'error', 10), alertOf('late', 'error', 6_885)];
    await there.put(early, 10);
    const behind = there.make();
    await drain(behind, there.ports, END - 25_000);
    const release = there.ports.deliveries.waiting.find(({ message }) => 'release' in message);
    await there.make({ skew: 30_000 }).deliver(release?.message, release?.id);
    if (release !== undefined) there.ports.deliveries.delete(release);
    await there.put(late, 1);

    await drain(behind, there.ports);

    accounted(there, [early.id, late.id], 'skewed');
  });

  it('that held the longest of everything fits into a message of the queue', () => {
    const long = largest('alert');
    const waiting = Array.from({ length: 45 }, (_, index) => ({
      event: { ...long, id: `${index}`, story: `${index}`, severity: 'error' as const, state: 'fired' as const },
    }));

    const { event } = bundle(waiting, 'ops', { window: 'w'.repeat(40) });

    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThanOrEqual(44 * 1_024);
    const { stories = [], others = [], more = 0 } = event.kind === 'digest' ? event : {};
    expect(stories.length + others.length + more).toBe(45);
  });
});
