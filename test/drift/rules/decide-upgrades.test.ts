import { describe, expect, it } from 'vitest';
import type { OsUpgrade, Rollout } from '../../../src/drift/rules/azure.ts';
import { scaleSet } from '../support/models.ts';
import { behind, brief, driftsIn, MINUTE, quiet, Report, START, setReading, settingsOf } from '../support/runs.ts';

const at = (minutes: number): string => new Date(START + minutes * MINUTE).toISOString();

const rolling = scaleSet({ mode: 'Rolling', modelCreatedAt: at(-60) });

const rollout = (code: Rollout['code'], done = 2, over: Partial<Rollout> = {}): Rollout => ({
  code,
  startedAt: at(-59),
  done,
  failed: 0,
  inProgress: 1,
  pending: 7 - done,
  ...over,
});

describe('a rolling upgrade', () => {
  const read = (one: Rollout, count = 8) => setReading(behind(count), { set: rolling, rollout: one });

  it('is left alone while it moves, and told once it stands still', () => {
    const report = new Report();

    for (const [minutes, done] of [
      [0, 1],
      [30, 2],
      [60, 3],
      [90, 3],
      [120, 3],
    ] as const) {
      expect(report.read(minutes, read(rollout('RollingForward', done)))).toStrictEqual([]);
    }
    const [event] = driftsIn(report.read(150, read(rollout('RollingForward', 3))));

    expect(event).toMatchObject({
      change: 'opened',
      verdict: 'stalled',
      severity: 'error',
      rollout: { done: 3, failed: 0, pending: 5 },
      advice: 'inspect',
    });
    expect(report.read(180, read(rollout('RollingForward', 3)))).toStrictEqual([]);
  });

  it('that pauses for long between batches is not called stalled for it', () => {
    const report = new Report();
    const slow = { ...rolling, pauseBetweenBatches: 3_600 };

    for (const minutes of [0, 60, 120]) {
      expect(
        report.read(minutes, setReading(behind(8), { set: slow, rollout: rollout('RollingForward') })),
      ).toStrictEqual([]);
    }
    expect(
      brief(report.read(121, setReading(behind(8), { set: slow, rollout: rollout('RollingForward') }))),
    ).toStrictEqual(['opened stalled error 8/10']);
  });

  it('that failed is told at once, with its code', () => {
    const failed = rollout('Faulted', 2, { failed: 3, errorCode: 'RollingUpgradeTimeoutError' });

    expect(driftsIn(new Report().read(0, read(failed)))).toMatchObject([
      { verdict: 'faulted', severity: 'error', rollout: { failed: 3, errorCode: 'RollingUpgradeTimeoutError' } },
    ]);
  });

  it('that somebody cancelled is told at once', () => {
    expect(brief(new Report().read(0, read(rollout('Cancelled'))))).toStrictEqual(['opened cancelled warning 8/10']);
  });

  it('that failed before the model changed explains nothing', () => {
    const old = rollout('Faulted', 2, { startedAt: at(-600) });
    const report = new Report();

    expect(report.read(0, read(old))).toStrictEqual([]);
    expect(brief(report.read(30, read(old)))).toStrictEqual(['opened pending warning 8/10']);
  });

  it('that began seconds before the model says it changed is the one of this change', () => {
    const early = rollout('Faulted', 2, { startedAt: at(-60.5) });

    expect(brief(new Report().read(0, read(early)))).toStrictEqual(['opened faulted error 8/10']);
  });

  it('that begins after drift was told is silent, and what it brings about is told', () => {
    const report = new Report();
    const none = setReading(behind(8), { set: rolling });
    report.read(0, none);
    report.read(30, none);

    expect(report.read(60, read(rollout('RollingForward', 0)))).toStrictEqual([]);
    expect(report.read(90, read(rollout('RollingForward', 4), 4))).toStrictEqual([]);
    expect(brief(report.read(120, setReading([], { set: rolling, rollout: rollout('Completed', 8) })))).toStrictEqual([
      'resolved pending warning 0/10',
    ]);
  });

  it('that fails after drift was told has changed it', () => {
    const report = new Report();
    const none = setReading(behind(8), { set: rolling });
    report.read(0, none);
    report.read(30, none);

    expect(brief(report.read(60, read(rollout('Faulted'))))).toStrictEqual(['changed faulted error 8/10']);
  });
});

