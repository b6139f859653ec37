import { describe, expect, it } from 'vitest';
import { PLANTED_PASSWORD } from '../../../dev/fake-azure/base-specs.ts';
import { stateName } from '../../../src/drift/run.ts';
import { StorageError } from '../../../src/problems/errors.ts';
import { brief, type FleetRun, fleetRun } from '../read-support/fleet-run.ts';

const FIRST = (run: FleetRun) => run.fleet.sets[0]?.name ?? '';

/** Two runs: drift that is seen once may pass by itself. */
async function seenTwice(run: FleetRun) {
  await run.after(35);
  return run.after(30);
}

describe.each(['arm', 'auto', 'arg'])('drift, looked for by way of %s', (source) => {
  const env = { DRIFT_SOURCE: source };

  it('is told once when it opens, and once when it is over', async () => {
    await using run = await fleetRun({ env });
    expect(await run.after(0)).toStrictEqual([]);
    run.fleet.changeModel(FIRST(run), 'vmSize');

    expect(brief(await seenTwice(run))).toStrictEqual(['opened pending 10/10']);
    expect(await run.after(30)).toStrictEqual([]);
    run.fleet.update(FIRST(run));
    expect(brief(await run.after(30))).toStrictEqual(['resolved pending 0/10']);
    expect(await run.after(30)).toStrictEqual([]);
  });

  it('says why, since when and by whom', async () => {
    await using run = await fleetRun({ env });
    await run.done();
    const changedAt = new Date(run.clock.now()).toISOString();
    run.fleet.changeModel(FIRST(run), 'vmSize');

    expect(await seenTwice(run)).toMatchObject([
      {
        kind: 'drift',
        source: 'drift',
        resource: { name: FIRST(run) },
        reasons: [{ reason: 'vmSize', count: 10 }],
        modelChangedAt: changedAt,
        // Only Resource Graph knows that.
        ...(source !== 'arm' && { modelChangedBy: 'User' }),
      },
    ]);
  });

  it('that was there before the first run comes in one digest', async () => {
    await using run = await fleetRun({ env, fleet: { sets: 60, driftedShare: 0.5 } });

    expect(brief(await run.after(0))).toStrictEqual([expect.stringMatching(/^digest baseline \d\d$/)]);
    expect(await run.after(30)).toStrictEqual([]);
  });

  it('of a Flexible set is seen by the tags of its machines', async () => {
    await using run = await fleetRun({ env, fleet: { flexShare: 1 } });
    await run.done();
    run.fleet.changeModel(FIRST(run), 'vmSize');

    expect(brief(await seenTwice(run))).toStrictEqual(['opened pending 10/10']);
    run.fleet.update(FIRST(run));
    expect(brief(await run.after(30))).toStrictEqual(['resolved pending 0/10']);
  });

  it('of a Flexible set is not looked for where that is off', async () => {
    await using run = await fleetRun({ env: { ...env, DRIFT_FLEXIBLE: 'off' }, fleet: { flexShare: 1 } });
    await run.done();
    run.fleet.changeModel(FIRST(run), 'vmSize');

    expect(await seenTwice(run)).toStrictEqual([]);
    expect(await run.report(30)).toMatchObject({ outcome: 'done', finished: true, sets: 0, unread: 0 });
    expect(run.fake.calls.listVms).toBe(0);
    expect(run.fake.journal.filter(({ query }) => query === 'flex')).toStrictEqual([]);
  });

  it('of a Flexible set is let go without a word once that is off', async () => {
    await using run = await fleetRun({ env, fleet: { flexShare: 1 } });
    await run.done();
    run.fleet.changeModel(FIRST(run), 'vmSize');
    await seenTwice(run);
    expect(Object.keys(run.state.sets)).toHaveLength(1);
    const told = run.sent.length;
    await run.store.mark(Object.keys(run.state.sets));
    run.fleet.update(FIRST(run));
    await run.check({ settings: { ...run.settings, flexible: false } })();

    expect(run.sent.slice(told)).toStrictEqual([]);
    expect(run.state.sets).toStrictEqual({});
    expect(await run.store.marks(10)).toStrictEqual([]);
  });

  it('is not what autoscale does', async () => {
    await using run = await fleetRun({ env });
    await run.done();
    run.fleet.scale(FIRST(run), 50);

    expect(await seenTwice(run)).toStrictEqual([]);
    run.fleet.scale(FIRST(run), 3);
    expect(await seenTwice(run)).toStrictEqual([]);
  });

  it('of a set that AKS manages, or that a tag leaves out, is not told', async () => {
    await using run = await fleetRun({ env, fleet: { sets: 2 } });
    await run.done();
    const [one, other] = run.fleet.sets;
    run.fleet.aks(one?.name ?? '');
    run.fleet.setTags(other?.name ?? '', { 'Drift-Ignore': 'true' });
    for (const { name } of run.fleet.sets) run.fleet.changeModel(name, 'vmSize');
    run.fake.forget();

    expect(await seenTwice(run)).toStrictEqual([]);
    expect(run.fake.journal.filter(({ set }) => set !== undefined)).toStrictEqual([]);
  });

  it('is over, and is no new drift, where machines were replaced', async () => {
    await using run = await fleetRun({ env });
    await run.done();
    run.fleet.changeModel(FIRST(run), 'vmSize');
    await seenTwice(run);
    run.fleet.surge(
      FIRST(run),
      run.fleet.set(FIRST(run)).state.instances.map(({ id }) => id),
    );

    expect(brief(await run.after(30))).toStrictEqual(['resolved pending 0/10']);
    expect(await run.after(30)).toStrictEqual([]);
  });

  it('of a set that was deleted is let go without a word', async () => {
    await using run = await fleetRun({ env });
    await run.done();
    run.fleet.changeModel(FIRST(run), 'vmSize');
    await seenTwice(run);
    run.fleet.deleteSet(FIRST(run));

    expect(await run.after(30)).toStrictEqual([]);
    expect(run.state.sets).toStrictEqual({});
  });

  it('is over for the old machine where an instance id is used again', async () => {
    await using run = await fleetRun({ env });
    await run.done();
    run.fleet.changeModel(FIRST(run), 'vmSize');
    await seenTwice(run);
    const ids = run.fleet.set(FIRST(run)).state.instances.map(({ id }) => id);
    run.fleet.reimageNewVmId(FIRST(run), ids);
    run.clock.advance(60_000);
    run.fleet.changeModel(FIRST(run), 'vmSize');

    expect(brief(await run.after(5))).toStrictEqual(['resolved pending 0/10']);
    expect(brief(await seenTwice(run))).toStrictEqual(['changed pending 10/10']);
  });

  it('with an upgrade that stands still is told as such', async () => {
    await using run = await fleetRun({ env, fleet: { rollingShare: 1 } });
    await run.done();
    run.fleet.changeModel(FIRST(run), 'vmSize');
    run.fleet.startRollout(FIRST(run));

    expect(await seenTwice(run)).toStrictEqual([]);
    expect(brief(await run.after(91))).toStrictEqual(['opened stalled 10/10']);
    run.fleet.faultRollout(FIRST(run));
    expect(brief(await run.after(30))).toStrictEqual(['changed faulted 10/10']);
  });

  it('never writes to Azure, and never gives a setting away', async () => {
    await using run = await fleetRun({
      env,
      fleet: { sets: 60, driftedShare: 0.4, flexShare: 0.2, rollingShare: 0.3 },
    });
    run.fleet.changeModel(FIRST(run), 'extensionSettings');
    await run.done();
    for (const { name } of run.fleet.sets.slice(5, 15)) run.fleet.changeModel(name, 'extensionSettings');
    await seenTwice(run);
    for (const { name } of run.fleet.sets) run.fleet.update(name);
    await run.done(30);

    const written = JSON.stringify([run.sent, run.logged, [...run.store.texts]]);
    expect(run.sent.length).toBeGreaterThan(5);
    expect(written).toContain('extensionSettings');
    expect(written).not.toContain(PLANTED_PASSWORD);
    expect(written).not.toContain('--database-password');
    expect(run.fake.calls.write).toBe(0);
    expect(run.fake.calls.unknown).toBe(0);
  });
});

