import { describe, expect, it } from 'vitest';
import type { DriftedInstance } from '../../../src/drift/rules/reading.ts';
import { scaleSet } from '../support/models.ts';
import { behind, driftsIn, MINUTE, Report, START, setReading } from '../support/runs.ts';

const at = (minutes: number): string => new Date(START + minutes * MINUTE).toISOString();

/** Instances without a visible difference, on which something ended at a minute. */
const touched = (minutes: number, state: DriftedInstance['state'] = 'ok') =>
  behind(10, { reasons: [], state, touchedAt: at(minutes) });

/** A set of which an update was advised at minute 30. */
function advised(): Report {
  const report = new Report();
  report.read(0, setReading(touched(-600)));
  expect(driftsIn(report.read(30, setReading(touched(-600))))).toMatchObject([{ advice: 'update' }]);
  return report;
}

describe('the advice to wipe', () => {
  it('comes where an update was advised and what was done then has failed', () => {
    const report = advised();

    expect(driftsIn(report.read(60, setReading(touched(45, 'failed'))))).toMatchObject([
      { change: 'changed', advice: 'reimage' },
    ]);
  });

  it('does not come of a restart, which brings no model', () => {
    expect(advised().read(60, setReading(touched(45)))).toStrictEqual([]);
  });

  it('does not come of what has failed before', () => {
    expect(advised().read(60, setReading(touched(-600, 'failed')))).toStrictEqual([]);
  });

  it('does not come of an update to the model before this one', () => {
    const report = advised();
    const set = scaleSet({ modelCreatedAt: at(50) });

    expect(report.read(60, setReading(touched(45, 'failed'), { set }))).toStrictEqual([]);
    expect(driftsIn(report.read(90, setReading(touched(70, 'failed'), { set })))).toMatchObject([
      { change: 'changed', advice: 'reimage' },
    ]);
  });
});
