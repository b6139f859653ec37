import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/drift/rules/decide.ts';
import type { DriftedInstance } from '../../../src/drift/rules/reading.ts';
import { scaleSet } from '../support/models.ts';
import {
  behind,
  brief,
  DAY,
  driftsIn,
  HOUR,
  MINUTE,
  quiet,
  Report,
  runReading,
  SETTINGS,
  START,
  setReading,
  settingsOf,
} from '../support/runs.ts';

/** Whose every instance is behind, so that no canary is seen in it. */
const whole = (count = 10, over = {}) => setReading(behind(count, over), { total: count });

describe('drift', () => {
  it('is told once it has lasted and two runs have seen it, and not again', () => {
    const report = new Report();

    expect(brief(report.read(0, whole()))).toStrictEqual([]);
    expect(brief(report.read(30, whole()))).toStrictEqual(['opened pending warning 10/10']);
    expect(brief(report.read(60, whole()))).toStrictEqual([]);
    expect(brief(report.read(90, whole()))).toStrictEqual([]);
  });

  it('of a model that has just changed waits for the grace to pass', () => {
    const report = new Report();
    const fresh = setReading(behind(10), { set: scaleSet({ modelCreatedAt: new Date(START - MINUTE).toISOString() }) });

    expect(brief(report.read(0, fresh))).toStrictEqual([]);
    expect(brief(report.read(15, fresh))).toStrictEqual([]);
    expect(brief(report.read(30, fresh))).toStrictEqual(['opened pending warning 10/10']);
  });

  it('carries the tags of its set for conditions, without those that nobody matches', () => {
    const report = new Report();
    const set = scaleSet({ tags: { Team: 'shop', 'hidden-link:x': 'y', env: 'prod' } });
    const six = setReading(behind(6), { set, total: 6 });
    report.read(0, six);

    const [told] = driftsIn(report.read(30, six));

    expect([told?.environment, told?.tags]).toStrictEqual(['prod', { Team: 'shop' }]);
  });

  it('carries what people need: where, since when, why and what to do', () => {
    const report = new Report();
    const set = scaleSet({ tags: { Env: 'prod' }, modelCreatedAt: '2026-11-19T21:10:00.000Z' });
    const six = setReading([...behind(5), ...behind(1, { held: true, state: 'failed', reasons: [] }, 7)], {
      set,
      total: 6,
      change: { at: '2026-11-19T21:09:00.000Z', by: 'ann@example.com', byType: 'User', paths: [] },
    });
    report.read(0, six);

    expect(driftsIn(report.read(30, six))).toStrictEqual([
      {
        kind: 'drift',
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        story: set.id.toLowerCase(),
        source: 'drift',
        severity: 'warning',
        occurredAt: '2026-11-20T12:30:00.000Z',
        environment: 'prod',
        resource: {
          id: set.id,
          name: 'shop-web',
          type: 'Microsoft.Compute/virtualMachineScaleSets',
          group: 'rg-shop',
          subscriptionId: set.subscriptionId,
          region: 'westeurope',
        },
        links: [{ rel: 'resource', url: `https://portal.azure.com/#resource${set.id}` }],
        change: 'opened',
        verdict: 'pending',
        behind: 6,
        total: 6,
        orchestration: 'Uniform',
        upgradeMode: 'Manual',
        since: '2026-11-19T21:09:00.000Z',
        sinceAtLeast: true,
        modelChangedAt: '2026-11-19T21:09:00.000Z',
        modelChangedBy: 'User',
        reasons: [
          { reason: 'imageVersion', from: '1.4.2', to: '1.5.0', count: 5 },
          { reason: 'unexplained', count: 1 },
        ],
        heldIds: ['7'],
        failedIds: ['7'],
        modelsAtLeast: 2,
        advice: 'replace',
        command: expect.stringContaining('--instance-ids 0 1\naz vmss list-instances'),
      },
    ]);
  });

  it('began just then where the model changed since the last run, and at least then otherwise', () => {
    const report = new Report();
    const changed = new Date(START + 10 * MINUTE).toISOString();
    const known = setReading(behind(10), { set: scaleSet({ modelCreatedAt: changed }) });
    report.read(0);
    report.read(30, known);

    expect(driftsIn(report.read(60, known))).toMatchObject([{ since: changed, sinceAtLeast: false }]);
  });

  it('began at least then in a subscription that could not be read before', () => {
    const changed = new Date(START + 10 * MINUTE).toISOString();
    const known = setReading(behind(10), { set: scaleSet({ modelCreatedAt: changed }) });
    const report = new Report();
    report.run(0, runReading([], { scopes: [{ subscriptionId: scaleSet().subscriptionId, read: 'none' }] }));
    report.read(30, known);

    expect(driftsIn(report.read(60, known))).toMatchObject([{ since: changed, sinceAtLeast: true }]);
  });

  it('of an instance that somebody changed is as old as that, whatever the age of the model', () => {
    const changed = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();
    const byHand = (over: Partial<DriftedInstance> = {}) =>
      setReading(behind(1, { reasons: [{ kind: 'changedByHand' }], ...over }), {
        set: scaleSet({ modelCreatedAt: changed(-30 * 24 * 60) }),
      });
    const report = new Report();
    report.read(0, setReading([]));

    const touched = byHand({ touchedAt: changed(29) });
    expect(report.read(30, touched)).toStrictEqual([]);
    expect(report.read(50, touched)).toStrictEqual([]);
    expect(report.read(90, touched)).toMatchObject([{ verdict: 'pending', since: changed(29) }]);

    const blind = new Report();
    blind.read(0, setReading([]));
    expect(blind.read(30, byHand())).toStrictEqual([]);
    expect(blind.read(60, byHand())).toMatchObject([{ verdict: 'pending', since: changed(0), sinceAtLeast: true }]);
  });

  it('is never older than nothing where Azure has a clock ahead of ours', () => {
    const ahead = setReading(behind(3, { held: true }), {
      set: scaleSet({ modelCreatedAt: '2026-11-20T12:05:00.000Z' }),
    });

    expect(driftsIn(new Report().read(0, ahead))).toMatchObject([
      { since: '2026-11-20T12:00:00.000Z', modelChangedAt: '2026-11-20T12:00:00.000Z' },
    ]);
  });

  it('tells the eight reasons that most instances have', () => {
    const sizes = Array.from({ length: 10 }, (_, size) =>
      behind(size + 1, { reasons: [{ kind: 'vmSize', from: `${size}`, to: 'x' }] }, size * 100),
    ).flat();
    const report = new Report();
    report.read(0, setReading(sizes, { total: 55 }));

    const [event] = driftsIn(report.read(30, setReading(sizes, { total: 55 })));

    expect(event?.reasons.map(({ count }) => count)).toStrictEqual([10, 9, 8, 7, 6, 5, 4, 3]);
  });

  it('of a model without a time is at least as old as its first sight', () => {
    const { modelCreatedAt: _, ...set } = scaleSet();
    const report = new Report();
    report.read(0, setReading(behind(10), { set }));

    const [event] = driftsIn(report.read(40, setReading(behind(10), { set })));

    expect(event).toMatchObject({ since: new Date(START).toISOString(), sinceAtLeast: true });
    expect(event).not.toHaveProperty('modelChangedAt');
  });

  it.each([
    ['name', 'ann@example.com'],
    ['type', 'User'],
    ['off', undefined],
  ])('tells who changed the model as far as DRIFT_ACTOR=%s allows', (DRIFT_ACTOR, expected) => {
    const report = new Report(quiet(), settingsOf({ DRIFT_ACTOR }));
    const change = { at: '2026-11-19T21:09:00.000Z', by: 'ann@example.com', byType: 'User', paths: [] };
    report.read(0, { ...whole(), change });

    expect(driftsIn(report.read(30, { ...whole(), change }))[0]?.modelChangedBy).toBe(expected);
  });

  it.each([
    ['name', 'Application'],
    ['type', 'App'],
    ['off', undefined],
  ])('tells that nobody with a name changed it as far as DRIFT_ACTOR=%s allows', (DRIFT_ACTOR, expected) => {
    const report = new Report(quiet(), settingsOf({ DRIFT_ACTOR }));
    const change = { at: '2026-11-19T21:09:00.000Z', byType: 'Application', paths: [] };
    report.read(0, { ...whole(), change });

    expect(driftsIn(report.read(30, { ...whole(), change }))[0]?.modelChangedBy).toBe(expected);
  });

  it('of an instance that was changed by hand, nobody knows when, began with the first run that saw it', () => {
    const one = whole(1, { reasons: [{ kind: 'changedByHand' }] });
    const { state } = decide(undefined, runReading([one]), START, SETTINGS);

    expect(Object.values(state.sets)).toMatchObject([{ since: new Date(START).toISOString() }]);
  });

  it('of a set without a name is told by its id, and without a link that is too long for a message', () => {
    const id = `${scaleSet().id}${'x'.repeat(2_000)}`;
    const report = new Report();
    const odd = setReading(behind(10), { set: scaleSet({ id, name: '' }) });
    report.read(0, odd);
    const [told] = driftsIn(report.read(30, odd));

    expect(told?.resource.name.slice(0, 200)).toBe(id.slice(0, 200));
    expect(told?.links).toStrictEqual([]);
  });

  it('is left alone in instances that were made within the grace: more of them are made than stay', () => {
    const report = new Report();
    const young = whole(3, { createdAt: new Date(START - 10 * MINUTE).toISOString() });

    expect(report.read(0, young)).toStrictEqual([]);
    expect(report.state?.sets).toStrictEqual({});
  });
});

