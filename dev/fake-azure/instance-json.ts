import { compiled, fill, members, partlyFilled, templates, text, type Values, value } from './json-template.ts';
import {
  dataDisksJson,
  extensionJson,
  imageJson,
  inGroup,
  networkJson,
  osConfigurationJson,
  osDiskJson,
  secretsJson,
  securityJson,
} from './model-json.ts';
import type { Json, ModelSpec } from './model-spec.ts';
import { type FakeSet, type InstanceState, isBehind, type SetState } from './scale-set.ts';
import { isZonal } from './set-json.ts';
import { armTime } from './times.ts';
import { viewJson } from './view-json.ts';

/** An instance's machine: what Uniform instances and the standard VMs of Flexible sets have in common. */
export const machineJson = (spec: ModelSpec): Json => ({
  hardwareProfile: { vmSize: spec.size },
  vmId: text('vmId'),
  storageProfile: {
    imageReference: { ...imageJson(spec.image), exactVersion: text('exactVersion') },
    osDisk: {
      ...osDiskJson(spec),
      name: `${text('n')}_OsDisk_1_${text('disk')}`,
      managedDisk: {
        storageAccountType: 'Premium_LRS',
        id: `/subscriptions/${text('s')}/resourceGroups/${text('shouted')}/providers/Microsoft.Compute/disks/${text('n')}_OsDisk_1_${text('disk')}`,
      },
    },
    dataDisks: dataDisksJson(spec),
    diskControllerType: 'SCSI',
  },
  osProfile: {
    computerName: text('computer'),
    adminUsername: 'operator',
    ...osConfigurationJson(spec, true),
    secrets: secretsJson(spec),
    allowExtensionOperations: true,
    requireGuestProvisionSignal: true,
  },
  securityProfile: securityJson,
  ...(spec.licence !== undefined && { licenseType: spec.licence }),
});

// Recorded ids of extensions point to standard VMs that do not exist.
export const resourcesJson = (spec: ModelSpec): readonly Json[] =>
  spec.extensions.map((each) => ({
    name: each.name,
    id: inGroup(`Microsoft.Compute/virtualMachines/${text('vm')}/extensions/${each.name}`),
    type: 'Microsoft.Compute/virtualMachines/extensions',
    location: text('l'),
    properties: extensionJson(each, 'Succeeded'),
  }));

const AT = `Microsoft.Compute/virtualMachineScaleSets/${text('n')}/virtualMachines/${text('i')}`;

const template = compiled((spec: ModelSpec) => {
  const { hardwareProfile, vmId, storageProfile, osProfile, securityProfile, ...licence } = machineJson(spec);
  return {
    name: text('vm'),
    id: inGroup(AT),
    type: 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines',
    location: text('l'),
    tags: value('tags'),
    instanceId: text('i'),
    [members('zones')]: 0,
    sku: { name: spec.size, tier: 'Standard' },
    properties: {
      latestModelApplied: value('latest'),
      modelDefinitionApplied: text('definition'),
      [members('protection')]: 0,
      networkProfileConfiguration: networkJson(spec),
      provisioningState: text('provisioning'),
      hardwareProfile,
      vmId,
      storageProfile,
      osProfile,
      securityProfile,
      networkProfile: { networkInterfaces: [{ id: inGroup(`${AT}/networkInterfaces/${text('n')}Nic`) }] },
      ...licence,
      [members('view')]: 0,
      timeCreated: text('created'),
    },
    etag: '"1"',
    resources: resourcesJson(spec),
  };
});

/** What is the same for all instances of a set. */
export const setValues = (set: FakeSet): Values => ({
  s: set.subscriptionId,
  g: set.resourceGroup,
  shouted: set.resourceGroup.toUpperCase(),
  n: set.name,
  l: set.location,
});

/** With the set's, what fills the holes that `machineJson` and `resourcesJson` leave. */
export const machineValues = (set: FakeSet, instance: InstanceState) => ({
  i: instance.id,
  vmId: instance.vmId,
  exactVersion: instance.exactVersion,
  disk: instance.vmId.replaceAll('-', ''),
  provisioning: instance.provisioning,
  created: armTime(instance.createdAt),
  zones: isZonal(set) || instance.zone !== undefined ? `"zones":["${zoneOf(instance)}"],` : '',
  protection: instance.isProtected
    ? '"protectionPolicy":{"protectFromScaleIn":false,"protectFromScaleSetActions":true},'
    : '',
});

const zoneOf = ({ vmId, zone }: InstanceState): string =>
  zone ?? String((Number.parseInt(vmId.slice(0, 4), 16) % 3) + 1);

/** Writes instances of a Uniform set as JSON text. */
export function instanceWriter(
  set: FakeSet,
  state: SetState,
  isExpanded: boolean,
): (instance: InstanceState) => string {
  const common = { ...setValues(set), tags: JSON.stringify(state.tags) };
  const inSet = templates((spec: ModelSpec) => partlyFilled(template(spec), common));
  return (instance) =>
    fill(inSet(instance.model.spec), {
      ...machineValues(set, instance),
      vm: `${set.name}_${instance.id}`,
      computer: `${set.name}${Number(instance.id).toString(36).toUpperCase().padStart(6, '0')}`,
      latest: String(!isBehind(instance, state)),
      definition: instance.customised ? 'VirtualMachine' : 'VirtualMachineScaleSet',
      view: isExpanded ? `"instanceView":${JSON.stringify(viewJson(set, instance))},` : '',
    });
}
