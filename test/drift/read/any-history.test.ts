import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fleet } from '../../../dev/fake-azure/fleet.ts';
import { fleetList } from '../../../src/drift/rules/fleet-list.ts';
import { fleetView } from '../../../src/drift/rules/view.ts';
import { stateName } from '../../../src/drift/run.ts';
import type { EventOf } from '../../../src/event/event.ts';
import { azRequest } from '../../support/az-command.ts';
import { share } from '../../support/sweep.ts';
import { type FleetRun, fleetRun } from '../read-support/fleet-run.ts';
import { freeOf } from '../read-support/told-commands.ts';

// Azure protects no VM of a Flexible set: it is left to locks.
const SETS = [
  { name: 'manual', instances: 10 },
  { name: 'rolling', instances: 12, state: { mode: 'Rolling' } },
  { name: 'automatic', instances: 7, state: { mode: 'Automatic' } },
  { name: 'patched', instances: 5, state: { autoOsUpgrade: true, defersOsUpgrade: true, repairs: 'Running' } },
] as const;

type Happens = (fleet: Fleet, set: string, ids: readonly string[]) => void;

const HAPPENS: Readonly<Record<string, Happens>> = {
  ...Object.fromEntries(
    (['licence', 'imageVersion', 'dataDisks', 'unseen', 'nothing'] as const).map((change) => [
      change,
      (fleet: Fleet, set: string) => fleet.changeModel(set, change),
    ]),
  ),
  ...Object.fromEntries(
    (['Failed', 'Creating', 'Updating', 'Deleting', 'unhealthy', 'none'] as const).map((how) => [
      how,
      (fleet: Fleet, set: string, ids: readonly string[]) => fleet.fail(set, ids, how),
    ]),
  ),
  protect: (fleet, set, ids) => fleet.protect(set, ids),
  skip: (fleet, set, ids) => fleet.skipUpgrade(set, ids),
  update: (fleet, set, ids) => fleet.update(set, ids),
  touch: (fleet, set, ids) => fleet.touch(set, ids),
  byHand: (fleet, set, ids) => fleet.customise(set, ids),
  pool: (fleet, set, ids) => fleet.pool(set, ids.slice(0, 2)),
  scale: (fleet, set, ids) => fleet.scale(set, 5 + ids.length),
};

const moment = fc.record({
  what: fc.constantFrom(...Object.keys(HAPPENS)),
  set: fc.constantFrom(...SETS.map(({ name }) => name)),
  which: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
});
const history = fc.array(
  fc.tuple(fc.array(moment, { minLength: 1, maxLength: 5 }), fc.constantFrom(20, 35, 60, 1_440)),
  {
    minLength: 10,
    maxLength: 20,
  },
);

const isOpen = (event: { readonly kind: string }): event is EventOf<'drift'> =>
  event.kind === 'drift' && (event as EventOf<'drift'>).change !== 'resolved';

const viewOf = (run: FleetRun) =>
  fleetView.parse(JSON.parse(run.store.texts.get(`${stateName(run.settings)}.view`) ?? ''));

/** Of one message: its command, which touches what is free and at most a fifth, and the page beside it. */
function holds(event: EventOf<'drift'>, run: FleetRun): void {
  const { behind, total, command, advice } = event;
  const set = run.fleet.set(event.resource.name);
  const page = viewOf(run).sets.find(({ name }) => name === set.name);
  const ids = (command?.split('\n') ?? []).map(azRequest).flatMap((request) => request.ids ?? []);
  const free = freeOf(set);

  expect({ behind: page?.behind, command: page?.command, advice: page?.advice }).toStrictEqual({
    behind,
    command,
    advice,
  });
  expect(
    ids.filter((id) => !free.includes(id)),
    command,
  ).toStrictEqual([]);
  expect(ids.length).toBeLessThanOrEqual(Math.ceil(total * 0.2));
}

const counted = (sets: readonly { readonly name: string; readonly verdict: string; readonly behind?: number }[]) =>
  sets
    .filter(({ verdict, behind = 0 }) => verdict !== 'clean' && behind > 0)
    .map(({ name, behind }) => `${name} ${behind}`);

it.each(['arm', 'auto'])(
  'whatever happens, message, page and list agree, and no command touches what is not free (%s)',
  async (source) => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        await using run = await fleetRun({
          ...{ fleet: { sets: 0 }, env: { DRIFT_SOURCE: source }, azure: { limits: 'off' }, parts: { overview: true } },
        });
        for (const set of SETS) run.fleet.addSet(set);
        await run.done();
        for (const [moments, minutes] of steps) {
          for (const { what, set, which } of moments) {
            const ids = run.fleet.set(set).state.instances.flatMap(({ id }, at) => (which[at % 8] ? [id] : []));
            HAPPENS[what]?.(run.fleet, set, ids);
          }
          for (const event of (await run.after(minutes)).filter(isOpen)) holds(event, run);
          expect(counted(viewOf(run).sets).sort()).toStrictEqual(counted(fleetList(run.state).sets).sort());
        }
      }),
      { numRuns: share(32), endOnFailure: true },
    );
  },
);