describe('a change', () => {
  const opened = (count: number, total = 100): Report => {
    const report = new Report();
    for (const minutes of [0, 30])
      report.read(
        minutes,
        setReading(behind(count), { total: count === 100 ? 100 : total, set: scaleSet({ mode: 'Automatic' }) }),
      );
    return report;
  };
  const now = (count: number) => setReading(behind(count), { total: 100, set: scaleSet({ mode: 'Automatic' }) });

  it.each([
    [1, 2, true],
    [3, 4, true],
    [4, 5, true],
    [10, 12, false],
    [10, 13, true],
    [40, 49, false],
    [40, 50, true],
    [10, 4, false],
  ])('from %i to %i instances behind is told: %s', (from, to, isTold) => {
    const events = opened(from).read(60, now(to));

    expect(brief(events)).toStrictEqual(isTold ? [`changed autoFailed error ${to}/100`] : []);
  });

  it('back to what was told before is silent', () => {
    const report = opened(10);

    expect(report.read(60, now(4))).toStrictEqual([]);
    expect(report.read(90, now(10))).toStrictEqual([]);
  });

  it('of the model keeps the age, and is not told while the verdict stays', () => {
    const report = new Report();
    report.read(0, whole());
    report.read(30, whole());
    const again = setReading(behind(10, { fingerprint: 'two' }), {
      set: {
        ...scaleSet({ modelCreatedAt: '2026-11-20T12:50:00.000Z' }),
        model: { sku: { name: 'Standard_D8s_v5' }, profile: {} },
      },
    });

    expect(report.read(60, again)).toStrictEqual([]);
    expect(Object.values(report.state?.sets ?? {})[0]?.since).toBe('2026-11-19T21:10:00.000Z');
  });

  it('in nearness to ten models is told as an error', () => {
    const report = new Report();
    report.read(0, whole());
    report.read(30, whole());
    const seven = setReading(behind(10).map((one, index) => ({ ...one, fingerprint: `${index % 6}` })));

    expect(driftsIn(report.read(60, seven))).toMatchObject([
      { change: 'changed', verdict: 'pending', severity: 'error', modelsAtLeast: 7 },
    ]);
  });

  it('of capacity alone is not told: instances that autoscale makes are on the model', () => {
    const report = new Report();

    expect(report.read(0, setReading([], { total: 10 }))).toStrictEqual([]);
    expect(report.read(30, setReading([], { total: 50 }))).toStrictEqual([]);
    report.read(60, whole());
    expect(brief(report.read(90, whole()))).toStrictEqual(['opened pending warning 10/10']);
    expect(report.read(120, setReading(behind(10), { total: 50 }))).toStrictEqual([]);
  });
});

