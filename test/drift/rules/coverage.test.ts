import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/drift/rules/decide.ts';
import type { ScopeReading } from '../../../src/drift/rules/reading.ts';
import { SUBSCRIPTION, scaleSet } from '../support/models.ts';
import {
  behind,
  brief,
  driftsIn,
  MINUTE,
  Report,
  runReading,
  START,
  scope,
  setReading,
  settingsOf,
} from '../support/runs.ts';

const dark: ScopeReading = { ...scope, read: 'part', unseen: 'failed', why: 'NoToken' };
const waiting: ScopeReading = { ...scope, read: 'part', unseen: 'putOff', why: 'held' };
const refused: ScopeReading = { ...scope, read: 'none', why: 'AuthorizationFailed' };
const partly: ScopeReading = { ...scope, read: 'part', why: 'NotJson' };

/** A report that has never run. */
function fresh(): Report {
  const report = new Report();
  report.state = undefined;
  return report;
}

const at = (report: Report, minutes: number, ...scopes: readonly ScopeReading[]) =>
  brief(report.run(minutes, runReading([], { scopes })));

describe('a scope of which nothing was read', () => {
  it('is told after two runs in a row, with its reason, and once that it is back', () => {
    const report = new Report();

    expect(at(report, 0, dark)).toStrictEqual([]);
    expect(report.run(30, runReading([], { scopes: [dark] }))).toMatchObject([
      { topic: 'driftUnreadable', about: 'Prod-EU', reason: 'NoToken' },
    ]);
    expect(report.state?.coverage[SUBSCRIPTION]).toStrictEqual({ missingSince: new Date(START).toISOString() });
    expect(at(report, 60, dark)).toStrictEqual([]);
    expect(at(report, 90, scope)).toStrictEqual(['driftReadable Prod-EU']);
    expect(report.state?.coverage[SUBSCRIPTION]).toStrictEqual({});
  });

  it.each([
    ['in full', scope],
    ['in part', partly],
  ])('and that is read %s in between begins anew', (_how, between) => {
    const report = new Report();
    for (const [minutes, one] of [dark, between, dark].entries())
      expect(at(report, minutes * 30, one)).toStrictEqual([]);

    expect(at(report, 120, dark)).toStrictEqual(['driftUnreadable Prod-EU']);
  });

  it('because it was put off is not told, however often', () => {
    const report = new Report();

    for (const minutes of [0, 30, 60, 90]) expect(at(report, minutes, waiting)).toStrictEqual([]);
    expect(at(report, 120, dark)).toStrictEqual([]);
    expect(at(report, 150, waiting)).toStrictEqual([]);
    expect(at(report, 180, dark)).toStrictEqual(['driftUnreadable Prod-EU']);
  });

  it('keeps what is known there, and says of new drift that it may be older', () => {
    const report = new Report();
    const two = setReading(behind(2, { held: true }), { set: scaleSet({ name: 'old' }) });
    report.read(0, two);
    const known = report.state?.sets;
    for (const minutes of [30, 60]) at(report, minutes, dark);
    expect(report.state?.sets).toStrictEqual(known);
    const changed = new Date(START + 70 * MINUTE).toISOString();
    const since = setReading(behind(3, { held: true }), { set: scaleSet({ modelCreatedAt: changed }) });

    expect(driftsIn(report.read(90, since))).toMatchObject([{ since: changed, sinceAtLeast: true }]);
  });
});

describe('a scope of which a list breaks off', () => {
  it('is told after two runs in a row, with its reason, and once that it is read to its end', () => {
    const report = new Report();

    expect(at(report, 0, partly)).toStrictEqual([]);
    expect(report.run(30, runReading([], { scopes: [partly] }))).toMatchObject([
      { topic: 'driftUnreadable', about: 'Prod-EU', reason: 'NotJson' },
    ]);
    for (const [minutes, one] of [partly, waiting, dark].entries())
      expect(at(report, 60 + 30 * minutes, one)).toStrictEqual([]);
    expect(at(report, 150, scope)).toStrictEqual(['driftReadable Prod-EU']);
    expect(report.state?.coverage[SUBSCRIPTION]).toStrictEqual({});
  });

  it('once only, is not told', () => {
    const report = new Report();
    for (const [minutes, one] of [partly, scope, partly, dark, partly].entries())
      expect(at(report, minutes * 30, one)).toStrictEqual([]);
  });

  it('goes on being told of what is read there, and keeps what is not for good', () => {
    const report = new Report();
    const old = setReading(behind(2, { held: true }), { set: scaleSet({ name: 'old' }) });
    const run = (days: number, ...sets: readonly ReturnType<typeof setReading>[]) =>
      driftsIn(report.run(days * 24 * 60, runReading(sets, { scopes: [partly] })));

    expect(brief(run(0, old))).toStrictEqual(['opened held info 2/10']);
    for (const days of [1, 40, 80]) expect(run(days)).toStrictEqual([]);
    expect(brief(run(81, old, setReading(behind(3, { held: true }))))).toStrictEqual(['opened held info 3/10']);
  });
});

describe('a run that read nothing at all', () => {
  const drifted = [1, 2, 3].map((index) => setReading(behind(10), { set: scaleSet({ name: `s${index}` }) }));

  it.each([
    ['all of it failed', [dark]],
    ['all of it was put off', [waiting]],
    ['none of it may be read', [refused]],
    ['there was no scope', []],
  ])('because %s leaves the first run to the next', (_what, scopes) => {
    const report = fresh();
    for (const minutes of [0, 30, 60]) at(report, minutes, ...scopes);

    expect(brief(report.read(90, ...drifted))[0]).toBe('digest baseline warning 3');
    expect(driftsIn(report.read(120, ...drifted))).toStrictEqual([]);
    expect(driftsIn(report.read(150, setReading(behind(2, { held: true }))))).toMatchObject([{ change: 'opened' }]);
  });

  it.each([
    ['one scope in full', [scope, { ...dark, subscriptionId: 'b' }]],
    ['one scope in part', [partly]],
  ])('is not one that read %s', (_what, scopes) => {
    const report = fresh();
    at(report, 0, ...scopes);

    expect(brief(report.read(90, setReading(behind(2, { held: true }))))[0]).toBe('opened held info 2/10');
  });

  it('takes no first run back that there was', () => {
    const report = new Report();
    at(report, 0, dark);

    expect(driftsIn(report.read(30, setReading(behind(2, { held: true }))))).toHaveLength(1);
  });
});

describe('old images that are known', () => {
  const old = setReading([], {
    newestImages: { key: 'k', versions: [{ version: '1.0.10', publishedAt: '2026-10-10T00:00:00Z' }] },
    inUse: [{ version: '1.0.9', count: 10 }],
  });

  it.each([
    ['DRIFT_SOURCE', 'arm'],
    ['DRIFT_HIDDEN_DAYS', 'off'],
  ])('are let go without a word once they are not looked for: %s=%s', (name, value) => {
    const report = new Report();
    expect(brief(report.read(0, old))).toStrictEqual(['opened hidden info 10/10']);
    const { state, events } = decide(report.state, runReading([]), START + 30 * MINUTE, settingsOf({ [name]: value }));

    expect(events).toStrictEqual([]);
    expect(state.sets).toStrictEqual({});
  });
});
