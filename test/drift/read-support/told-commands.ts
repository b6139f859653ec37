import { baseSpecs } from '../../../dev/fake-azure/base-specs.ts';
import type { FakeSet, InstanceState } from '../../../dev/fake-azure/scale-set.ts';
import { isBehind } from '../../../dev/fake-azure/scale-set.ts';
import { isItsHour } from '../../../src/drift/read/context.ts';
import type { RelayEvent } from '../../../src/event/event.ts';
import { iso } from '../../../src/event/time/units.ts';
import { DAY, type FleetRun, MINUTE } from './fleet-run.ts';

/** A command as people got it, and which instances it might have touched when they did. */
export interface ToldCommand {
  readonly set: string;
  readonly verdict: string;
  readonly advice: string;
  readonly command: string;
  readonly free: readonly string[];
}

const ids = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, index) => `${from + index}`);

/** Instances that are behind and that nobody and nothing keeps from an update. */
export const freeOf = ({ state }: FakeSet): readonly string[] =>
  state.instances
    .filter(
      (one: InstanceState) =>
        isBehind(one, state) &&
        !one.isProtected &&
        !one.skipsUpgrade &&
        (one.provisioning === 'Succeeded' || one.provisioning === 'Failed'),
    )
    .map(({ id }) => id);

/** The same command of two verdicts is pasted once. */
export const eachOnce = (told: readonly ToldCommand[]): readonly ToldCommand[] => [
  ...new Map(told.map((each) => [each.command, each])).values(),
];

/** Has the report tell of every sort of drift, with all that the months bring; gives every command that it told, once for each verdict. */
export async function toldCommands(run: FleetRun): Promise<readonly ToldCommand[]> {
  const { fleet } = run;
  const [ubuntu] = baseSpecs(fleet.subscriptions[0]?.id ?? '');
  if (ubuntu === undefined) throw new Error('there is no model');
  const blind = { ...ubuntu, extensions: ubuntu.extensions.slice(0, 1) };
  // A name that no image of the fleet has makes the age of these their own.
  for (const name of ['mild', 'image', 'disks', 'hidden-parts', 'by-hand', 'there-and-back']) {
    fleet.addSet({ name, instances: 10 });
  }
  fleet.addSet({ name: 'large', instances: 900 });
  fleet.addSet({ name: 'odd', resourceGroup: 'rg(a).b_c-é', instances: 10 });
  fleet.addSet({ name: 'flexible', orchestration: 'Flexible', instances: 10 });
  fleet.addSet({ name: 'automatic', instances: 10, state: { mode: 'Automatic' } });
  for (const name of ['waits', 'faulted', 'cancelled', 'stalled']) {
    fleet.addSet({ name, instances: 10, state: { mode: 'Rolling' } });
  }
  fleet.addSet({ name: 'kept', instances: 10 });
  fleet.addSet({ name: 'rolled-back', instances: 10, state: { autoOsUpgrade: true } });
  fleet.addSet({ name: 'hooked', instances: 10, state: { autoOsUpgrade: true, hooks: [] } });
  fleet.addSet({ name: 'deferred', instances: 10, state: { autoOsUpgrade: true, defersOsUpgrade: true } });
  fleet.addSet({ name: 'unrepaired', instances: 10, state: { repairs: 'Running' } });
  fleet.addSet({ name: 'old-image', instances: 10 });
  fleet.addSet({ name: 'old-image-blind', instances: 10, spec: blind });
  const told = new Map<string, ToldCommand>();
  const pass = async (minutes: number) => {
    for (const each of await run.after(minutes)) note(run, each, told);
  };
  await pass(0);
  change(run);
  await pass(40);
  await pass(40);
  run.clock.advance(5 * MINUTE);
  fleet.touch('hidden-parts', ids(0, 10));
  fleet.fail('hidden-parts', ids(0, 10));
  await pass(40);
  await pass(100);
  await pass(untilTurn(run, 'unrepaired'));
  for (let day = 0; day < 18; day += 1) await pass(DAY / MINUTE);
  return [...told.values()];
}

/** Minutes until the hour in which a set is asked whether its repairs are suspended. */
function untilTurn({ fleet, clock }: FleetRun, name: string): number {
  const key = fleet.set(name).id.toLowerCase();
  const hours = ids(0, 24).findIndex((_hour, at) => isItsHour(key, iso(clock.now() + at * 60 * MINUTE)));
  return hours * 60;
}

function change({ fleet }: FleetRun): void {
  for (const name of ['mild', 'odd', 'flexible', 'automatic']) fleet.changeModel(name, 'licence');
  fleet.protect('mild', ['1']);
  fleet.skipUpgrade('mild', ['2']);
  fleet.fail('mild', ['3'], 'Deleting');
  fleet.fail('mild', ['4'], 'Creating');
  fleet.fail('mild', ['5'], 'Updating');
  fleet.fail('mild', ['6'], 'Migrating');
  fleet.fail('mild', ['7'], 'Failed');
  fleet.changeModel('large', 'extensionVersion');
  fleet.update('large', ids(400, 900));
  fleet.protect('large', ids(0, 200));
  fleet.changeModel('image', 'imageVersion');
  fleet.changeModel('kept', 'licence');
  fleet.protect('kept', ids(0, 10));
  fleet.changeModel('rolled-back', 'imageVersion');
  fleet.addOsUpgrade('rolled-back', { rolledBack: 10, endedAt: fleet.clock.now() + MINUTE });
  fleet.changeModel('disks', 'dataDisks');
  fleet.changeModel('hidden-parts', 'unseen');
  fleet.changeModel('there-and-back', 'nothing');
  fleet.changeModel('by-hand', 'nothing');
  fleet.update('by-hand', ids(1, 10));
  fleet.customise('by-hand', ['0']);
  for (const name of ['waits', 'faulted', 'cancelled', 'stalled']) fleet.changeModel(name, 'extensionVersion');
  for (const name of ['faulted', 'cancelled', 'stalled']) fleet.startRollout(name);
  fleet.setPolicy('hooked', {
    hooks: [{ type: 'UpgradeAutoOSScheduling', state: 'Active', defaultAction: 'Approve' }],
  });
  fleet.changeModel('deferred', 'imageVersion');
  fleet.setPolicy('unrepaired', { repairs: 'Suspended' });
  fleet.faultRollout('faulted');
  fleet.cancelRollout('cancelled');
  fleet.newImageVersion({ publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' }, '24.04.202699990');
}

function note({ fleet }: FleetRun, event: RelayEvent, told: Map<string, ToldCommand>): void {
  if (event.kind !== 'drift' || event.command === undefined || event.advice === undefined) return;
  const { advice, command, verdict, resource } = event;
  told.set(`${resource.name} ${verdict} ${advice} ${command}`, {
    ...{ set: resource.name, verdict, advice, command },
    free: freeOf(fleet.set(resource.name)),
  });
}
