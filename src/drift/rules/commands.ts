import type { ScaleSet } from './azure.ts';
import { option, quoted } from './quote.ts';

/** Commands of the Azure command line for one scale set, shell-quoted. What acts on instances names them. */

// `az rest` wants one named. Reimaging and an empty update are the same in all of them.
const API_VERSION = '2024-11-01';

const place = ({ subscriptionId, resourceGroup }: ScaleSet): string =>
  `${option('--subscription', subscriptionId)} ${option('-g', resourceGroup)}`;

const az = (command: string, set: ScaleSet): string => `az ${command} ${place(set)} ${option('-n', set.name)}`;

// Of approvals, whose shapes are newer.
const APPROVAL_VERSION = '2026-04-01';

const rest = (
  method: string,
  { subscriptionId, resourceGroup, name }: ScaleSet,
  action: string,
  { body, version = API_VERSION }: { readonly body?: object; readonly version?: string },
) => {
  const path = ['subscriptions', subscriptionId, 'resourceGroups', resourceGroup, 'providers', 'Microsoft.Compute'];
  const url = [...path, 'virtualMachineScaleSets', name, ...(action ? [action] : [])].map(encodeURIComponent).join('/');
  const command = `az rest --method ${method} --url ${quoted(`/${url}?api-version=${version}`)}`;
  return body === undefined ? command : `${command} --body ${quoted(JSON.stringify(body))}`;
};

export const updateInstances = (set: ScaleSet, ids: readonly string[]): string =>
  `${az('vmss update-instances', set)} --instance-ids ${ids.map(quoted).join(' ')}`;

/**
 * Reimages the disks of the operating system alone. `az vmss reimage --instance-ids` calls reimageall, which wipes the
 * data disks as well: https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/reimage-all
 */
export const reimage = (set: ScaleSet, ids: readonly string[]): string =>
  rest('post', set, 'reimage', { body: { instanceIds: ids } });

/**
 * Any update of the model has the platform begin a rolling upgrade anew, an empty one too. `az vmss update` would write
 * the whole set as it was a moment ago, with a capacity that autoscale may have changed since.
 */
export const restartUpgrade = (set: ScaleSet): string => rest('patch', set, '', { body: {} });

/** What waits, of whom, and until when: VirtualMachineScaleSetLifeCycleHookEvents_List. */
export const approvalEvents = (set: ScaleSet): string =>
  rest('get', set, 'lifecycleHookEvents', { version: APPROVAL_VERSION });

/**
 * Lets deferred upgrades of these instances go on: VirtualMachineScaleSets_ApproveRollingUpgrade. Without ids, it would be all.
 * https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/approve-rolling-upgrade
 */
export const approveUpgrade = (set: ScaleSet, ids: readonly string[]): string =>
  rest('post', set, 'approveRollingUpgrade', { body: { instanceIds: ids }, version: APPROVAL_VERSION });

/** How its instances are, and its services. */
export const setView = (set: ScaleSet): string => az('vmss get-instance-view', set);

/** https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-instance-repairs */
export const resumeRepairs = (set: ScaleSet): string =>
  `${az('vmss set-orchestration-service-state', set)} --service-name AutomaticRepairs --action Resume`;

export const latestUpgrade = (set: ScaleSet): string => az('vmss rolling-upgrade get-latest', set);

export const startOsUpgrade = (set: ScaleSet): string => az('vmss rolling-upgrade start', set);

export const imageVersions = (set: ScaleSet): string =>
  `${az('vmss list-instances', set)} --query '[].[instanceId,storageProfile.imageReference.exactVersion]' -o tsv`;

/**
 * What is behind, with a column beside the ids, so that nobody feeds it to a command as it is. Protected ones are left
 * out; that an application asks to be skipped is not in this answer. Of a Flexible set, Azure lists the VMs, and the tag
 * that tells their models apart.
 */
export const behindList = (set: ScaleSet): string =>
  set.orchestration === 'Uniform'
    ? `${az('vmss list-instances', set)} --filter 'properties/latestModelApplied eq false' --query '[?protectionPolicy.protectFromScaleSetActions!=\`true\`].[instanceId,provisioningState]' -o tsv`
    : `az vm list ${place(set)} ${option('--vmss', set.name)} --query '[].[name,provisioningState,tags.VirtualMachineProfileTimeCreated]' -o tsv`;
