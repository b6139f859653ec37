import { describe, expect, it } from 'vitest';
import { fleetList } from '../../../src/drift/rules/fleet-list.ts';
import type { RunReading, UnreadSet } from '../../../src/drift/rules/reading.ts';
import { fleetView, viewOf } from '../../../src/drift/rules/view.ts';
import { scaleSet, seenSet } from '../support/models.ts';
import { behind, brief, Report, runReading, SETTINGS, scope, setReading } from '../support/runs.ts';

const key = scaleSet().id.toLowerCase();
const blind: UnreadSet = { key, name: 'shop-web', why: 'Conflict', status: 409 };
const other = (drifted = behind(0)) => setReading(drifted, { set: scaleSet({ name: 'other' }) });

const failing = (over: Partial<RunReading> = {}) => runReading([other()], { unread: [blind], ...over });

describe('a set that cannot be read', () => {
  it('is told once two runs in a row could not, with why, and once that it can be read again', () => {
    const report = new Report();

    expect(report.run(0, failing())).toStrictEqual([]);
    expect(report.run(30, failing())).toMatchObject([
      {
        kind: 'notice',
        topic: 'driftUnreadable',
        severity: 'warning',
        about: 'shop-web',
        reason: 'Conflict',
        reasons: [{ reason: 'Conflict', status: 409, count: 1 }],
        resource: { id: key, type: 'Microsoft.Compute/virtualMachineScaleSets' },
      },
    ]);
    expect(report.run(60, failing())).toStrictEqual([]);
    expect(brief(report.read(90, setReading([]), other()))).toStrictEqual(['driftReadable shop-web']);
    expect(report.state?.unread).toBeUndefined();
  });

  it('that can be read by the next run is no news, and one that was put off stays as it was', () => {
    const report = new Report();
    report.run(0, failing());

    expect(report.run(30, runReading([other()]))).toStrictEqual([]);
    expect(Object.keys(report.state?.unread ?? {})).toStrictEqual([key]);
    expect(report.read(60, setReading([]))).toStrictEqual([]);
    expect(report.run(90, failing())).toStrictEqual([]);
  });

  it('that is deleted is forgotten without a word', () => {
    const report = new Report();
    report.run(0, failing());
    report.run(30, failing());

    expect(report.run(60, runReading([], { gone: [key] }))).toStrictEqual([]);
    expect(report.state?.unread).toBeUndefined();
  });

  it('silences no other: what was read to its end is resolved', () => {
    const report = new Report();
    report.read(0, other(behind(4)));
    report.read(30, other(behind(4)));

    expect(brief(report.run(60, failing()))).toStrictEqual(['resolved canary info 0/10']);
  });

  it('is shown as such, with what is known of it', () => {
    const report = new Report();
    report.read(0, setReading(behind(4)));
    report.read(30, setReading(behind(4)));
    const reading = failing();
    report.run(60, reading);
    const { state } = report;
    if (state === undefined) throw new Error('there is no state');
    const seen = seenSet(scaleSet().name);
    const view = fleetView.parse(
      JSON.parse(
        JSON.stringify(viewOf(undefined, { reading, sets: [seen], state, graceMinutes: SETTINGS.graceMinutes })),
      ),
    );

    expect(view.sets.find((set) => set.id === key)).toMatchObject({ verdict: 'unread', why: 'Conflict', behind: 4 });
    expect(fleetList(state).sets).toMatchObject([
      { name: 'shop-web', verdict: 'unread', why: 'Conflict', behind: 4, total: 10, told: true },
    ]);
  });
});

it('of several sets that cannot be read names each, and each reason', () => {
  const report = new Report();
  const why = [blind, { key: `${key}2`, name: 'shop-api', why: 'AuthorizationFailed' }];
  report.run(0, failing({ unread: why }));

  expect(report.run(30, failing({ unread: why }))).toMatchObject([
    { about: 'shop-web, shop-api', count: 2, reason: 'Conflict, AuthorizationFailed' },
  ]);
  const sets = report.state && fleetList(report.state).sets.filter(({ verdict }) => verdict === 'unread');
  expect(sets).toHaveLength(2);
  for (const each of sets ?? []) expect(each).not.toHaveProperty('behind');
});

describe('a run that reads nothing', () => {
  const since = '2026-11-20T13:00:00.000Z';
  const dark = { ...scope, read: 'part', unseen: 'failed', why: 'NoAnswer' } as const;
  const known = () => {
    const report = new Report();
    report.read(0, setReading(behind(4)));
    report.read(30, setReading(behind(4)));
    return report;
  };
  const listOf = ({ state }: Report) => state && fleetList(state);

  it('is no check of what is listed: since when, and why, until something can be read again', () => {
    const report = known();
    expect(listOf(report)).not.toHaveProperty('blindSince');

    for (const minutes of [60, 90, 120]) report.run(minutes, runReading([], { scopes: [dark] }));
    expect(listOf(report)).toMatchObject({
      blindSince: since,
      unseen: [{ id: scope.subscriptionId, name: 'Prod-EU', why: 'NoAnswer', since }],
      sets: [{ name: 'shop-web', verdict: 'canary' }],
    });

    report.read(150, setReading(behind(4)));
    expect(listOf(report)).not.toHaveProperty('blindSince');
    expect(listOf(report)).not.toHaveProperty('unseen');
  });

  it('to its end is named with since when, and is no blind one', () => {
    const report = known();
    const broken = { ...scope, read: 'part', why: 'Conflict' } as const;
    for (const [minutes, one] of [dark, broken, broken].entries())
      report.run(60 + 30 * minutes, runReading([], { scopes: [one] }));
    const list = listOf(report);

    expect(list?.unseen).toMatchObject([
      { name: 'Prod-EU', why: 'Conflict', part: true, since: '2026-11-20T13:30:00.000Z' },
    ]);
    expect(list).not.toHaveProperty('blindSince');
  });

  it('of one subscription leaves the others checked', () => {
    const report = known();
    report.run(60, runReading([], { scopes: [scope, { ...dark, subscriptionId: 'other', name: 'Dev' }] }));

    expect(listOf(report)).not.toHaveProperty('blindSince');
    expect(listOf(report)).toMatchObject({ unseen: [{ id: 'other', name: 'Dev', since }] });
  });
});
