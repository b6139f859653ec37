import type { Json } from './model-spec.ts';
import type { FakeSet, InstanceState } from './scale-set.ts';
import { armTime } from './times.ts';

const SUCCEEDED = { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded' };

/** The one place where SkipUpgrade can be read: custom metrics of the health extension. */
const customMetrics = (skips: boolean): Json => ({
  code: 'ComponentStatus/CustomMetrics/succeeded',
  level: 'Info',
  displayStatus: 'Provisioning succeeded',
  message: JSON.stringify({ rollingUpgrade: { PhaseOrderingNumber: 0, SkipUpgrade: skips } }),
});

// Of one that failed, the code of the error follows: https://learn.microsoft.com/azure/virtual-machines/states-billing
const provisioningCode = ({ provisioning, failure }: InstanceState): string =>
  `ProvisioningState/${provisioning.toLowerCase()}${provisioning === 'Failed' && failure !== undefined ? `/${failure}` : ''}`;

const powerAndProvisioning = (instance: InstanceState): readonly Json[] => [
  provisioned(instance),
  ...(instance.until !== undefined && instance.provisioning !== 'Succeeded'
    ? []
    : [{ code: 'PowerState/running', level: 'Info', displayStatus: 'VM running' }]),
];

function provisioned(instance: InstanceState): Json {
  const { provisioning, createdAt, touchedAt = createdAt } = instance;
  return {
    code: provisioningCode(instance),
    level: provisioning === 'Failed' ? 'Error' : 'Info',
    displayStatus: `Provisioning ${provisioning.toLowerCase()}`,
    time: armTime(touchedAt),
  };
}

/** An instance view; its shape as recorded. */
export const viewJson = (set: FakeSet, instance: InstanceState): Json => ({
  platformUpdateDomain: 0,
  platformFaultDomain: 0,
  computerName: `${set.name}-${instance.id}`,
  osName: instance.model.spec.os === 'Windows' ? 'Windows Server 2022 Datacenter' : 'ubuntu',
  osVersion: instance.model.spec.os === 'Windows' ? '10.0.20348.2655' : '24.04',
  vmAgent: {
    vmAgentVersion: '2.12.0.2',
    statuses: [
      { ...SUCCEEDED, displayStatus: 'Ready', message: 'Guest Agent is running', time: armTime(instance.createdAt) },
    ],
  },
  disks: [{ name: 'os', statuses: [{ ...SUCCEEDED, time: armTime(instance.createdAt) }] }],
  extensions: instance.model.spec.extensions.map(({ name, publisher, type, version }) => ({
    name,
    type: `${publisher}.${type}`,
    typeHandlerVersion: `${version}.0`,
    ...(type.startsWith('ApplicationHealth') && { substatuses: [customMetrics(instance.skipsUpgrade)] }),
    statuses: [SUCCEEDED],
  })),
  vmHealth: {
    status: {
      code: `HealthState/${instance.health}`,
      level: instance.health === 'healthy' ? 'Info' : 'Error',
      displayStatus: instance.health === 'healthy' ? 'The VM is reported healthy' : 'The VM is reported unhealthy',
    },
  },
  ...(instance.isInPool && { isVMInStandbyPool: true }),
  hyperVGeneration: 'V2',
  statuses: powerAndProvisioning(instance),
});