describe('a reminder', () => {
  it('comes once a week while drift is open', () => {
    const report = new Report();
    report.read(0, whole());
    report.read(30, whole());

    expect(report.read(30 + 7 * 24 * 60 - 1, whole())).toStrictEqual([]);
    expect(brief(report.read(30 + 7 * 24 * 60, whole()))).toStrictEqual(['reminder pending warning 10/10']);
    expect(report.read(60 + 7 * 24 * 60, whole())).toStrictEqual([]);
  });

  it('never comes where nobody wants it', () => {
    const report = new Report(quiet(), settingsOf({ DRIFT_REMIND_H: '0' }));
    report.read(0, whole());
    report.read(30, whole());

    expect(report.read(400 * 24 * 60, whole())).toStrictEqual([]);
  });

  it('never comes for what is meant: instances held on purpose', () => {
    const report = new Report();

    expect(brief(report.read(0, whole(2, { held: true })))).toStrictEqual(['opened held info 2/2']);
    expect(report.read(60 * 24 * 30, whole(2, { held: true }))).toStrictEqual([]);
  });
});

describe('drift that is over', () => {
  const open = (): Report => {
    const report = new Report();
    report.read(0, whole());
    report.read(30, whole());
    return report;
  };
  const clean = setReading([]);

  it('is told with what it was, how long it took and how severe it was', () => {
    expect(driftsIn(open().read(90, clean))).toMatchObject([
      {
        change: 'resolved',
        verdict: 'pending',
        severity: 'warning',
        behind: 0,
        total: 10,
        since: '2026-11-19T21:10:00.000Z',
        reasons: [],
      },
    ]);
  });

  it('is forgotten without a word where nobody was told of it', () => {
    const report = new Report();
    report.read(0, whole());

    expect(report.read(30, clean)).toStrictEqual([]);
    expect(report.state?.sets).toStrictEqual({});
  });

  it('where all instances were replaced is resolved, and no new drift', () => {
    const report = open();

    expect(brief(report.read(60, setReading([], { total: 12 })))).toStrictEqual(['resolved pending warning 0/12']);
    expect(report.read(90, clean)).toStrictEqual([]);
  });

  it.each(['part', 'full'] as const)('is resolved where the set was read to its end, and others not: %s', (read) => {
    const report = open();
    const { subscriptionId } = scaleSet();
    const unread = [{ key: `/subscriptions/${subscriptionId}/other`, name: 'other', why: 'Conflict' }];

    const events = report.run(60, runReading([clean], { scopes: [{ subscriptionId, read }], unread }));

    expect(brief(driftsIn(events))).toStrictEqual(['resolved pending warning 0/10']);
  });

  it('is not called resolved where instances hide their model since', () => {
    const report = open();

    expect(report.read(60, setReading([], { unknown: 10 }))).toStrictEqual([]);
    expect(report.read(90, setReading([], { unknown: 10 }))).toStrictEqual([]);
    expect(brief(report.read(120, clean))).toStrictEqual(['resolved pending warning 0/10']);
  });

  it('because the set is gone is dropped without a word', () => {
    const report = open();

    expect(report.run(60, runReading([], { gone: [scaleSet().id.toLowerCase()] }))).toStrictEqual([]);
    expect(report.state?.sets).toStrictEqual({});
  });

  it('because it is left out now is dropped without a word', () => {
    const report = open();

    expect(report.read(60, { ...whole(), set: scaleSet({ tags: { 'drift-ignore': 'true' } }) })).toStrictEqual([]);
    expect(report.state?.sets).toStrictEqual({});
  });

  it('stands while a set is simply not read', () => {
    const report = open();
    const before = report.state?.sets;

    expect(report.read(60)).toStrictEqual([]);
    expect(report.state?.sets).toStrictEqual(before);
  });

  it('and comes back within two hours has changed; later it is new', () => {
    const [soon, late] = [open(), open()];
    soon.read(60, clean);
    late.read(60, clean);

    soon.read(90, whole());
    expect(brief(soon.read(240, whole()))).toStrictEqual(['changed pending warning 10/10']);
    expect(brief(late.read(90, setReading(behind(2, { held: true }), { total: 2 })))).toStrictEqual([
      'changed held info 2/2',
    ]);
    const later = open();
    later.read(60, clean);
    later.read(60 + 121, clean);
    expect(brief(later.read(60 + 150, setReading(behind(2, { held: true }), { total: 2 })))).toStrictEqual([
      'opened held info 2/2',
    ]);
  });

  it('has an id of its own each time, so that nothing is taken for a repeat', () => {
    const report = new Report();
    const ids = [0, 30, 60, 90, 120, 150, 180, 210].flatMap((minutes, index) =>
      driftsIn(report.read(minutes, index % 4 === 3 ? clean : whole())).map(({ id }) => id),
    );

    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(4);
  });
});

