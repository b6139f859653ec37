import { describe, expect, it } from 'vitest';
import { brief, type FleetRun, fleetRun, MINUTE } from '../read-support/fleet-run.ts';

const nameOf = (run: FleetRun, at = 0) => run.fleet.sets[at]?.name ?? '';
const subscriptionOf = (run: FleetRun, at = 0) => run.fleet.subscriptions[at]?.id ?? '';

/** A fleet whose first set's drift has been told. */
async function told(options: Parameters<typeof fleetRun>[0]) {
  const run = await fleetRun(options);
  await run.done();
  run.fleet.changeModel(nameOf(run), 'vmSize');
  await run.done(35);
  expect(brief(await run.after(30))).toStrictEqual(['opened pending 10/10']);
  return run;
}

describe('drift is not called over', () => {
  it.each([
    ['html', 1],
    ['half', 3],
    ['reset', 3],
  ] as const)('where its instances come as %s', async (kind, times) => {
    await using run = await told({});
    run.fleet.update(nameOf(run));
    run.fake.fault({ on: { kind: 'listDriftedInstances', set: nameOf(run) }, times, wrong: { kind } });

    expect(await run.after(30)).toStrictEqual([]);
    expect(brief(await run.after(30))).toStrictEqual(['resolved pending 0/10']);
  });

  it('where the set may not be read, which keeps no other from it', async () => {
    await using run = await told({});
    run.fleet.changeModel(nameOf(run, 1), 'vmSize');
    await run.done(35);
    await run.done(30);
    for (const at of [0, 1]) run.fleet.update(nameOf(run, at));
    run.fake.fault({
      on: { kind: 'listDriftedInstances', set: nameOf(run) },
      times: Number.POSITIVE_INFINITY,
      wrong: { kind: 'status', status: 403 },
    });

    expect((await run.after(30)).map(({ resource }) => resource.name)).toStrictEqual([nameOf(run, 1)]);
    expect(await run.report(30)).toMatchObject({ unread: 1, unreadable: 0 });
  });

  it.each([['arm'], ['auto']])(
    'where its subscription is gone (%s): that is told, once, and so is its return',
    async (source) => {
      await using run = await told({ fleet: { subscriptions: 2 }, env: { DRIFT_SOURCE: source } });
      run.fleet.update(nameOf(run));
      const [one] = run.fleet.subscriptions;
      const mend = run.fake.fault({
        on: { subscriptionId: subscriptionOf(run) },
        times: Number.POSITIVE_INFINITY,
        wrong: { kind: 'status', status: 403, code: 'AuthorizationFailed' },
      });
      if (source === 'auto') run.fake.graph.lacks = new Set([subscriptionOf(run)]);

      expect(brief(await run.after(30))).toStrictEqual([`driftUnreadable ${one?.name}`]);
      expect(await run.after(30)).toStrictEqual([]);
      mend();
      run.fake.graph.lacks = new Set();
      expect(brief(await run.after(30))).toStrictEqual(['resolved pending 0/10', `driftReadable ${one?.name}`]);
    },
  );

  it('where Resource Graph leaves its subscription out', async () => {
    await using run = await told({ fleet: { subscriptions: 2 }, env: { DRIFT_SOURCE: 'auto' } });
    run.fleet.update(nameOf(run));
    run.fake.graph.lacks = new Set([subscriptionOf(run)]);

    expect(brief(await run.after(30))).toStrictEqual([expect.stringMatching(/^driftUnreadable/)]);
    expect(await run.after(30)).toStrictEqual([]);
  });

  it.each(['candidates', 'models', 'flex', 'subscriptions'])(
    'where Resource Graph does not answer: %s',
    async (query) => {
      await using run = await told({ env: { DRIFT_SOURCE: 'auto' } });
      run.fleet.update(nameOf(run));
      const mend = run.fake.fault({
        on: { kind: 'graph', when: (call) => call.query === query },
        times: Number.POSITIVE_INFINITY,
        wrong: { kind: 'status', status: 500 },
      });

      run.fake.forget();
      expect(await run.after(30)).toStrictEqual([]);
      expect(run.fake.calls.getSet).toBe(0);
      mend();
      expect(brief(await run.after(30))).toStrictEqual(['resolved pending 0/10']);
    },
  );
});

