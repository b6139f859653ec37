import { describe, expect, it } from 'vitest';
import { stateName } from '../../../src/drift/run.ts';
import { resourceManager } from '../../../src/outbound/arm/resource-manager.ts';
import { brief, type FleetRun, fleetRun, handTiming, MINUTE } from '../read-support/fleet-run.ts';

const subscriptionOf = (run: FleetRun, at = 0) => run.fleet.subscriptions[at]?.id ?? '';

/** An Azure that nobody is signed in to. */
const signedOut = ({ fake, clock }: FleetRun) =>
  resourceManager({
    endpoint: fake.url,
    identity: { kind: 'developer' },
    tokens: { get: () => Promise.reject(new Error('nobody is signed in')), forget: () => undefined },
    timing: handTiming(clock),
  });

/** Checks some minutes later without being signed in: what was queued, and how it ended. */
async function withoutToken(run: FleetRun, minutes: number) {
  run.clock.advance(minutes * MINUTE);
  const before = run.sent.length;
  const report = await run.check({ open: signedOut(run) })();
  return { told: run.sent.slice(before), report };
}

const cut = (run: FleetRun, on = {}) =>
  run.fake.fault({ on, times: Number.POSITIVE_INFINITY, wrong: { kind: 'reset' } });

describe.each(['arm', 'auto', 'arg'])('a fleet that cannot be reached, looked for by way of %s,', (source) => {
  const env = { DRIFT_SOURCE: source, DRIFT_SCOPE: 'tenant' };
  const fleet = { sets: 12, driftedShare: 1 };

  it('is told after the second run, once, with the reason; and once that it is back', async () => {
    await using run = await fleetRun({ env, fleet: { driftedShare: 0 } });

    expect((await withoutToken(run, 0)).told).toStrictEqual([]);
    expect((await withoutToken(run, 30)).told).toMatchObject([
      { kind: 'notice', topic: 'driftUnreadable', severity: 'warning', about: 'tenant', reason: 'NoToken' },
    ]);
    expect((await withoutToken(run, 30)).told).toStrictEqual([]);
    expect(brief(await run.after(30))).toStrictEqual(['driftReadable tenant']);
    expect(await run.after(30)).toStrictEqual([]);
  });

  it('leaves the first run to the one that reads it: what there is comes in one digest', async () => {
    await using run = await fleetRun({ env, fleet });
    const mend = cut(run);
    for (const minutes of [0, 30, 30]) {
      expect(await run.report(minutes)).toMatchObject({ baseline: false, unreadable: 1, why: ['NoAnswer'] });
    }
    mend();

    expect(brief(await run.after(30))).toStrictEqual([
      expect.stringMatching(/^digest baseline \d+$/),
      'driftReadable tenant',
    ]);
    expect(await run.after(30)).toStrictEqual([]);
  });

  it('reads as no success in the log', async () => {
    await using run = await fleetRun({ env });

    expect((await withoutToken(run, 0)).report).toMatchObject({ baseline: false, unreadable: 1, why: ['NoToken'] });
    expect(await run.report(30)).toMatchObject({ baseline: true, unreadable: 0, why: [] });
  });
});

it('a fleet that nobody may see yet leaves the first run to the one that does', async () => {
  await using run = await fleetRun({
    env: { DRIFT_SOURCE: 'auto' },
    fleet: { sets: 12, driftedShare: 1 },
  });
  const mend = run.fake.fault({
    times: Number.POSITIVE_INFINITY,
    wrong: { kind: 'status', status: 403, code: 'AuthorizationFailed' },
  });

  expect(brief(await run.after(0))).toStrictEqual([expect.stringMatching(/^driftUnreadable/)]);
  expect(await run.report(5)).toMatchObject({ baseline: false, unreadable: 1, why: ['AuthorizationFailed'] });
  mend();
  // What the run found out about Resource Graph while nothing was allowed says nothing of it.
  expect(await run.report(5)).toMatchObject({ baseline: true, source: 'graph', why: [] });
  expect(brief(run.sent.slice(1))).toStrictEqual([
    expect.stringMatching(/^digest baseline/),
    expect.stringMatching(/^driftReadable/),
  ]);
});