describe('a machine', () => {
  it('that has the id of an earlier one is new drift', () => {
    const report = new Report();
    const one = (vm: string) => setReading(behind(1, { key: `3/${vm}`, instanceId: '3' }), { total: 1 });
    report.read(0, one('a'));
    expect(brief(report.read(30, one('a')))).toStrictEqual(['opened pending warning 1/1']);

    expect(report.read(60, one('b'))).toStrictEqual([]);
    expect(brief(report.read(90, one('b')))).toStrictEqual(['opened pending warning 1/1']);
  });
});

describe('a large set', () => {
  it('keeps no list of its instances, only how many and since when', () => {
    const report = new Report();
    const many = setReading(behind(201), { total: 201 });
    report.read(0, many);
    report.read(30, many);
    const [set] = Object.values(report.state?.sets ?? {});

    expect(set).not.toHaveProperty('drifted');
    expect(set).toMatchObject({ behind: 201, since: '2026-11-19T21:10:00.000Z' });
    const fewer = setReading(behind(10), { set: scaleSet({ modelCreatedAt: '2026-11-20T12:59:00.000Z' }) });
    report.read(60, fewer);
    expect(Object.values(report.state?.sets ?? {})[0]).toMatchObject({ behind: 10, since: '2026-11-19T21:10:00.000Z' });
  });
});

describe('ids of events', () => {
  it('stay the same when the same run is done again after a crash', () => {
    const report = new Report();
    report.read(0, whole());
    const { state } = report;
    const [first, second] = [1, 2].map(() => decide(state, runReading([whole()]), START + HOUR, SETTINGS).events);

    expect(first).toHaveLength(1);
    expect(first).toStrictEqual(second);
  });
});

describe('the outbox', () => {
  it('holds what was decided until it is sent', () => {
    const report = new Report();
    report.read(0, whole());
    const events = report.read(30, whole());

    expect(report.state?.outbox).toStrictEqual(events);
    report.read(60, setReading([]));
    expect(brief(report.state?.outbox ?? [])).toStrictEqual([
      'opened pending warning 10/10',
      'resolved pending warning 0/10',
    ]);
  });

  it('and what the reader keeps in the state are left as they are', () => {
    const holds = [{ subscriptionId: 's', location: 'westeurope', until: new Date(START + DAY).toISOString() }];
    const { state } = decide({ ...quiet(), holds, cursor: 'c' }, runReading([]), START, SETTINGS);

    expect(state).toMatchObject({ holds, cursor: 'c' });
  });
});
