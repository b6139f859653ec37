import { describe, expect, it } from 'vitest';
import { fleetView } from '../../../src/drift/rules/view.ts';
import { stateName } from '../../../src/drift/run.ts';
import { brief, type FleetRun, fleetRun } from '../read-support/fleet-run.ts';

const nameOf = (run: FleetRun, at = 0) => run.fleet.sets[at]?.name ?? '';

type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same JSON, each object of which went through `change`, the innermost first. */
function everywhere(value: unknown, change: (object: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((each) => everywhere(each, change));
  if (!isJson(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, everywhere(each, change)])));
}

/** Alters every answer that names the set by an object's `name`, or all where no name is given. */
const alter = (run: FleetRun, change: (object: Json) => Json, on = {}) =>
  run.fake.fault({
    on,
    times: Number.POSITIVE_INFINITY,
    wrong: { kind: 'altered', change: (json) => everywhere(json, change) },
  });

const inProperties = (name: string, more: Json) => (object: Json) =>
  object['name'] === name && isJson(object['properties'])
    ? { ...object, properties: { ...object['properties'], ...more } }
    : object;

describe.each(['arm', 'auto'])('a set that nobody understands, listed by way of %s,', (source) => {
  it('is told as unread when that is so again, while others are resolved; and once that it is understood', async () => {
    await using run = await fleetRun({ env: { DRIFT_SOURCE: source } });
    await run.done();
    run.fleet.changeModel(nameOf(run), 'vmSize');
    await run.done(35);
    expect(brief(await run.after(30))).toStrictEqual(['opened pending 10/10']);
    run.fleet.update(nameOf(run));
    const mend = alter(run, inProperties(nameOf(run, 1), { orchestrationMode: 'Fluid' }));

    expect(brief(await run.after(30))).toStrictEqual(['resolved pending 0/10']);
    expect(await run.after(30)).toMatchObject([
      { topic: 'driftUnreadable', about: nameOf(run, 1), reason: 'NotUnderstood' },
    ]);
    expect(await run.report(30)).toMatchObject({ unread: 1, why: ['NotUnderstood'] });
    mend();
    expect(brief(await run.after(30))).toStrictEqual([`driftReadable ${nameOf(run, 1)}`]);
    expect(run.state.unread).toBeUndefined();
  });
});

it('an entry of the list that has no id of a set keeps the subscription from counting as read', async () => {
  await using run = await fleetRun();
  alter(run, (object) => (object['name'] === nameOf(run) ? { ...object, id: undefined } : object), {
    kind: 'listSets',
  });

  expect(await run.report()).toMatchObject({ why: ['NotUnderstood'] });
});

it('a set that could not be understood and is deleted is let go without a word', async () => {
  await using run = await fleetRun();
  await run.done();
  alter(run, inProperties(nameOf(run), { orchestrationMode: 'Fluid' }));
  await run.done(30);
  await run.done(30);
  run.fleet.deleteSet(nameOf(run));

  expect(await run.after(30)).toStrictEqual([]);
  expect(run.state.unread).toBeUndefined();
});

describe.each(['arm', 'auto'])('answers with members that nobody knows (%s)', (source) => {
  it('are read as those without', async () => {
    await using run = await fleetRun({ env: { DRIFT_SOURCE: source }, fleet: { flexShare: 0.5 } });
    alter(run, (object) => ({ ...object, novelty: { level: 11, on: true, list: [null, 'x'] }, nothing: null }));
    await run.done();
    for (const { name } of run.fleet.sets) run.fleet.changeModel(name, 'vmSize');
    await run.done(35);
    const told = await run.after(30);

    expect(told).toHaveLength(run.fleet.sets.length);
    for (const each of told) {
      expect(each).toMatchObject({ kind: 'drift', verdict: 'pending', reasons: [{ reason: 'vmSize' }] });
    }
    expect(await run.report(30)).toMatchObject({ unread: 0, unreadable: 0, why: [] });
    for (const { name } of run.fleet.sets) run.fleet.update(name);
    expect((await run.after(30)).map((each) => each.kind === 'drift' && each.change)).toStrictEqual(
      told.map(() => 'resolved'),
    );
  });
});

it('a Uniform set whose capacity Azure does not say is counted by its instances', async () => {
  await using run = await fleetRun();
  alter(run, ({ capacity: _, ...rest }) => rest);
  expect(await run.done()).toMatchObject({ instances: run.fleet.sets.length * 10 });
  run.fleet.changeModel(nameOf(run), 'vmSize');
  await run.done(35);

  expect(brief(await run.after(30))).toStrictEqual(['opened pending 10/10']);
  run.fleet.update(nameOf(run));
  expect(brief(await run.after(30))).toStrictEqual(['resolved pending 0/10']);
});

it('a set that is left out and whose capacity Azure does not say has an unknown number of instances, and not none', async () => {
  await using run = await fleetRun({ fleet: { sets: 2 }, parts: { overview: true } });
  run.fleet.aks(nameOf(run));
  alter(run, ({ capacity: _, ...rest }) => rest);
  await run.done();
  const { sets } = fleetView.parse(JSON.parse(run.store.texts.get(`${stateName(run.settings)}.view`) ?? ''));
  const managed = sets.find(({ name }) => name === nameOf(run));

  expect(managed).toMatchObject({ verdict: 'managed', behind: 0 });
  expect(managed).not.toHaveProperty('total');
});
