import { describe, expect, it } from 'vitest';
import { episodesIn } from '../../../src/drift/rules/episodes.ts';
import { setKey } from '../../../src/drift/rules/ids.ts';
import type { DriftState, SetState } from '../../../src/drift/rules/state.ts';
import { scaleSet } from '../support/models.ts';
import { behind, MINUTE, quiet, Report, START, setReading } from '../support/runs.ts';

const set = scaleSet({ tags: { env: 'prod' } });
const key = setKey(set);
const MODEL = Date.parse('2026-11-19T21:10:00.123Z');

/** The state of a report, with something changed of what it knows of the set. */
function stateOf(
  minutes: readonly (readonly [at: number, behind: number])[],
  change: Partial<SetState> = {},
): DriftState {
  const report = new Report();
  for (const [at, count] of minutes) report.read(at, setReading(behind(count), { set }));
  const state = report.state ?? quiet();
  return {
    ...state,
    sets: Object.fromEntries(Object.entries(state.sets).map(([id, each]) => [id, { ...each, ...change }])),
  };
}

describe('the last episode of a set', () => {
  it('goes on while instances are behind', () => {
    expect(episodesIn(stateOf([[0, 6]]))).toStrictEqual([
      { id: key, name: 'shop-web', environment: 'prod', since: MODEL },
    ]);
  });

  it('ends when it was resolved', () => {
    const [over, ...more] = episodesIn(
      stateOf([
        [0, 10],
        [30, 10],
        [60, 0],
      ]),
    );

    expect(over).toStrictEqual({
      id: key,
      name: 'shop-web',
      environment: 'prod',
      since: MODEL,
      until: START + 60 * MINUTE,
    });
    expect(more).toStrictEqual([]);
  });

  it('is named by its id where the release that wrote it knew no name', () => {
    expect(episodesIn(stateOf([[0, 6]], { name: undefined }))).toMatchObject([{ name: 'shop-web' }]);
  });

  it('is none where nothing is behind, and nothing says that anything was', () => {
    expect(episodesIn(quiet())).toStrictEqual([]);
    expect(episodesIn(stateOf([[0, 6]], { behind: 0 }))).toStrictEqual([]);
  });
});
