import { describe, expect, it } from 'vitest';
import { baseSpecs, galleryImageId } from '../../../dev/fake-azure/base-specs.ts';
import { brief, DAY, type FleetRun, fleetRun, MINUTE } from '../read-support/fleet-run.ts';

const nameOf = (run: FleetRun, at = 0) => run.fleet.sets[at]?.name ?? '';
const subscriptionOf = ({ fleet }: FleetRun) => fleet.subscriptions[0]?.id ?? '';
const asked = (run: FleetRun, query: string) => run.fake.journal.filter((call) => call.query === query).length;

describe('Resource Graph', () => {
  it('that calls a set drifted which is not has nothing told', async () => {
    await using run = await fleetRun({ env: { DRIFT_SOURCE: 'auto' } });
    await run.done();
    run.fake.graph.says = ({ name }) => (name === nameOf(run) ? 'drifted' : undefined);

    expect(await run.after(30)).toStrictEqual([]);
    expect(await run.after(30)).toStrictEqual([]);
    expect(run.state.sets).toStrictEqual({});
  });

  it('is asked whether it can be used by each process once, and then daily', async () => {
    await using run = await fleetRun({ env: { DRIFT_SOURCE: 'auto' } });
    for (const minutes of [0, 30, 30]) await run.done(minutes);
    expect(asked(run, 'probe')).toBe(1);
    await run.done((DAY + MINUTE) / MINUTE);
    expect(asked(run, 'probe')).toBe(2);
    await run.check()();
    expect(asked(run, 'probe')).toBe(3);
  });

  it('that does not tell the models is not gone by, and drift is found all the same', async () => {
    await using run = await fleetRun({
      env: { DRIFT_SOURCE: 'auto' },
      azure: { graph: { knowsLatestModelApplied: false } },
    });
    run.fleet.changeModel(nameOf(run), 'vmSize');

    expect(await run.report(40)).toMatchObject({ outcome: 'done', source: 'arm', drifted: 1 });
    expect(run.logged.join()).toContain('does not tell the models');
    run.fake.forget();
    expect(await run.report(30)).toMatchObject({ source: 'arm' });
    expect(asked(run, 'probe')).toBe(0);
  });

  it('that overlooks drift twice is not gone by for a week', async () => {
    await using run = await fleetRun({ fleet: { sets: 60 }, env: { DRIFT_SOURCE: 'auto' } });
    await run.done();
    run.fake.graph.says = () => 'clean';
    for (const { name } of run.fleet.sets) run.fleet.changeModel(name, 'vmSize');
    const sources: string[] = [];
    for (let hour = 0; hour < 26 && sources.at(-1) !== 'arm'; hour += 1) sources.push((await run.done(60)).source);

    expect(sources.at(-1)).toBe('arm');
    expect(sources.length).toBeGreaterThan(2);
    expect(run.logged.join()).toContain('did not know of drift');
    expect(run.state.cursor).toContain('unfitSince');
    run.fake.graph.says = () => undefined;
    expect((await run.done((6 * DAY) / MINUTE)).source).toBe('arm');
    expect((await run.done((1 * DAY) / MINUTE)).source).toBe('graph');
  });

  it('is checked in a day for every set that it calls clean', async () => {
    await using run = await fleetRun({
      fleet: { sets: 100, instancesPerSet: 1 },
      env: { DRIFT_SOURCE: 'auto', DRIFT_HIDDEN_DAYS: 'off' },
    });
    for (let half = 0; half < 48; half += 1) await run.done(30);
    const read = run.fake.journal.flatMap(({ kind, set }) => (kind === 'listDriftedInstances' ? [set] : []));

    expect(new Set(read).size).toBe(100);
    expect(read.length).toBeLessThan(110);
  });

  it('is not needed for few sets, once it is known that they are few', async () => {
    await using run = await fleetRun({ env: { DRIFT_SOURCE: 'auto' }, parts: { few: 200 } });

    expect((await run.done()).source).toBe('graph');
    expect((await run.done(30)).source).toBe('arm');
  });
});

describe('Resource Manager alone', () => {
  it('is asked where the setting says so: Resource Graph is not, for anything', async () => {
    await using run = await fleetRun({ env: { DRIFT_SOURCE: 'arm' }, fleet: { flexShare: 0.5 } });
    await run.done();
    run.fleet.changeModel(nameOf(run), 'vmSize');
    const events = [await run.after(35), await run.after(30), await run.after(DAY / MINUTE)].flat();

    expect(brief(events)).toStrictEqual(['opened pending 10/10']);
    expect(run.fake.journal.filter(({ query }) => query !== undefined)).toStrictEqual([]);
    expect(run.fake.journal.length).toBeGreaterThan(10);
  });
});

describe.each([
  ['few sets, which are all read', 200],
  ['many sets, of which Resource Graph names those to read', 0],
])('images of %s,', (_sets, few) => {
  const parts = { few };
  const image = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' };

  it('are looked at once a day, and told when a newer one has been there for two weeks', async () => {
    await using run = await fleetRun({ env: { DRIFT_SOURCE: 'auto' }, fleet: { sets: 8 }, parts });
    await run.done();
    await run.done(30);
    expect(asked(run, 'images')).toBe(1);
    run.fleet.newImageVersion(image, '24.04.202611200');
    const events = [];
    for (let day = 0; day < 16; day += 1) events.push(...(await run.after(DAY / MINUTE)));

    expect(new Set(brief(events))).toStrictEqual(new Set(['opened hidden 10/10']));
    expect(events[0]).toMatchObject({ reasons: [{ reason: 'imageVersion', to: '24.04.202611200', count: 10 }] });
    expect(events.length).toBe(
      run.fleet.sets.filter(({ state }) => JSON.stringify(state.model.spec.image).includes('server","version":"latest'))
        .length,
    );
    for (const { name } of run.fleet.sets) {
      run.fleet.reimageNewVmId(
        name,
        run.fleet.set(name).state.instances.map(({ id }) => id),
      );
    }
    expect(new Set(brief(await run.after(DAY / MINUTE)))).toStrictEqual(new Set(['resolved hidden 0/10']));
  });

  it('of a gallery are told at the first look, with the age that their dates give', async () => {
    await using run = await fleetRun({ env: { DRIFT_SOURCE: 'auto' }, fleet: { sets: 0 }, parts });
    const [galleryId, publishedAt] = [galleryImageId(subscriptionOf(run)), run.clock.now() - 19 * DAY];
    const [base] = baseSpecs(subscriptionOf(run));
    if (base === undefined) throw new Error('there is no model');
    run.fleet.addSet({ name: 'golden', spec: { ...base, image: { id: galleryId } }, instances: 4 });
    run.fleet.newGalleryVersion(galleryId, { name: '1.1.0', publishedAt });
    run.fleet.newGalleryVersion(galleryId, { name: '1.2.0', publishedAt: publishedAt + 9 * DAY });

    expect(await run.after(0)).toMatchObject([
      { kind: 'digest', stories: [{ state: 'hidden', subject: 'golden', since: new Date(publishedAt).toISOString() }] },
    ]);
    expect(run.fake.calls.galleryVersions).toBe(1);
  });

  it('are not looked at where that is off', async () => {
    await using run = await fleetRun({ env: { DRIFT_SOURCE: 'auto', DRIFT_HIDDEN_DAYS: 'off' }, parts });
    await run.done();

    expect(asked(run, 'images')).toBe(0);
    expect(run.fake.calls.imageVersions).toBe(0);
  });
});