describe('a subscription whose list does not come', () => {
  it('is told after the second run in a row, while others are read', async () => {
    await using run = await fleetRun({ fleet: { subscriptions: 2 } });
    await run.done();
    const [one] = run.fleet.subscriptions;
    const fault = { on: { kind: 'listSets', subscriptionId: subscriptionOf(run) }, wrong: { kind: 'html' } } as const;
    run.fake.fault(fault);

    expect(await run.report(30)).toMatchObject({ unreadable: 1, why: ['NotJson'] });
    expect(await run.report(30)).toMatchObject({ unreadable: 0, why: [] });
    run.fake.fault({ ...fault, times: 2 });
    expect(await run.after(30)).toStrictEqual([]);
    expect(brief(await run.after(30))).toStrictEqual([`driftUnreadable ${one?.name}`]);
    expect(brief(await run.after(30))).toStrictEqual([`driftReadable ${one?.name}`]);
  });

  it('to its end is told after the second run in a row, and its first pages are read', async () => {
    await using run = await fleetRun({ fleet: { sets: 6 }, azure: { pageSize: 3 } });
    await run.done();
    const mend = run.fake.fault({
      on: { kind: 'listSets', page: 2 },
      times: Number.POSITIVE_INFINITY,
      wrong: { kind: 'status', status: 409 },
    });
    run.fleet.changeModel(run.fleet.sets[0]?.name ?? '', 'vmSize');
    await run.done(35);

    expect(brief(await run.after(30))).toStrictEqual([
      'opened pending 10/10',
      `driftUnreadable ${run.fleet.subscriptions[0]?.name}`,
    ]);
    mend();
    expect(brief(await run.after(30))).toStrictEqual([`driftReadable ${run.fleet.subscriptions[0]?.name}`]);
  });

  it('for want of Azure, which asks to wait, is not told', async () => {
    await using run = await fleetRun();
    await run.done();
    run.fake.fault({
      on: { kind: 'listSets' },
      times: Number.POSITIVE_INFINITY,
      wrong: { kind: 'status', status: 429, retryAfter: 7_200 },
    });

    for (const minutes of [30, 30, 30]) expect(await run.after(minutes)).toStrictEqual([]);
  });
});

it('a tenant that could not be listed for a moment is no subscription ever after', async () => {
  await using run = await fleetRun({ env: { DRIFT_SCOPE: 'tenant' } });
  const mend = cut(run);
  expect(await run.report()).toMatchObject({ subscriptions: 1, unreadable: 1 });
  mend();
  await run.done(30);

  expect(await run.report(30)).toMatchObject({ subscriptions: 1, unreadable: 0 });
  expect(Object.keys(run.state.coverage)).toStrictEqual([subscriptionOf(run)]);
});

it('the overview says why a scope was not read', async () => {
  await using run = await fleetRun({ env: { DRIFT_SCOPE: 'tenant' }, parts: { overview: true } });
  cut(run);
  await run.done();

  expect(JSON.parse(run.store.texts.get(`${stateName(run.settings)}.view`) ?? '')).toMatchObject({
    subscriptions: [{ id: 'tenant', name: 'tenant', read: 'part', why: 'NoAnswer' }],
    sets: [],
  });
});

it('the log names why sets were not read', async () => {
  await using run = await fleetRun();
  await run.done();
  run.fake.fault({
    on: { kind: 'listDriftedInstances' },
    times: Number.POSITIVE_INFINITY,
    wrong: { kind: 'status', status: 403, code: 'AuthorizationFailed' },
  });

  expect(await run.report(30)).toMatchObject({ unreadable: 0, why: ['AuthorizationFailed'] });
});
