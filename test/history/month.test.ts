import { beforeAll, describe, expect, it } from 'vitest';
import type { ReviewDocument } from '../../src/event/review.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { examples } from '../support/examples.ts';
import { once } from '../support/once.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt, requestOf } from '../support/relay.ts';
import { listen } from '../support/server.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const FIRST = Date.parse('2026-11-02T00:00:00.000Z');
const DAYS = 28;

// What happened, as whoever made it up knows it. Times are milliseconds; `ended` may be a day later.
interface Alert {
  readonly rule: string;
  readonly where: string;
  readonly fired: number;
  readonly seen: number | undefined;
  readonly ended: number;
}
interface Rollout {
  readonly what: string;
  readonly where: string;
  readonly begun: number;
  readonly ended: number;
  readonly well: boolean;
}
interface Scaling {
  readonly set: string;
  readonly where: string;
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

let seed = 7;
/** A whole number from 0 to below `most`, the same in every run. */
function some(most: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * most);
}

const alerts: Alert[] = [];
const rollouts: Rollout[] = [];
const scalings: Scaling[] = [];

for (let day = FIRST; day < FIRST + DAYS * DAY; day += DAY) {
  for (const where of ['prod', 'test']) {
    // Comes and goes: the next one five minutes after the end of the last.
    let at = day + 60 * MINUTE + some(9) * MINUTE;
    for (let times = some(4); times > 0; times -= 1) {
      const ended = at + (1 + some(20)) * MINUTE;
      alerts.push({ rule: 'web-cpu', where, fired: at, seen: undefined, ended });
      at = ended + 5 * MINUTE;
    }
    if (some(2) === 0) {
      const fired = day + 600 * MINUTE + some(60) * MINUTE;
      const seen = some(3) === 0 ? undefined : fired + (1 + some(10)) * MINUTE;
      alerts.push({ rule: 'db-slow', where, fired, seen, ended: fired + (20 + some(40)) * MINUTE });
    }
    // Over midnight.
    if (some(3) > 0) {
      const fired = day + DAY - (1 + some(30)) * MINUTE;
      alerts.push({ rule: 'disk-full', where, fired, seen: undefined, ended: fired + (40 + some(30)) * MINUTE });
    }
    for (let times = some(3); times > 0; times -= 1) {
      const begun = day + (200 + times * 120) * MINUTE + some(60) * MINUTE;
      const what = some(2) === 0 ? 'shop' : 'batch';
      rollouts.push({ what, where, begun, ended: begun + (1 + some(50)) * MINUTE, well: some(4) > 0 });
    }
    // There and back again, 40 minutes later.
    for (let times = some(4); times > 0; times -= 1) {
      const out = day + (times * 200 + some(40)) * MINUTE;
      scalings.push({ set: 'shop-web', where, at: out, from: 3, to: 4 });
      scalings.push({ set: 'shop-web', where, at: out + 40 * MINUTE, from: 4, to: 3 });
    }
    if (some(2) === 0) {
      scalings.push({ set: 'batch', where, at: day + 300 * MINUTE, from: 2, to: 8 });
      scalings.push({ set: 'batch', where, at: day + 500 * MINUTE, from: 8, to: 2 });
    }
  }
}

interface Told {
  readonly at: number;
  readonly body: object;
  readonly acknowledges?: string;
}