describe('a run', () => {
  it('ends quietly while another one is under way', async () => {
    await using run = await fleetRun();
    const [one, other] = await Promise.all([run.report(), run.check()()]);

    expect([one.outcome, other.outcome].sort()).toStrictEqual(['busy', 'done']);
    expect((await run.report()).outcome).toBe('done');
  });

  it('that loses its lease tells nothing, and the next one tells all', async () => {
    await using run = await fleetRun();
    await run.done();
    run.fleet.changeModel(FIRST(run), 'vmSize');
    await run.done(35);
    run.fake.fault({ on: { kind: 'listSets' }, wrong: { kind: 'meanwhile', change: () => run.store.endLeases() } });

    expect(await run.report(30)).toStrictEqual({ outcome: 'lost' });
    expect(run.sent).toStrictEqual([]);
    expect(brief(await run.after(1))).toStrictEqual(['opened pending 10/10']);
  });

  it('that dies before its state is written has told nobody, and the next one does', async () => {
    await using run = await fleetRun();
    await run.done();
    run.fleet.changeModel(FIRST(run), 'vmSize');
    await run.done(35);
    run.store.onWrite = () => {
      throw new StorageError('the drift state was not written', 'no answer');
    };

    await expect(run.report(30)).rejects.toThrow(StorageError);
    expect(run.sent).toStrictEqual([]);
    run.store.onWrite = () => undefined;
    expect(brief(await run.after(1))).toStrictEqual(['opened pending 10/10']);
  });

  it('that dies between writing its state and sending has the next one send, before anything else', async () => {
    await using run = await fleetRun();
    await run.done();
    run.fleet.changeModel(FIRST(run), 'vmSize');
    await run.done(35);
    run.onSend = () => {
      throw new StorageError('the queue did not take the message', 'no answer');
    };
    await expect(run.report(30)).rejects.toThrow(StorageError);
    expect(run.state.outbox).toHaveLength(1);
    run.onSend = () => undefined;

    expect(brief(await run.after(1))).toStrictEqual(['opened pending 10/10']);
    expect(run.state.outbox).toStrictEqual([]);
    expect(await run.after(30)).toStrictEqual([]);
  });

  it('that dies after sending repeats the same message and no other', async () => {
    await using run = await fleetRun();
    await run.done();
    run.fleet.changeModel(FIRST(run), 'vmSize');
    await run.done(35);
    let writes = 0;
    run.store.onWrite = () => {
      writes += 1;
      if (writes === 2) throw new StorageError('the drift state was not written', 'no answer');
    };
    await expect(run.report(30)).rejects.toThrow(StorageError);
    run.store.onWrite = () => undefined;
    await run.done(1);

    expect(brief(run.sent)).toStrictEqual(['opened pending 10/10', 'opened pending 10/10']);
    expect(new Set(run.sent.map(({ id }) => id)).size).toBe(1);
  });

  it('keeps a state aside that it cannot read, and starts anew with one digest', async () => {
    await using run = await fleetRun({ fleet: { sets: 30, driftedShare: 0.5 } });
    await run.done();
    const name = stateName(run.settings);
    run.store.texts.set(name, '{"version":1,"sets":');

    expect(brief(await run.after(30))).toStrictEqual([expect.stringMatching(/^digest baseline/)]);
    expect(run.store.texts.get(`${name}.bad`)).toBe('{"version":1,"sets":');
  });

  it('with more than twenty things to tell tells one', async () => {
    await using run = await fleetRun({ fleet: { sets: 30 } });
    await run.done();
    for (const { name } of run.fleet.sets) run.fleet.changeModel(name, 'vmSize');

    expect(brief(await seenTwice(run))).toStrictEqual(['digest many 30']);
  });

  it('of three thousand sets that have drifted tells it in two messages the first time', async () => {
    await using run = await fleetRun({
      fleet: { sets: 3_000, instancesPerSet: 1, driftedShare: 1, subscriptions: 20 },
      azure: { limits: 'off' },
    });

    expect(brief(await run.after(0))).toStrictEqual(Array(2).fill(expect.stringMatching(/^digest baseline \d{4}$/)));
  });

  it('keeps an overview for people where that is asked for', async () => {
    await using run = await fleetRun({ fleet: { sets: 4 }, parts: { overview: true } });
    run.fleet.changeModel(FIRST(run), 'vmSize');
    await run.done(60);
    const view = JSON.parse(run.store.texts.get(`${stateName(run.settings)}.view`) ?? '');

    expect(view.sets).toHaveLength(4);
    expect(view.sets[0]).toMatchObject({
      name: FIRST(run),
      total: 10,
      behind: 10,
      verdict: 'pending',
      since: '2026-11-20T08:07:00.000Z',
    });
    expect(view.sets[0].instances).toHaveLength(10);
    expect(view.sets[0].instances[0]).toMatchObject({ state: 'ok', held: false, reasons: [{ kind: 'vmSize' }] });
    expect(view.sets.slice(1).map(({ verdict }: { verdict: string }) => verdict)).toStrictEqual(Array(3).fill('clean'));
  });

  it('names a group and a set in one form, whichever list of Azure it has them from', async () => {
    await using run = await fleetRun({ fleet: { sets: 4 }, env: { DRIFT_SOURCE: 'auto' }, parts: { overview: true } });
    const [group] = run.fleet.sets.map(({ resourceGroup }) => resourceGroup.toLowerCase());
    const view = () => JSON.parse(run.store.texts.get(`${stateName(run.settings)}.view`) ?? '').sets;
    const shown = () => view().map(({ id, resourceGroup }: Record<string, string>) => `${id} ${resourceGroup}`);
    await run.done();
    const first = shown();
    run.fleet.changeModel(FIRST(run), 'vmSize');
    await run.store.mark([run.fleet.sets[0]?.id ?? '']);
    await run.done(35);
    await run.check({ settings: { ...run.settings, source: 'arm' } })();
    run.clock.advance(31 * 60_000);
    await run.check({ settings: { ...run.settings, source: 'arm' } })();

    expect(shown().toSorted()).toStrictEqual(first.toSorted());
    expect(new Set(view().map(({ resourceGroup }: Record<string, string>) => resourceGroup))).toContain(group);
    expect(run.sent).toMatchObject([
      { kind: 'drift', resource: { group }, command: expect.stringContaining(`-g ${group} `) },
    ]);
  });
});