describe('drift of a set that was read to its end is over', () => {
  it('though page 2 of the list of sets fails', async () => {
    await using run = await told({ fleet: { sets: 25 }, azure: { pageSize: { sets: 10 } } });
    run.fleet.update(nameOf(run));
    run.fake.fault({
      on: { kind: 'listSets', page: 2 },
      times: Number.POSITIVE_INFINITY,
      wrong: { kind: 'html' },
    });

    expect(brief(await run.after(30))).toStrictEqual(['resolved pending 0/10']);
  });

  it.each([409, 500])(
    'though another set of its subscription answers %i: that is told when it does so again',
    async (status) => {
      await using run = await told({});
      run.fleet.update(nameOf(run));
      const mend = run.fake.fault({
        on: { kind: 'listDriftedInstances', set: nameOf(run, 1) },
        times: Number.POSITIVE_INFINITY,
        wrong: { kind: 'status', status, code: 'OperationNotAllowed' },
      });

      expect(brief(await run.after(30))).toStrictEqual(['resolved pending 0/10']);
      expect(brief(await run.after(30))).toStrictEqual([`driftUnreadable ${nameOf(run, 1)}`]);
      expect(await run.after(30)).toStrictEqual([]);
      mend();
      expect(brief(await run.after(30))).toStrictEqual([`driftReadable ${nameOf(run, 1)}`]);
    },
  );

  it('though the management group cannot be listed', async () => {
    await using run = await told({ env: { DRIFT_SCOPE: 'mg:contoso' } });
    run.fleet.update(nameOf(run));
    run.fake.fault({ on: { kind: 'descendants' }, times: 3, wrong: { kind: 'status', status: 500 } });

    expect(await run.after(30)).toStrictEqual([]);
    expect(brief(await run.after(30))).toStrictEqual(['resolved pending 0/10']);
  });
});

it('a tenant in which nothing may be seen is told, once', async () => {
  await using run = await fleetRun({ fleet: { subscriptions: 1, sets: 3 }, env: { DRIFT_SCOPE: 'tenant' } });
  await run.done();
  run.fleet.removeSubscription(subscriptionOf(run));

  expect(brief(await run.after(30))).toStrictEqual([expect.stringMatching(/^driftUnreadable /)]);
  expect(await run.after(30)).toStrictEqual([]);
});

describe('Azure that asks to wait', () => {
  it('for twenty minutes is left alone in that region until then, while other regions go on', async () => {
    await using run = await fleetRun({ fleet: { sets: 10, regions: 2 } });
    await run.done();
    const [there] = run.fleet.sets;
    const drifted = run.fleet.sets.map(({ name }) => name);
    for (const name of drifted) run.fleet.changeModel(name, 'vmSize');
    await run.done(35);
    const mend = run.fake.fault({
      on: { kind: 'listDriftedInstances', when: ({ region }) => region === there?.location },
      times: Number.POSITIVE_INFINITY,
      wrong: { kind: 'status', status: 429, retryAfter: 1_200 },
    });
    const held = await run.after(30);

    expect(held.length).toBeGreaterThan(0);
    expect(held.some(({ resource }) => resource.region === there?.location)).toBe(false);
    expect(run.state.holds).toMatchObject([{ subscriptionId: subscriptionOf(run), location: there?.location }]);
    mend();
    run.fake.forget();
    expect(await run.after(5)).toStrictEqual([]);
    expect(run.fake.journal.some(({ set, region }) => set !== undefined && region === there?.location)).toBe(false);
    expect((await run.after(20)).length + held.length).toBe(drifted.length);
    expect(run.state.holds).toStrictEqual([]);
  });

  it('at its documented limits gets no more than it can take', async () => {
    await using run = await fleetRun({ fleet: { sets: 1_000 } });
    const report = await run.done();

    expect(report).toMatchObject({ sets: 1_000, throttled: 0, putOff: 0 });
    expect(run.fake.journal.filter(({ status }) => status === 429)).toStrictEqual([]);
    expect(report.milliseconds).toBeLessThan(60_000);
  });
});