describe('an image that went back', () => {
  const upgrade: OsUpgrade = {
    code: 'Faulted',
    startedAt: at(-40),
    endedAt: at(-20),
    startedBy: 'Platform',
    rolledBack: 3,
    failedToRollBack: 0,
  };
  const set = scaleSet({ autoOsUpgrade: true, modelCreatedAt: at(-60) });

  it('is told at once, and with no command that would try it again', () => {
    const [event] = driftsIn(new Report().read(0, setReading(behind(3), { set, osUpgrade: upgrade })));

    expect(event).toMatchObject({ verdict: 'rolledBack', severity: 'error' });
    expect(event).not.toHaveProperty('command');
  });

  it('goes by when it began where Azure does not say that it ended', () => {
    const { endedAt: _, ...open } = upgrade;
    const run = (osUpgrade: OsUpgrade) => brief(new Report().read(0, setReading(behind(3), { set, osUpgrade })));

    expect(run(open)).toStrictEqual(['opened rolledBack error 3/10']);
    expect(run({ ...open, startedAt: at(-900) })).toStrictEqual(['opened autoFailed error 3/10']);
  });

  it('before this drift began explains nothing, nor does an upgrade that set nothing back', () => {
    const before = { ...upgrade, startedAt: at(-900), endedAt: at(-800) };
    const none = { ...upgrade, rolledBack: 0 };

    for (const osUpgrade of [before, none]) {
      expect(brief(new Report().read(0, setReading(behind(3), { set, osUpgrade })))).toStrictEqual([
        'opened autoFailed error 3/10',
      ]);
    }
  });
});

describe('a canary', () => {
  const changed = scaleSet({ modelCreatedAt: at(-60) });
  const eight = setReading(behind(8), { set: changed });

  it('is told once, and told as overdue after a day', () => {
    const report = new Report();

    expect(brief(report.read(0, eight))).toStrictEqual(['opened canary info 8/10']);
    expect(report.read(30, eight)).toStrictEqual([]);
    expect(brief(report.read(23 * 60, eight))).toStrictEqual(['changed canaryOverdue warning 8/10']);
  });

  it('may last as long as a tag says', () => {
    const report = new Report();
    const promised = setReading(behind(8), { set: { ...changed, tags: { 'drift-canary-until': '2026-11-25' } } });

    expect(brief(report.read(0, promised))).toStrictEqual(['opened canary info 8/10']);
    expect(report.read(24 * 60 * 4, promised)).toStrictEqual([]);
    expect(brief(report.read(24 * 60 * 5, promised))).toStrictEqual(['changed canaryOverdue warning 8/10']);
  });

  it('with a date that is none goes by the setting, and the tag is told', () => {
    const report = new Report();
    const wrong = setReading(behind(8), {
      set: { ...changed, tags: { 'drift-canary-until': '2026-02-30', 'drift-ignore': 'ja' } },
    });

    expect(driftsIn(report.read(0, wrong))).toMatchObject([
      { verdict: 'canary', properties: { 'drift-canary-until': '? 2026-02-30', 'drift-ignore': '? ja' } },
    ]);
    expect(brief(report.read(24 * 60, wrong))).toStrictEqual(['changed canaryOverdue warning 8/10']);
  });

  it('is not seen in instances that autoscale made', () => {
    const report = new Report();
    const all = setReading(behind(10), { set: changed });
    report.read(0, all);
    report.read(30, all);

    expect(report.read(60, { ...all, total: 50 })).toStrictEqual([]);
    expect(report.read(26 * 60, { ...all, total: 50 })).toStrictEqual([]);
  });

  it('is seen in instances that somebody brought up to date', () => {
    const report = new Report(quiet(), settingsOf({ DRIFT_CANARY_H: '48' }));
    const all = setReading(behind(10), { set: changed });
    report.read(0, all);
    report.read(30, all);

    expect(brief(report.read(60, eight))).toStrictEqual(['changed canary info 8/10']);
    expect(report.read(90, eight)).toStrictEqual([]);
  });
});
