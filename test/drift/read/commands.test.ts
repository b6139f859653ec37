import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drift, driftVerdicts } from '../../../src/event/drift.ts';
import { type AzRequest, azRequest } from '../../support/az-command.ts';
import { type FleetRun, fleetRun } from '../read-support/fleet-run.ts';
import { eachOnce, freeOf, type ToldCommand, toldCommands } from '../read-support/told-commands.ts';

let run: FleetRun;
let told: readonly ToldCommand[];

beforeAll(async () => {
  run = await fleetRun({ fleet: { sets: 0 }, env: { DRIFT_SOURCE: 'auto' }, azure: { writes: true, limits: 'off' } });
  told = await toldCommands(run);
});
afterAll(() => run[Symbol.asyncDispose]());

const requestsOf = ({ command }: ToldCommand): readonly AzRequest[] => command.split('\n').map(azRequest);
const acting = (each: ToldCommand) => requestsOf(each).filter(({ method }) => method !== 'GET');

describe('the commands of a season', () => {
  it('are of every sort', () => {
    const sorts = told.map(({ set, verdict, advice }) => `${set}: ${verdict}, ${advice}`);

    expect([...new Set(sorts)].sort()).toMatchInlineSnapshot(`
      [
        "automatic: autoFailed, update",
        "by-hand: pending, update",
        "cancelled: cancelled, inspect",
        "deferred: awaitingApproval, approve",
        "disks: pending, disks",
        "faulted: faulted, inspect",
        "faulted: faulted, resume",
        "flexible: pending, update",
        "hidden-parts: pending, reimage",
        "hidden-parts: pending, update",
        "hooked: awaitingApproval, approval",
        "image: pending, replace",
        "large: canary, update",
        "large: canaryOverdue, update",
        "mild: pending, update",
        "odd: pending, update",
        "old-image-blind: hidden, monitor",
        "old-image: hidden, upgrade",
        "stalled: stalled, inspect",
        "there-and-back: pending, update",
        "unrepaired: repairsSuspended, inspect",
        "unrepaired: repairsSuspended, repair",
        "waits: pending, resume",
      ]
    `);
  });

  it('leave out no verdict, and no kind of advice', () => {
    const verdicts = run.sent.flatMap((event) => (event.kind === 'drift' ? [event.verdict] : []));
    const without = driftVerdicts.filter((verdict) => !told.some((each) => each.verdict === verdict));

    expect(new Set(verdicts)).toStrictEqual(new Set(driftVerdicts));
    expect(without).toStrictEqual(['rolledBack', 'held']);
    expect(new Set(told.map(({ advice }) => advice))).toStrictEqual(new Set(drift.shape.advice.unwrap().options));
  });

  it('each act once at most, and on instances that are behind and that nothing keeps from it', () => {
    for (const each of told) {
      const [action, ...more] = acting(each);
      expect(more, each.command).toStrictEqual([]);
      for (const id of action?.ids ?? []) expect(each.free, each.command).toContain(id);
      expect(new Set(action?.ids).size).toBe(action?.ids?.length ?? 0);
    }
  });

  it.each([
    ['update', /\/manualupgrade$/],
    ['replace', /\/manualupgrade$/],
    ['disks', /\/manualupgrade$/],
    ['reimage', /\/reimage$/],
    ['resume', /\/virtualMachineScaleSets\/[^/]+$/],
    ['upgrade', /\/osRollingUpgrade$/],
    ['approve', /\/approveRollingUpgrade$/],
    ['repair', /\/setOrchestrationServiceState$/],
  ])('do what %s says', (advice, path) => {
    const those = told.filter((each) => each.advice === advice);

    expect(those).not.toHaveLength(0);
    for (const each of those) {
      expect(acting(each)).toHaveLength(1);
      for (const request of acting(each)) expect(request.path).toMatch(path);
    }
  });

  it.each(['inspect', 'monitor', 'approval'])('only look where they say %s', (advice) => {
    const those = told.filter((each) => each.advice === advice);

    expect(those).not.toHaveLength(0);
    expect(those.flatMap(acting)).toStrictEqual([]);
  });

  it('wipe nothing before the same instances were updated, and still are behind', () => {
    const reimaged = told.filter(({ advice }) => advice === 'reimage');

    expect(reimaged.map(({ set }) => set)).toStrictEqual(['hidden-parts']);
    expect(reimaged.flatMap(acting)[0]?.ids).toStrictEqual(['0', '1']);
  });

  it('bring exactly the named instances to the model once they are sent', async () => {
    const updates = eachOnce(told).filter(({ advice }) => ['update', 'replace', 'disks'].includes(advice));
    for (const each of updates) {
      const before = freeOf(run.fleet.set(each.set));
      const [action] = acting(each);
      const url = `${run.fake.url}${encodeURI(action?.path ?? '')}?api-version=2024-11-01`;
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify(action?.body) });

      expect(answer.status).toBe(200);
      const after = freeOf(run.fleet.set(each.set));
      expect(before.filter((id) => !after.includes(id)).sort()).toStrictEqual([...(action?.ids ?? [])].sort());
    }
    expect(updates.length).toBeGreaterThan(6);
  });
});
