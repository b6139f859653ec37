import { describe, expect, it } from 'vitest';
import { modelHash } from '../../../src/drift/rules/model-hash.ts';
import { strongReads } from '../../../src/drift/rules/verify.ts';
import { SUBSCRIPTION, scaleSet } from '../support/models.ts';
import { behind, DAY, MINUTE, quiet, Report, START, setReading, settingsOf } from '../support/runs.ts';

const id = scaleSet().id.toLowerCase();
const covered = new Set([SUBSCRIPTION]);
const hash = modelHash(scaleSet().model);
const at = (minutes: number): number => START + minutes * MINUTE;

/** Whose drift of ten was told at 30 minutes. */
const open = (): Report => {
  const report = new Report();
  for (const minutes of [0, 30]) report.read(minutes, setReading(behind(10)));
  return report;
};

describe('a set is read strongly', () => {
  it('when it is new, or nothing at all is known', () => {
    expect(strongReads([{ id, behind: 10 }], quiet(), covered, at(0))).toStrictEqual([id]);
    expect(strongReads([{ id, behind: 10 }], undefined, covered, at(0))).toStrictEqual([id]);
  });

  it('when its count or its model has changed', () => {
    const { state } = open();

    expect(strongReads([{ id, behind: 9 }], state, covered, at(60))).toStrictEqual([id]);
    expect(strongReads([{ id, behind: 10, modelHash: 'other' }], state, covered, at(60))).toStrictEqual([id]);
  });

  it('not when it is known and unchanged', () => {
    expect(strongReads([{ id, behind: 10, modelHash: hash }], open().state, covered, at(60))).toStrictEqual([]);
  });

  it('when its drift may be over, but only where the candidates are complete', () => {
    expect(strongReads([], open().state, covered, at(60))).toStrictEqual([id]);
    expect(strongReads([], open().state, new Set(), at(60))).toStrictEqual([]);
  });

  it('when a reminder is due', () => {
    const week = 30 + (7 * DAY) / MINUTE;

    expect(strongReads([{ id, behind: 10 }], open().state, covered, at(week - 1))).toStrictEqual([]);
    expect(strongReads([{ id, behind: 10 }], open().state, covered, at(week))).toStrictEqual([id]);
  });

  it('while its verdict is still to come, or an upgrade goes on', () => {
    const report = new Report();
    report.read(0, setReading(behind(10)));

    expect(strongReads([{ id, behind: 10 }], report.state, covered, at(30))).toStrictEqual([id]);
  });

  it('when a canary has lasted for long enough', () => {
    const report = new Report(quiet(), settingsOf({ DRIFT_CANARY_H: '24' }));
    report.read(0, setReading(behind(8), { set: scaleSet({ modelCreatedAt: new Date(at(-60)).toISOString() }) }));

    expect(strongReads([{ id, behind: 8 }], report.state, covered, at(23 * 60 - 1))).toStrictEqual([]);
    expect(strongReads([{ id, behind: 8 }], report.state, covered, at(23 * 60))).toStrictEqual([id]);
  });

  it('when it came back soon after it was over, and not before', () => {
    const report = open();
    report.read(60, setReading([]));

    expect(strongReads([], report.state, covered, at(90))).toStrictEqual([]);
    expect(strongReads([{ id, behind: 1 }], report.state, covered, at(90))).toStrictEqual([id]);
  });

  it('for old images only when they are looked at', () => {
    const report = new Report();
    const old = setReading([], {
      newestImages: { key: 'k', versions: [{ version: '2', publishedAt: '2026-01-01T00:00:00Z' }] },
      inUse: [{ version: '1', count: 10 }],
    });
    expect(report.read(0, old)).toHaveLength(1);

    expect(strongReads([], report.state, covered, at(30))).toStrictEqual([]);
  });

  it('new ones first, then what changed, then what may be over', () => {
    const report = new Report();
    const named = (name: string) => scaleSet({ name, modelCreatedAt: '2026-11-19T21:10:00.000Z' });
    const keys = ['gone', 'more'].map((name) => named(name).id.toLowerCase());
    for (const minutes of [0, 30])
      report.read(minutes, ...['gone', 'more'].map((name) => setReading(behind(10), { set: named(name) })));

    const read = strongReads(
      [
        { id: keys[1] ?? '', behind: 11 },
        { id, behind: 1 },
      ],
      report.state,
      covered,
      at(60),
    );

    expect(read).toStrictEqual([id, keys[1], keys[0]]);
  });
});
