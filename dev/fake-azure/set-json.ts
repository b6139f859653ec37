import { compiled, fill, members, text, value } from './json-template.ts';
import {
  dataDisksJson,
  extensionJson,
  imageJson,
  networkJson,
  osConfigurationJson,
  osDiskJson,
  secretsJson,
  securityJson,
} from './model-json.ts';
import type { Json, ModelSpec } from './model-spec.ts';
import type { FakeSet, SetState } from './scale-set.ts';
import { armTime } from './times.ts';

const profileJson = (spec: ModelSpec): Json => ({
  osProfile: {
    computerNamePrefix: text('n'),
    adminUsername: 'operator',
    ...osConfigurationJson(spec, false),
    secrets: secretsJson(spec),
    allowExtensionOperations: true,
    requireGuestProvisionSignal: true,
  },
  storageProfile: {
    osDisk: osDiskJson(spec),
    imageReference: imageJson(spec.image),
    ...(spec.dataDisks.length > 0 && { dataDisks: dataDisksJson(spec) }),
    diskControllerType: 'SCSI',
  },
  networkProfile: networkJson(spec),
  securityProfile: securityJson,
  extensionProfile: {
    extensions: spec.extensions.map((each) => ({ name: each.name, properties: extensionJson(each) })),
  },
  ...(spec.licence !== undefined && { licenseType: spec.licence }),
  ...spec.unknown,
  timeCreated: text('modelCreated'),
});

const template = compiled((spec: ModelSpec) => ({
  name: text('n'),
  id: `/subscriptions/${text('s')}/resourceGroups/${text('idGroup')}/providers/Microsoft.Compute/virtualMachineScaleSets/${text('n')}`,
  type: 'Microsoft.Compute/virtualMachineScaleSets',
  location: text('l'),
  [members('managedBy')]: 0,
  tags: value('tags'),
  [members('zones')]: 0,
  sku: { name: spec.size, tier: 'Standard', capacity: value('capacity') },
  etag: text('etag'),
  properties: {
    singlePlacementGroup: value('placement'),
    orchestrationMode: text('orchestration'),
    upgradePolicy: value('policy'),
    virtualMachineProfile: profileJson(spec),
    provisioningState: text('provisioning'),
    [members('uniform')]: 0,
    [members('traits')]: 0,
    uniqueId: text('unique'),
    platformFaultDomainCount: value('domains'),
    timeCreated: text('created'),
  },
}));

const ROLLING = {
  maxBatchInstancePercent: 20,
  maxUnhealthyInstancePercent: 20,
  maxUnhealthyUpgradedInstancePercent: 20,
};

export const rollingPolicyJson = ({ pauseBetweenBatches }: SetState): Json => ({
  ...ROLLING,
  pauseTimeBetweenBatches: pauseBetweenBatches,
});

const policyJson = (state: SetState): Json => ({
  mode: state.mode,
  ...((state.mode === 'Rolling' || state.autoOsUpgrade) && { rollingUpgradePolicy: rollingPolicyJson(state) }),
  ...(state.autoOsUpgrade && {
    automaticOSUpgradePolicy: {
      enableAutomaticOSUpgrade: true,
      disableAutomaticRollback: false,
      ...(state.defersOsUpgrade && { osRollingUpgradeDeferral: true }),
    },
  }),
});

/** As in the examples VirtualMachineScaleSet_Create_WithLifecycleHooksProfile and _WithAutomaticRepairs of 2026-04-01. */
function traitsJson({ hooks, repairs, rebalancesZones }: SetState): string {
  const lifecycleHooks = [
    { type: 'UpgradeAutoOSRollingBatchStarting', waitDuration: 'PT20M', defaultAction: 'Approve' },
  ];
  const traits = {
    ...(hooks !== undefined && { lifecycleHooksProfile: { lifecycleHooks } }),
    ...(repairs !== undefined && { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT30M' } }),
    ...(rebalancesZones && {
      resiliencyPolicy: {
        automaticZoneRebalancingPolicy: {
          enabled: true,
          rebalanceStrategy: 'Recreate',
          rebalanceBehavior: 'CreateBeforeDelete',
        },
      },
    }),
  };
  const text = JSON.stringify(traits).slice(1, -1);
  return text === '' ? '' : `${text},`;
}

/** Half of the sets span three zones. */
export const isZonal = ({ ordinal }: FakeSet): boolean => ordinal % 2 === 1;

/** A set as JSON text. Lists shout the group inside of its id, as was recorded; a single GET does not. */
export const setJson = (set: FakeSet, state: SetState, listed: boolean): string =>
  fill(template(state.model.spec), {
    s: set.subscriptionId,
    g: set.resourceGroup,
    idGroup: listed ? set.resourceGroup.toUpperCase() : set.resourceGroup,
    n: set.name,
    l: set.location,
    managedBy: state.managedBy === undefined ? '' : `"managedBy":${JSON.stringify(state.managedBy)},`,
    tags: JSON.stringify(state.tags),
    zones: isZonal(set) ? '"zones":["1","2","3"],' : '',
    capacity: String(state.capacity),
    etag: `\\"${state.etag}\\"`,
    placement: String(set.orchestration === 'Uniform'),
    orchestration: set.orchestration,
    policy: JSON.stringify(policyJson(state)),
    uniform:
      set.orchestration === 'Uniform' ? '"overprovision":true,"doNotRunExtensionsOnOverprovisionedVMs":false,' : '',
    traits: traitsJson(state),
    provisioning: state.provisioning ?? 'Succeeded',
    unique: set.uniqueId,
    domains: set.orchestration === 'Uniform' ? '5' : '1',
    created: armTime(set.createdAt),
    modelCreated: armTime(state.model.createdAt),
  });
