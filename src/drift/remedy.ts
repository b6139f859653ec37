import type { EventOf } from '../event/event.ts';
import { clean } from '../event/text.ts';
import type { ScaleSet } from './azure.ts';
import { option, quoted } from './quote.ts';
import type { DriftedInstance } from './reading.ts';
import type { ToldVerdict } from './state.ts';

type Remedy = Required<Pick<EventOf<'drift'>, 'advice' | 'command'>>;

export interface Patient {
  readonly set: ScaleSet;
  readonly verdict: ToldVerdict;
  readonly total: number;
  readonly drifted: readonly DriftedInstance[];
}

/** What a rolling upgrade takes at once by default. */
const BATCH = 0.2;

/** What the event's field holds. */
const MOST = 600;

/**
 * What brings a set's instances to its model, as a command to paste into a shell: for exactly the instances that are
 * behind, and never for all. Undefined where the instances are held on purpose, where an image went back (it would fail
 * again), and where no command fits. Managed sets have no verdict, and so come to no command.
 *
 * update-instances: https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-perform-manual-upgrades
 * get-latest, update: https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-configure-rolling-upgrades
 */
export function remedy(patient: Patient): Remedy | undefined {
  const { set, verdict } = patient;
  if (verdict === 'held' || verdict === 'rolledBack') return undefined;
  if (verdict === 'hidden') return first('upgrade', [az('vmss rolling-upgrade start', set)]);
  // Any change of the model, an empty one too, makes the platform begin a rolling upgrade anew.
  if (set.mode === 'Rolling') {
    return first('resume', [lines(az('vmss rolling-upgrade get-latest', set), az('vmss update', set))]);
  }
  const ids = patient.drifted
    .filter(({ held, instanceId }) => !held && !instanceId.startsWith('-'))
    .map(({ instanceId }) => instanceId)
    .sort(byNumber);
  const batch = Math.min(ids.length, Math.ceil(patient.total * BATCH));
  if (batch === 0) return undefined;
  const isUnexplained = patient.drifted.every(({ reasons }) => reasons.length === 0);
  return isUnexplained ? reimage(set, ids, batch) : update(set, ids, batch);
}

const byNumber = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });

function update(set: ScaleSet, ids: readonly string[], batch: number): Remedy | undefined {
  const rest = ids.length > batch ? [listed(set)] : [];
  const named = (size: number) => naming('vmss update-instances', set, ids.slice(0, size));
  return first('update', [
    lines(named(batch), ...rest),
    named(batch),
    ...(set.orchestration === 'Uniform' ? [piped(set, batch)] : []),
    ...smaller(batch).map(named),
  ]);
}

/**
 * Custom data and passwords, which no answer shows, reach an instance by a new image on its disk only. Ids are always
 * named: without them, all instances are reimaged, and before CLI 2.46 they were in any case.
 */
function reimage(set: ScaleSet, ids: readonly string[], batch: number): Remedy | undefined {
  const both = (size: number) => [
    naming('vmss update-instances', set, ids.slice(0, size)),
    naming('vmss reimage', set, ids.slice(0, size)),
  ];
  const rest = ids.length > batch ? [listed(set)] : [];
  return first('reimage', [
    lines(...both(batch), ...rest),
    ...[batch, ...smaller(batch)].map((size) => lines(...both(size))),
  ]);
}

/** Half as many, a quarter, … and one. */
const smaller = (batch: number): readonly number[] =>
  batch <= 1 ? [] : [Math.floor(batch / 2), ...smaller(Math.floor(batch / 2))];

const lines = (...all: readonly string[]): string => all.join('\n');

const place = ({ subscriptionId, resourceGroup }: ScaleSet): string =>
  `${option('--subscription', subscriptionId)} ${option('-g', resourceGroup)}`;

const az = (command: string, set: ScaleSet): string => `az ${command} ${place(set)} ${option('-n', set.name)}`;

const naming = (command: string, set: ScaleSet, ids: readonly string[]): string =>
  `${az(command, set)} --instance-ids ${ids.map(quoted).join(' ')}`;

/** The ids that are behind. Of a Flexible set, Azure lists the VMs, and the tag that tells their models apart. */
const listed = (set: ScaleSet): string =>
  set.orchestration === 'Uniform'
    ? `${az('vmss list-instances', set)} --filter ${quoted('properties/latestModelApplied eq false')} --query '[].instanceId' -o tsv`
    : `az vm list ${place(set)} ${option('--vmss', set.name)} --query '[].[name,tags.VirtualMachineProfileTimeCreated]' -o tsv`;

const piped = (set: ScaleSet, batch: number): string =>
  `${listed(set)} | head -n ${batch} | xargs ${az('vmss update-instances', set)} --instance-ids`;

/** The first command that fits whole, and stays as it is when an event cleans it. */
function first(advice: Remedy['advice'], commands: readonly string[]): Remedy | undefined {
  const command = commands.find((each) => each.length <= MOST && clean(each) === each);
  return command === undefined ? undefined : { advice, command };
}
