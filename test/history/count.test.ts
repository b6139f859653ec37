import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';
import { countHistory } from '../../src/history/count.ts';
import { carried, closed, opened } from '../../src/history/rules/carried.ts';
import { type DayCount, dayCount } from '../../src/history/rules/day-count.ts';
import { readCarried, readDays, writeDay } from '../../src/history/store.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { compileMutes } from '../../src/routing/mutes.ts';
import { chatAt } from '../support/chat.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { type MemoryLedger, memoryPorts } from '../support/ports.ts';
import { post, receiverAt, requestOf } from '../support/relay.ts';
import { Stack } from '../support/stack.ts';
import { madeUpMonth } from './month.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const START = Date.parse('2026-11-21T00:00:00.000Z');

async function world(
  more: Partial<Parameters<typeof createRelay>[0]> = {},
  names: readonly string[] = ['ops', 'team'],
) {
  const stack = new Stack();
  const ports = memoryPorts();
  ports.time.now = START;
  const chat = stack.use(await chatAt(ports));
  const receivers = names.map((name) => ({ ...receiverAt('slack', chat.url, name), rate: {} }));
  const relay = createRelay({ receivers, routes: [{ to: names }], ports, ...more });
  return { ports, chat, relay, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Every count of some days, under the names of the made-up month. */
function summed(days: readonly DayCount[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  const add = (day: string, what: string, by = 0) => {
    if (by > 0) sums[`${day} ${what}`] = (sums[`${day} ${what}`] ?? 0) + by;
  };
  for (const { day, of, name, environment, events, scale, alerts, deployments } of days) {
    if (of === 'all') add(day, 'events', events);
    if (of === 'environment') add(day, `events ${name}`, events);
    if (of === 'set' && scale)
      for (const what of ['out', 'in', 'failed', 'held'] as const) add(day, `${name} ${what}`, scale[what]);
    if (of === 'rule' && alerts) {
      const { acknowledge, resolve } = alerts;
      for (const what of ['fired', 'resolved', 'acknowledged', 'flaps'] as const)
        add(day, `${name} ${environment} ${what}`, alerts[what]);
      add(day, `${name} ${environment} acknowledge seconds`, acknowledge.seconds);
      add(day, `${name} ${environment} resolve seconds`, resolve.seconds);
    }
    if (of === 'deployment' && deployments) {
      const { lead, restore } = deployments;
      for (const what of ['succeeded', 'failed'] as const)
        add(day, `${name} ${environment} ${what}`, deployments[what]);
      add(day, `${name} ${environment} lead seconds`, lead.seconds);
      add(day, `${name} ${environment} restore seconds`, restore.seconds);
    }
  }
  return Object.fromEntries(Object.entries(sums).sort());
}

const all = (ledger: MemoryLedger) => readDays(ledger, '0000-01-01', '9999-12-31');

describe('a month that was made up, heard by a relay and counted every three hours,', () => {
  it.each([2_026])('comes to what was made up, to the last number: seed %i', async (seed) => {
    await using there = await world();
    const { ports, relay } = there;
    const { happenings, truth } = madeUpMonth(START, 30, seed);
    let next = START + 40 * 60_000;
    for (const { at, event } of happenings) {
      for (; next < at; next += 3 * HOUR) {
        ports.time.now = Math.max(ports.time.now, next);
        await relay.count();
      }
      ports.time.now = Math.max(ports.time.now, at);
      await ports.deliveries.send(deliveryTo(['ops', 'team'], { event, acceptedAt: event.occurredAt }));
      await drain(relay, ports, ports.time.now);
    }
    ports.time.now = next + DAY;
    await relay.count();

    const days = await all(ports.ledger);

    expect(happenings.length).toBeGreaterThan(500);
    expect(summed(days)).toStrictEqual(truth.sums);
    // Counted once more, and from the beginning, it is the same: a crash or a second instance changes nothing.
    await relay.count();
    expect(await all(ports.ledger)).toStrictEqual(days);
  });
});

const dayAt = (at: number): string => new Date(at).toISOString().slice(0, 10);

const only = (days: readonly DayCount[], of: DayCount['of'], name = '') =>
  days.filter((count) => count.of === of && count.name === name);

describe('what became of events', () => {
  it('is counted by receiver: sent, held, silenced; what no route takes is an event and no message', async () => {
    const quiet = compileMutes(
      { windows: [{ name: 'night', from: '10:00', to: '11:00', receivers: ['team'] }] },
      'UTC',
    );
    const routes = [{ match: ({ kind }: { kind: string }) => kind === 'scale', to: ['ops', 'team'] }];
    await using there = await world({ quiet, routes } as object);
    const { ports, relay } = there;
    ports.time.now = START + 10 * HOUR;
    const scale = { kind: 'scale', direction: 'out', to: 4, phase: 'succeeded' } as const;
    for (const name of ['a', 'b'])
      await relay.accept(post({ ...scale, resource: { name }, environment: 'prod' }, 'custom'));
    await relay.accept(post({ kind: 'custom', title: 'nobody wants it' }, 'custom'));
    await drain(relay, ports, ports.time.now + 1_000);
    await relay.count();

    const days = await all(ports.ledger);

    expect(only(days, 'receiver', 'ops')).toMatchObject([{ environment: 'prod', messages: { sent: 2, held: 0 } }]);
    expect(only(days, 'receiver', 'team')).toMatchObject([{ messages: { sent: 0, held: 2, bundled: 0 } }]);
    expect(only(days, 'all')).toMatchObject([{ events: 3, messages: { sent: 2, held: 2 } }]);

    // What was held left in a digest, which is a message of its own and no event.
    await drain(relay, ports, START + 12 * HOUR);
    await relay.count();
    const later = await all(ports.ledger);
    expect(only(later, 'receiver', 'team')).toMatchObject([{ messages: { sent: 1, held: 2, bundled: 2 } }]);
    expect(only(later, 'all')).toMatchObject([{ events: 3 }]);
  });

  it('is left out where a row is half written or of another form, and the count says how many those are', async () => {
    await using there = await world();
    const { ports, relay } = there;
    await ports.ledger.write('ops', [{ kind: 'put', key: 'event:1', value: { event: { kind: 'scale' } } }]);
    await ports.ledger.write('ops', [{ kind: 'put', key: 'event:2', value: null }]);
    await ports.deliveries.send(deliveryTo(['ops'], { acceptedAt: new Date(START + 1).toISOString() }));
    await drain(relay, ports, START + 1_000);

    expect(await relay.count()).toMatchObject({ events: 1, unread: 2 });
    expect(only(await all(ports.ledger), 'source', 'azure-autoscale')).toMatchObject([{ events: 1 }]);
  });

  it('says nothing of tests', async () => {
    await using there = await world();
    const event = { ...examples.alert, properties: { test: 'yes' } };
    await there.ports.deliveries.send(deliveryTo(['ops'], { event, acceptedAt: new Date(START + 1).toISOString() }));
    await drain(there.relay, there.ports, START + 1_000);
    await there.relay.count();

    expect(await all(there.ports.ledger)).toStrictEqual([]);
  });
});

describe('when is counted', () => {
  const given = (ports: ReturnType<typeof memoryPorts>) => ({
    ledger: ports.ledger,
    now: ports.time.now,
    receivers: ['ops'],
    episodes: async () => [],
  });

  it('at first all that the ledger remembers, then today, then yesterday once more by itself', async () => {
    await using there = await world();
    const { ports } = there;
    const runs: string[] = [];
    for (let hour = 0; hour < 40; hour += 3) {
      ports.time.now = START + hour * HOUR + 40 * 60_000;
      const { from, to } = await countHistory(given(ports));
      runs.push(`${hour} ${from === to ? to : `${from} to ${to}`}`);
    }

    expect(runs[0]).toBe(`0 ${dayAt(START - 29 * DAY)} to ${dayAt(START)}`);
    expect(runs.filter((run) => run.includes('to')).slice(1)).toStrictEqual([
      '12 2026-11-20 to 2026-11-21',
      '24 2026-11-21 to 2026-11-22',
      '36 2026-11-21 to 2026-11-22',
    ]);
  });

  it('after a week without a timer, all of it; after a clock that was ahead, everything', async () => {
    await using there = await world();
    const { ports } = there;
    await countHistory(given(ports));
    ports.time.now = START + 7 * DAY;
    expect(await countHistory(given(ports))).toMatchObject({ from: '2026-11-20', to: '2026-11-28' });

    ports.time.now = START + 400 * DAY;
    await countHistory(given(ports));
    ports.time.now = START + 8 * DAY;
    expect(await countHistory(given(ports))).toMatchObject({ from: '2026-10-31', to: '2026-11-29' });
  });

  it('a crash between any two writes leaves what a later count mends', async () => {
    for (let dies = 1; dies < 6; dies += 1) {
      await using there = await world();
      const { ports, relay } = there;
      for (let at = 0; at < 3; at += 1) {
        const event = { ...examples.scale, id: `e${at}`, occurredAt: new Date(START + at * HOUR).toISOString() };
        await ports.deliveries.send(deliveryTo(['ops'], { event, acceptedAt: event.occurredAt }));
      }
      await drain(relay, ports, START + 4 * HOUR);
      let writes = 0;
      const dying = {
        read: ports.ledger.read.bind(ports.ledger),
        list: ports.ledger.list.bind(ports.ledger),
        clean: ports.ledger.clean.bind(ports.ledger),
        check: ports.ledger.check.bind(ports.ledger),
        write: async (...given: Parameters<MemoryLedger['write']>) => {
          writes += 1;
          if (writes === dies) throw new Error('died');
          return ports.ledger.write(...given);
        },
      };
      await countHistory({ ...given(ports), ledger: dying }).catch(() => undefined);
      await countHistory(given(ports));

      expect(only(await all(ports.ledger), 'all')).toMatchObject([{ day: '2026-11-21', events: 3 }]);
    }
  });

  it('minutes of drift are those of the day, of what is over and of what goes on', async () => {
    await using there = await world();
    const { ports } = there;
    ports.time.now = START + 2 * HOUR;
    const set = { name: 'shop-web', environment: 'prod' };
    const episodes = async () => [
      { ...set, id: '/a', since: START - HOUR },
      { ...set, id: '/b', since: START - 3 * DAY, until: START - 2 * DAY },
      { ...set, id: '/c', since: START - HOUR, until: START + HOUR },
    ];
    await countHistory({ ...given(ports), episodes });

    const minutes = (await all(ports.ledger)).map(({ day, id, drift }) => `${day} ${id} ${drift?.minutes}`);
    expect(minutes.sort()).toStrictEqual([
      '2026-11-18 /b 1440',
      '2026-11-20 /a 60',
      '2026-11-20 /c 60',
      '2026-11-21 /a 120',
      '2026-11-21 /c 60',
    ]);
  });
});

describe('what senders say that cannot be', () => {
  const told = async (there: Awaited<ReturnType<typeof world>>, event: RelayEvent) => {
    await there.ports.deliveries.send(
      deliveryTo(['ops'], { event, acceptedAt: new Date(there.ports.time.now).toISOString() }),
    );
    await drain(there.relay, there.ports, there.ports.time.now + 1_000);
  };

  it('a beginning two thousand years ago is no duration, and a clock that is ahead stops no later count', async () => {
    await using there = await world();
    const { ports, relay } = there;
    const alert = { ...examples.alert, story: 'far', firedAt: '0001-01-01T00:00:00.000Z' };
    await told(there, { ...alert, id: 'end', state: 'resolved', occurredAt: new Date(START).toISOString() });
    await told(there, { ...alert, id: 'ahead', occurredAt: '9999-12-31T00:00:00.000Z' });
    ports.time.now = START + 2 * DAY;
    await told(there, { ...alert, id: 'later', occurredAt: new Date(ports.time.now).toISOString() });
    await relay.count();

    const rows = only(await all(ports.ledger), 'all');
    expect(rows).toMatchObject([
      { day: '2026-11-21', alerts: { resolved: 1, fired: 1, resolve: { count: 0 } } },
      { day: '2026-11-23', alerts: { fired: 1 } },
    ]);
  });

  it('thousands of long names that never end fit into what goes on to the next day', async () => {
    const carrying = opened(carried.parse({}));
    for (const map of Object.values(carrying))
      for (let at = 0; at < 5_000; at += 1) map.set(identity(`${at}`), START + at);

    expect(JSON.stringify(closed(carrying, START + HOUR)).length).toBeLessThan(480_000);
  });
});

describe('what was counted', () => {
  it('fits where thousands of sets scale in a day, and a day counted again with less has less', async () => {
    await using there = await world();
    const { ledger } = there.ports;
    const carrying = await readCarried(ledger, '2026-11-20');
    const counts = Array.from({ length: 9_000 }, (_, at) =>
      dayCount.parse({ day: '2026-11-21', of: 'set', name: `set-${at}`, id: `/${'x'.repeat(200)}${at}`, events: at }),
    );
    await writeDay(ledger, '2026-11-21', counts, carrying, START + DAY);
    expect(await all(ledger)).toStrictEqual(counts);

    await writeDay(ledger, '2026-11-21', counts.slice(0, 2), carrying, START + DAY);
    expect(await all(ledger)).toStrictEqual(counts.slice(0, 2));
  });

  it('is kept for thirteen months, when what it was counted from is gone', async () => {
    await using there = await world();
    const { ports, relay } = there;
    await ports.deliveries.send(deliveryTo(['ops'], { acceptedAt: new Date(START + 1).toISOString() }));
    await drain(relay, ports, START + 1_000);
    await relay.count();
    for (const days of [31, 395]) {
      ports.time.now = START + days * DAY;
      await relay.clean();
      await relay.count();
      expect(only(await readDays(ports.ledger, '2026-11-21', '2026-11-21'), 'all')).toMatchObject([{ events: 1 }]);
    }
    expect(ports.ledger.rows('ops', 'event:')).toStrictEqual([]);
    ports.time.now = START + 397 * DAY;
    await relay.clean();
    expect(await readDays(ports.ledger, '2026-11-21', '2026-11-21')).toStrictEqual([]);
  });

  it('is answered as JSON and as CSV that no spreadsheet takes for formulas', async () => {
    await using there = await world();
    const { ports, relay } = there;
    const rule = '=cmd|\'/c calc\'!A1, "quoted"';
    const event = { ...examples.alert, rule, environment: 'prod', occurredAt: new Date(START + 1).toISOString() };
    await ports.deliveries.send(deliveryTo(['ops'], { event, acceptedAt: event.occurredAt }));
    await drain(relay, ports, START + 1_000);
    expect(await relay.figures(requestOf('', { method: 'GET' }))).toMatchObject({ jsonBody: { days: [] } });
    await relay.count();

    const query = 'of=rule&since=2026-11-20T00:00:00Z';
    const json = await relay.figures(requestOf('', { method: 'GET', query }));
    const csv = await relay.figures(requestOf('', { method: 'GET', query: `${query}&format=csv` }));
    const wrong = await relay.figures(requestOf('', { method: 'GET', query: 'of=sets' }));

    expect(json).toMatchObject({ status: 200, jsonBody: { countedUntil: expect.any(String), days: [{ name: rule }] } });
    expect(csv).toMatchObject({ status: 200, headers: { 'content-type': 'text/csv; charset=utf-8; header=present' } });
    const [head, line, end] = `${csv.body}`.split('\r\n') ?? [];
    expect(head?.startsWith('day,of,name,id,environment,events,info')).toBe(true);
    expect(line?.startsWith(`2026-11-21,rule,"'=cmd|'/c calc'!A1, ""quoted""",,prod,1,`)).toBe(true);
    expect(end).toBe('');
    expect(wrong).toMatchObject({ status: 422 });
    expect(JSON.stringify(wrong.jsonBody)).toContain('set');
  });
});