describe('a run whose time is up', () => {
  it('leaves the rest to the next one, which goes on from there', async () => {
    await using run = await fleetRun({ fleet: { sets: 900, instancesPerSet: 1 }, parts: { most: 15_000 } });
    const first = await run.done();
    const read = run.fake.calls.listDriftedInstances;

    expect(first.finished).toBe(false);
    expect(read).toBeGreaterThan(300);
    const second = await run.done(30);
    expect(second.finished).toBe(true);
    const sets = run.fake.journal.flatMap(({ kind, set }) => (kind === 'listDriftedInstances' ? [set] : []));
    expect(new Set(sets).size).toBe(900);
    expect(sets.length).toBeLessThan(900 + 16);
  });

  it('begins with the subscription that it did not come to', async () => {
    await using run = await fleetRun({
      fleet: { sets: 2_000, subscriptions: 20, instancesPerSet: 1 },
      parts: { most: 3_000 },
      azure: { limits: 'off' },
    });
    // Each list of instances takes 5 ms, so that a run comes to some six hundred sets.
    run.fake.fault({
      on: { kind: 'listDriftedInstances' },
      times: Number.POSITIVE_INFINITY,
      wrong: { kind: 'meanwhile', change: () => run.clock.advance(5) },
    });
    const read = () =>
      new Set(run.fake.journal.flatMap(({ kind, set }) => (kind === 'listDriftedInstances' ? set : [])));

    expect((await run.done()).finished).toBe(false);
    expect(read().size).toBeLessThan(700);
    // A busy machine that has to ask again comes to fewer.
    for (let runs = 0; runs < 8 && read().size < 2_000; runs += 1) await run.done(30);
    expect(read().size).toBe(2_000);
  });

  it('reads in turn what Resource Graph calls drifted', async () => {
    await using run = await fleetRun({
      fleet: { sets: 500, instancesPerSet: 1 },
      env: { DRIFT_SOURCE: 'arg' },
      parts: { most: 20_000 },
    });
    await run.done();
    for (const { name } of run.fleet.sets) run.fleet.changeModel(name, 'vmSize');
    let runs = 1;
    while (!(await run.done(30)).finished && runs < 10) runs += 1;

    expect(runs).toBeGreaterThan(1);
    expect(Object.keys(run.state.sets)).toHaveLength(500);
  });
});

it('a set that something was done to is read first, and scaling is still no news', async () => {
  await using run = await fleetRun({ fleet: { sets: 50, instancesPerSet: 1 }, env: { DRIFT_SOURCE: 'auto' } });
  await run.done();
  const [one, other] = [run.fleet.sets[40], run.fleet.sets[20]];
  run.fake.graph.lag = () => 60 * MINUTE;
  run.fleet.changeModel(one?.name ?? '', 'vmSize');
  run.fleet.scale(other?.name ?? '', 9);
  await run.store.mark([one?.id ?? '', other?.id ?? '', '/subscriptions/elsewhere/resourceGroups/x']);
  run.fake.forget();
  await run.done(35);

  expect(Object.keys(run.state.sets)).toStrictEqual([one?.id.toLowerCase()]);
  expect(run.fake.journal.find(({ set }) => set !== undefined)?.set).toBe(one?.name);
  expect(await run.store.marks(10)).toStrictEqual([]);
});