const toldOf = (): readonly Told[] =>
  [
    ...alerts.flatMap(({ rule, where, fired, seen, ended }, index): Told[] => {
      const alert = {
        kind: 'alert',
        rule,
        environment: where,
        story: `alert-${rule}-${where}`,
        resource: { name: rule },
      };
      return [
        { at: fired, body: { ...alert, id: `fired-${index}`, state: 'fired', severity: 'warning' } },
        ...(seen === undefined ? [] : [{ at: seen, body: alert, acknowledges: `${index}` }]),
        { at: ended, body: { ...alert, id: `ended-${index}`, state: 'resolved' } },
      ];
    }),
    ...rollouts.flatMap(({ what, where, begun, ended, well }, index): Told[] => {
      const run = {
        kind: 'deployment',
        subject: what,
        environment: where,
        story: `run-${index}`,
        resource: { name: what },
      };
      return [
        { at: begun, body: { ...run, id: `begun-${index}`, phase: 'started' } },
        { at: ended, body: { ...run, id: `done-${index}`, phase: well ? 'succeeded' : 'failed' } },
      ];
    }),
    ...scalings.map(({ set, where, at, from, to }, index): Told => {
      const direction = to > from ? 'out' : 'in';
      const body = { kind: 'scale', id: `scale-${index}`, environment: where, phase: 'succeeded', direction, from, to };
      return { at, body: { ...body, resource: { name: set } } };
    }),
  ].toSorted((a, b) => a.at - b.at);

/** A relay through which all of it went, counted every night. */
async function wholeMonth() {
  await using server = await listen({ status: 202 });
  const ports = memoryPorts();
  const receiver = {
    ...receiverAt('webhook', server.url),
    secrets: [`whsec_${Buffer.from('a-secret-of-its-own-of-24').toString('base64')}`],
  };
  const relay = createRelay({ receivers: [receiver], routes: [{ to: ['webhook'] }], ports });
  const deliver = async () => {
    for (const { message } of ports.deliveries.sent.splice(0)) await relay.deliver(message);
  };
  let night = FIRST + DAY + 40 * MINUTE;
  const until = async (time: number) => {
    for (; night <= time; night += DAY) {
      ports.time.now = night;
      await relay.count();
    }
    ports.time.now = time;
  };
  for (const { at, body, acknowledges } of toldOf()) {
    await until(at);
    const occurredAt = new Date(at).toISOString();
    if (acknowledges === undefined) {
      expect(await answerTo(relay, post({ severity: 'info', ...body, occurredAt }, 'custom'))).toMatchObject({
        status: 202,
      });
    } else {
      const { rule, environment: where, story } = body as { rule: string; environment: string; story: string };
      const of = { kind: 'alert', state: 'fired', subject: rule };
      const act = {
        ...examples.act,
        id: `act-${acknowledges}`,
        environment: where,
        story: story,
        of,
        occurredAt,
      };
      await relay.deliver({ version: 1, event: act, receivers: ['webhook'], attempt: 0, acceptedAt: occurredAt });
    }
    await deliver();
  }
  await until(FIRST + (DAYS + 1) * DAY);
  return relay;
}

const month = once(wholeMonth);

/** What the relay says of each week, by its end. */
async function reviews(environment: string | undefined): Promise<ReadonlyMap<string, ReviewDocument>> {
  const relay = await month();
  const found = new Map<string, ReviewDocument>();
  for (let end = FIRST + 7 * DAY; end <= FIRST + DAYS * DAY; end += 7 * DAY) {
    const query = new URLSearchParams({ until: new Date(end).toISOString(), ...(environment && { environment }) });
    const { status, jsonBody } = await relay.review(requestOf('', { method: 'GET', query: `${query}` }));
    expect(status).toBe(200);
    found.set(new Date(end).toISOString(), jsonBody as ReviewDocument);
  }
  return found;
}

// The same by hand: from what was made up, and not from what the relay made of it.

