import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/drift/rules/decide.ts';
import type { RunReading } from '../../../src/drift/rules/reading.ts';
import type { DriftState } from '../../../src/drift/rules/state.ts';
import { type FleetView, fleetView, type SeenSet, viewOf } from '../../../src/drift/rules/view.ts';
import { scaleSet, seenSet as seen, withProfile } from '../support/models.ts';
import { behind, DAY, MINUTE, quiet, runReading, SETTINGS, START, scope, setReading } from '../support/runs.ts';

const first = scaleSet().name;

/** What the view says after runs at some minutes; each is given what it read, and which sets it met. */
function views(...runs: readonly (readonly [minutes: number, reading: RunReading, sets: readonly SeenSet[]])[]) {
  let state: DriftState = quiet();
  let view: FleetView | undefined;
  for (const [minutes, reading, sets] of runs) {
    ({ state } = decide(state, reading, START + minutes * MINUTE, SETTINGS));
    view = fleetView.parse(
      JSON.parse(JSON.stringify(viewOf(view, { reading, sets, state, graceMinutes: SETTINGS.graceMinutes }))),
    );
  }
  return view;
}

describe('the view of a fleet', () => {
  it('has every set, the one that has been behind for longest first', () => {
    const view = views([0, runReading([setReading(behind(6))]), [seen('a'), seen('b'), seen(first)]]);

    expect(view?.sets.map(({ name, behind, total }) => [name, behind, total])).toStrictEqual([
      [first, 6, 10],
      ['a', 0, 10],
      ['b', 0, 10],
    ]);
    expect(view?.sets[0]?.instances.map(({ id }) => id)).toStrictEqual(['0', '1', '2', '3', '4', '5']);
    expect(view?.sets[0]?.instances[0]).toMatchObject({
      since: '2026-11-19T21:10:00.000Z',
      held: false,
      state: 'ok',
      reasons: [{ kind: 'imageVersion', from: '1.4.2', to: '1.5.0' }],
    });
    expect(view?.subscriptions).toMatchObject([{ name: 'Prod-EU', read: 'full' }]);
  });

  it('says what the message says: the same instances and the same command', () => {
    const young = behind(2, { createdAt: new Date(START - 5 * MINUTE).toISOString() });
    const reading = runReading([setReading([...young, ...behind(1, {}, 2)])]);
    const { state, events } = decide(quiet(), reading, START, SETTINGS);
    const view = viewOf(undefined, { reading, sets: [], state, graceMinutes: SETTINGS.graceMinutes });

    expect(events).toMatchObject([{ behind: 1, command: view.sets[0]?.command }]);
    expect(view.sets).toMatchObject([{ behind: 1, instances: [{ id: '2' }] }]);
  });

  it('advises what a reminder advised until something else is told', () => {
    const set = {
      ...withProfile({ networkProfile: { healthProbe: { id: '/probes/web' } } }),
      mode: 'Rolling' as const,
    };
    const rollout = { code: 'Faulted' as const, done: 1, failed: 2, inProgress: 0, pending: 7 };
    const reading = runReading([setReading(behind(9), { set, rollout })]);
    const advice = [0, 30, 8 * 24 * 60].map(
      (minutes) => views([0, reading, []], [minutes, reading, []])?.sets[0]?.advice,
    );

    expect(advice).toStrictEqual(['inspect', 'inspect', 'resume']);
  });

  it('has no command for a set that could not be read', () => {
    const unread = [{ key: scaleSet().id.toLowerCase(), name: first, why: 'Conflict' }];
    const known = [0, runReading([setReading(behind(6))]), [seen(first)]] as const;
    const told = [30, runReading([setReading(behind(6))]), [seen(first)]] as const;

    expect(views(known, told)?.sets[0]).toMatchObject({ advice: 'replace' });
    for (const sets of [[], [seen(first)]]) {
      const [set] = views(known, told, [60, runReading([], { unread }), sets])?.sets ?? [];
      expect(set).toMatchObject({ verdict: 'unread', behind: 6 });
      expect(set).not.toHaveProperty('command');
    }
  });

  it('keeps what was seen of drift that is known and was not read again', () => {
    const view = views([0, runReading([setReading(behind(6))]), [seen(first)]], [30, runReading([]), [seen(first)]]);

    expect(view?.sets[0]).toMatchObject({ behind: 6, readAt: new Date(START).toISOString() });
    expect(view?.sets[0]?.instances).toHaveLength(6);
  });

  it('says until when an upgrade waits for somebody, and what becomes of it then', () => {
    const approval = { until: new Date(START + DAY).toISOString(), otherwise: 'Approve' as const };
    const view = views([0, runReading([setReading(behind(6), { approval })]), [seen(first)]]);

    expect(view?.sets).toMatchObject([{ verdict: 'awaitingApproval', approval }]);
  });

  it('says of each of too many instances to remember that it is behind since the first of them was', () => {
    const many = setReading(behind(300), { total: 300 });
    const view = views([0, runReading([many]), [seen(first)]]);

    expect(new Set(view?.sets[0]?.instances.map(({ since }) => since))).toStrictEqual(
      new Set(['2026-11-19T21:10:00.000Z']),
    );
    expect(view?.sets[0]?.instances).toHaveLength(300);
  });

  it('shows as clean what is clean again, and as managed what is left out', () => {
    const view = views(
      [0, runReading([setReading(behind(6))]), [seen(first)]],
      [30, runReading([setReading([])]), [seen(first), seen('aks', { managed: true })]],
    );

    expect(view?.sets.map(({ verdict, instances }) => [verdict, instances.length])).toStrictEqual([
      ['managed', 0],
      ['clean', 0],
    ]);
  });

  it('forgets a set that is gone, and keeps one whose subscription could not be read', () => {
    const both = [seen('a'), seen('b')];
    const gone = runReading([], { gone: [seen('a').id.toLowerCase()] });
    const unread = runReading([], { scopes: [{ ...scope, read: 'none', why: 'AuthorizationFailed' }] });

    expect(views([0, runReading([]), both], [30, gone, [seen('b')]])?.sets.map(({ name }) => name)).toStrictEqual([
      'b',
    ]);
    expect(views([0, runReading([]), both], [30, unread, []])).toMatchObject({
      subscriptions: [{ read: 'none', why: 'AuthorizationFailed' }],
      sets: [{ name: 'a' }, { name: 'b' }],
    });
  });

  it('knows a set by one id, in whatever case Azure writes it this time', () => {
    const { id } = seen('a');
    const forms = [id, id.toUpperCase(), id.toLowerCase()];

    for (const form of forms) {
      expect(views([0, runReading([]), [seen('a', { id: form })]])?.sets).toMatchObject([{ id: id.toLowerCase() }]);
    }
  });
});
