import { describe, expect, it } from 'vitest';
import { type Findings, isMeant, judge, severityOf, VERDICT_ORDER } from '../../../src/drift/rules/verdict.ts';
import { driftVerdicts } from '../../../src/event/drift.ts';
import { SETTINGS, settingsOf } from '../support/runs.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

const found: Findings = {
  mode: 'Manual',
  autoOsUpgrade: false,
  managed: false,
  behind: 10,
  held: 0,
  byHand: 0,
  updated: 0,
  age: 2 * HOUR,
  seenBefore: true,
  modelAge: 2 * HOUR,
  canaryPromised: false,
  grown: false,
  onlyVersions: true,
  rolledBack: false,
  awaits: false,
  goesOn: false,
  defers: false,
  repairsSuspended: false,
  repairsTold: false,
  hidden: 0,
  hiddenAge: 0,
  models: 2,
};

const rolling = (code: 'RollingForward' | 'Cancelled' | 'Completed' | 'Faulted', still = 0, pause = 0) => ({
  rollout: { code, still, pause },
});

describe('the verdict', () => {
  it.each<[string, Partial<Findings>]>([
    ['managed', { managed: true, ...rolling('Faulted') }],
    ['clean', { behind: 0, ...rolling('Faulted') }],
    ['rolling', rolling('RollingForward', 89)],
    ['stalled', rolling('RollingForward', 90)],
    ['rolling', rolling('RollingForward', 90, 45)],
    ['stalled', rolling('RollingForward', 91, 45)],
    ['faulted', rolling('Faulted')],
    ['cancelled', rolling('Cancelled')],
    ['pending', rolling('Completed')],
    ['faulted', { ...rolling('Faulted'), rolledBack: true, age: 0 }],
    ['rolledBack', { rolledBack: true, age: 0 }],
    ['rolledBack', { behind: 0, hidden: 3, rolledBack: true }],
    ['held', { held: 10, age: 0 }],
    ['pending', { held: 9 }],
    ['autoFailed', { mode: 'Automatic' }],
    ['waiting', { mode: 'Automatic', age: 30 }],
    ['autoFailed', { autoOsUpgrade: true }],
    ['pending', { autoOsUpgrade: true, onlyVersions: false }],
    ['canary', { updated: 2 }],
    ['canary', { updated: 2, seenBefore: false }],
    ['waiting', { updated: 2, age: 20 }],
    ['canary', { updated: 2, modelAge: 3 * DAY, canaryPromised: true }],
    ['canaryOverdue', { updated: 2, modelAge: DAY }],
    ['pending', { updated: 2, modelAge: DAY, grown: true }],
    ['pending', { updated: 2, mode: 'Rolling' }],
    ['pending', {}],
    ['waiting', { seenBefore: false }],
    ['waiting', { age: 30 }],
    ['hidden', { behind: 0, hidden: 1 }],
    ['pending', { hidden: 5 }],
    ['awaitingApproval', { awaits: true, behind: 0, age: 0 }],
    ['awaitingApproval', { awaits: true, ...rolling('RollingForward', 999) }],
    ['managed', { awaits: true, managed: true }],
    ['awaitingApproval', { defers: true, autoOsUpgrade: true }],
    ['awaitingApproval', { defers: true, autoOsUpgrade: true, ...rolling('RollingForward', 999) }],
    ['rolling', { defers: true, autoOsUpgrade: true, ...rolling('RollingForward'), age: 30 }],
    ['waiting', { defers: true, autoOsUpgrade: true, age: 30 }],
    ['faulted', { defers: true, autoOsUpgrade: true, ...rolling('Faulted') }],
    ['rolledBack', { defers: true, autoOsUpgrade: true, rolledBack: true }],
    ['held', { defers: true, autoOsUpgrade: true, held: 10 }],
    ['pending', { defers: true, autoOsUpgrade: true, onlyVersions: false }],
    ['pending', { defers: true }],
    ['repairsSuspended', { repairsSuspended: true, behind: 0 }],
    ['repairsSuspended', { repairsSuspended: true, behind: 0, hidden: 3 }],
    ['waiting', { repairsSuspended: true, seenBefore: false }],
    ['repairsSuspended', { repairsSuspended: true, seenBefore: false, repairsTold: true }],
    ['pending', { repairsSuspended: true }],
    ['stalled', { repairsSuspended: true, ...rolling('RollingForward', 90) }],
  ])('is %s for %o', (expected, over) => {
    expect(judge({ ...found, ...over }, SETTINGS)).toBe(expected);
  });

  it('goes by the settings', () => {
    const settings = settingsOf({ DRIFT_GRACE_MIN: '180', DRIFT_CANARY_H: '1', DRIFT_STALL_MIN: '10' });

    expect(judge(found, settings)).toBe('waiting');
    expect(judge({ ...found, age: 181, updated: 1 }, settings)).toBe('canaryOverdue');
    expect(judge({ ...found, ...rolling('RollingForward', 10) }, settings)).toBe('stalled');
  });
});

describe('the severity', () => {
  it('is what the table says', () => {
    expect(Object.fromEntries(driftVerdicts.map((verdict) => [verdict, severityOf(verdict, found)]))).toStrictEqual({
      pending: 'warning',
      stalled: 'error',
      faulted: 'error',
      cancelled: 'warning',
      rolledBack: 'error',
      autoFailed: 'error',
      held: 'info',
      canary: 'info',
      canaryOverdue: 'warning',
      hidden: 'info',
      awaitingApproval: 'warning',
      repairsSuspended: 'warning',
    });
    expect(severityOf('awaitingApproval', { ...found, goesOn: true })).toBe('info');
  });

  it('is an error near the limit of ten models, whatever the verdict', () => {
    expect(severityOf('held', { ...found, models: 6 })).toBe('info');
    expect(driftVerdicts.map((verdict) => severityOf(verdict, { ...found, models: 7 }))).toStrictEqual(
      driftVerdicts.map(() => 'error'),
    );
  });

  it('of old images is a warning from 60 days', () => {
    expect(severityOf('hidden', { ...found, hiddenAge: 60 * DAY - 1 })).toBe('info');
    expect(severityOf('hidden', { ...found, hiddenAge: 60 * DAY })).toBe('warning');
  });
});

it('orders every verdict, and knows what is meant', () => {
  expect([...VERDICT_ORDER].sort()).toStrictEqual([...driftVerdicts].sort());
  expect(driftVerdicts.filter(isMeant)).toStrictEqual(['held', 'canary']);
});
