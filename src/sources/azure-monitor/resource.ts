import { aboutOf } from '../alertmanager/labels.ts';
import { type ArmResource, armKey, armResource } from '../arm.ts';
import type { EventDraft } from '../source.ts';

export interface Affected {
  readonly targets: readonly string[];
  /** Names of what is affected, or its whole ARM id. */
  readonly items?: readonly string[] | undefined;
  readonly dimensions?: Iterable<readonly [string, string]> | undefined;
  /** What to call it where nothing else has a name. */
  readonly otherwise: string;
  readonly type?: string | undefined;
  readonly group?: string | undefined;
  readonly subscriptionId?: string | undefined;
  readonly region?: string | undefined;
}

// Where logs and metrics are kept: a rule on one of them is about something else that sends its data there.
const PROMETHEUS = 'microsoft.monitor/accounts';
const WORKSPACES = new Set(['microsoft.operationalinsights/workspaces', PROMETHEUS]);

const IDS = new Set(['_resourceid', 'resourceid', 'microsoft.resourceid']);
const MACHINES = new Set(['computer', 'host', 'hostname', 'machine', 'machinename', 'vmname', 'server', 'servername']);

/** What an alert is about: its target, or the machine behind a workspace. */
export function resourceOf(affected: Affected): EventDraft['resource'] {
  const { targets, items = [], dimensions = [], otherwise, region } = affected;
  const target = targets.map(armResource).find((each) => each !== undefined);
  const found =
    target === undefined || WORKSPACES.has(target.type?.toLowerCase() ?? '')
      ? behind(target, items, [...dimensions])
      : undefined;
  if (found !== undefined) return { ...found, region };
  if (target !== undefined) return { ...target, region };
  const { type, group, subscriptionId } = affected;
  return { name: targets[0] ?? otherwise, type, group, subscriptionId, region };
}

function behind(
  workspace: ArmResource | undefined,
  items: readonly string[],
  dimensions: readonly (readonly [string, string])[],
): EventDraft['resource'] | undefined {
  const [, id] = dimensions.find(([name, value]) => IDS.has(name.toLowerCase()) && value.startsWith('/')) ?? [];
  const resource = armResource(id);
  if (resource !== undefined) return resource;
  const [, machine] = dimensions.find(([name]) => MACHINES.has(name.toLowerCase())) ?? [];
  if (machine !== undefined) return { name: machine };
  if (workspace?.type?.toLowerCase() === PROMETHEUS) {
    const { name, group } = aboutOf(new Map(dimensions));
    if (name !== undefined) return { name, group, subscriptionId: workspace.subscriptionId };
  }
  const [item] = items;
  if (item === undefined) return undefined;
  const whole = armResource(item);
  if (whole !== undefined)
    return workspace !== undefined && armKey(whole.id) === armKey(workspace.id) ? undefined : whole;
  return item.toLowerCase() === workspace?.name.toLowerCase() ? undefined : { name: item };
}