const within = (at: number, end: number) => at >= end - 7 * DAY && at < end;
const average = (all: readonly number[]) => Math.round(all.reduce((a, b) => a + b, 0) / all.length);
function median(all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[half] ?? 0)
    : Math.round(((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2);
}
const seconds = (from: number, to: number) => Math.round((to - from) / 1_000);

function byHand(end: number, environment: string | undefined) {
  const here = <T extends { readonly where: string }>(all: readonly T[]) =>
    all.filter(({ where }) => environment === undefined || where === environment);
  const fired = here(alerts).filter((each) => within(each.fired, end));
  const seen = here(alerts).filter((each) => each.seen !== undefined && within(each.seen, end));
  const over = here(alerts).filter((each) => within(each.ended, end));
  const done = here(rollouts).filter((each) => within(each.ended, end));
  const good = done.filter(({ well }) => well);
  const restored: number[] = [];
  for (const each of good) {
    const before = rollouts
      .filter((other) => other.what === each.what && other.where === each.where && other.ended < each.ended)
      .sort((a, b) => a.ended - b.ended);
    const lastGood = before.findLastIndex(({ well }) => well);
    const firstBad = before[lastGood + 1];
    if (firstBad !== undefined) restored.push(seconds(firstBad.ended, each.ended));
  }
  const steps = here(scalings).filter(({ at }) => within(at, end));
  return {
    events:
      0 +
      fired.length +
      over.length +
      here(rollouts).filter(({ begun }) => within(begun, end)).length +
      done.length +
      steps.length,
    deployments: done.length,
    leadTime: good.length === 0 ? undefined : median(good.map((each) => seconds(each.begun, each.ended))),
    failureRate:
      done.length === 0 ? undefined : Math.round(((done.length - good.length) / done.length) * 10_000) / 10_000,
    restore: restored.length === 0 ? undefined : median(restored),
    fired: fired.length,
    acknowledge: seen.length === 0 ? undefined : average(seen.map((each) => seconds(each.fired, each.seen ?? 0))),
    resolve: over.length === 0 ? undefined : average(over.map((each) => seconds(each.fired, each.ended))),
    scalings: steps.length,
    rules: rulesByHand(fired),
    sets: setsByHand(steps),
    slowest: slowestByHand(good),
    perDay: Array.from({ length: 7 }, (_, index) => {
      const day = end - (7 - index) * DAY;
      const on = (at: number) => at >= day && at < day + DAY;
      return [
        fired.filter((each) => on(each.fired)).length,
        done.filter((each) => on(each.ended)).length,
        done.filter((each) => !each.well && on(each.ended)).length,
      ];
    }),
  };
}

/** How often each rule fired in each environment, and how often that was within 15 minutes of its last end. */
function rulesByHand(fired: readonly Alert[]) {
  const found: Record<string, { count: number; flaps: number; seen: number }> = {};
  for (const each of fired) {
    const name = `${each.rule} ${each.where}`;
    const of = found[name] ?? { count: 0, flaps: 0, seen: 0 };
    const last = alerts.findLast(
      (other) => other.rule === each.rule && other.where === each.where && other.ended <= each.fired,
    );
    of.count += 1;
    if (last !== undefined && each.fired - last.ended < 15 * MINUTE) of.flaps += 1;
    if (each.seen !== undefined) of.seen += 1;
    found[name] = of;
  }
  return found;
}

/** How often each set scaled, and went back within the hour. */
function setsByHand(steps: readonly Scaling[]) {
  const found: Record<string, { count: number; flaps: number }> = {};
  for (const each of steps) {
    const name = `${each.set} ${each.where}`;
    const of = found[name] ?? { count: 0, flaps: 0 };
    of.count += 1;
    const last = steps
      .filter((other) => other.set === each.set && other.where === each.where && other.at < each.at)
      .sort((a, b) => b.at - a.at)[0];
    const isBack = last !== undefined && last.to - last.from > 0 !== each.to - each.from > 0;
    if (isBack && each.at - last.at <= 60 * MINUTE) of.flaps += 1;
    found[name] = of;
  }
  return found;
}

function slowestByHand(good: readonly Rollout[]) {
  const found: Record<string, number> = {};
  for (const each of good) {
    const name = `${each.what} ${each.where}`;
    found[name] = Math.max(found[name] ?? 0, seconds(each.begun, each.ended));
  }
  return found;
}

const NAMES = [
  ...(['events', 'deployments', 'leadTime', 'failureRate', 'restore'] as const),
  ...(['fired', 'acknowledge', 'resolve', 'scalings'] as const),
] as const;

describe.each([undefined, 'prod'])('the weeks of a made-up month, in %s', { timeout: 120_000 }, (environment) => {
  let weeks: ReadonlyMap<string, ReviewDocument>;

  beforeAll(async () => {
    weeks = await reviews(environment);
  }, 120_000);

  it('are there, and not alike', () => {
    expect(weeks.size).toBe(4);
    expect(new Set([...weeks.values()].map(({ alerts: { fired } }) => fired.now)).size).toBeGreaterThan(1);
    for (const { alerts: all, dora, scalings: steps } of weeks.values()) {
      expect(Math.min(all.fired.now, dora.deployments.now, steps.now)).toBeGreaterThan(3);
    }
  });

  it('are right to the last number, and so is what they are compared with', () => {
    for (const [until, { events, dora, alerts: all, scalings: steps }] of weeks) {
      const end = Date.parse(until);
      const [now, was] = [byHand(end, environment), byHand(end - 7 * DAY, environment)];
      const isFirst = end === FIRST + 7 * DAY;
      const pair = (name: (typeof NAMES)[number]) => ({
        now: now[name],
        ...(isFirst || was[name] === undefined ? {} : { before: was[name] }),
      });

      expect({ events, ...dora, ...all, scalings: steps }).toStrictEqual(
        // What there is nothing to say of is not there.
        Object.fromEntries(NAMES.flatMap((name) => (now[name] === undefined ? [] : [[name, pair(name)]]))),
      );
    }
  });

  it('name what is noisy, how often it came back, and what to do', () => {
    for (const [until, { noisiest }] of weeks) {
      const { rules, sets } = byHand(Date.parse(until), environment);
      const isAttended = Object.values(rules).some(({ seen }) => seen > 0);
      const expected = [
        ...Object.entries(rules)
          .filter(([, { count }]) => count >= 2)
          .map(([name, { count, flaps, seen }]) => ({
            name,
            count,
            flaps,
            advice:
              flaps >= 7
                ? 'steady'
                : isAttended && seen === 0 && count >= 5
                  ? 'unattended'
                  : count >= 20
                    ? 'many'
                    : undefined,
          })),
        ...Object.entries(sets)
          .filter(([, { flaps }]) => flaps >= 7)
          .map(([name, { count, flaps }]) => ({ name, count, flaps, advice: 'widen' })),
      ];
      const named = noisiest.map(({ name, environment: where, count, flaps, advice }) => ({
        name: `${name} ${where}`,
        ...{ count, flaps, advice },
      }));

      expect(named).toHaveLength(Math.min(5, expected.length));
      expect(expected).toStrictEqual(expect.arrayContaining(named));
      expect(named.map(({ count }) => count)).toStrictEqual(
        expected
          .map(({ count }) => count)
          .toSorted((a, b) => b - a)
          .slice(0, 5),
      );
      for (const { name, kind, between } of noisiest) {
        if (kind === 'scale') expect([name, between]).toStrictEqual(['shop-web', [3, 4]]);
      }
    }
  });

  it('name the slowest, and draw each day', () => {
    for (const [until, { slowest, charts }] of weeks) {
      const { slowest: expected, perDay } = byHand(Date.parse(until), environment);
      expect(
        Object.fromEntries(slowest.map(({ name, environment: where, seconds: took }) => [`${name} ${where}`, took])),
      ).toStrictEqual(expected);

      const drawn = charts[0]?.series ?? [];
      for (const [index, of] of (['alerts', 'deployments', 'failed'] as const).entries()) {
        const values = perDay.map((day) => day[index] ?? 0);
        const series = drawn.find((each) => each.of === of);
        expect(series?.values ?? Array(7).fill(0)).toStrictEqual(values);
      }
    }
  });
});
