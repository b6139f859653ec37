import { machineJson, machineValues, resourcesJson, setValues } from './instance-json.ts';
import { compiled, fill, members, text, value } from './json-template.ts';
import { inGroup } from './model-json.ts';
import type { ModelSpec } from './model-spec.ts';
import type { FakeSet, InstanceState, SetState } from './scale-set.ts';
import { tagTime } from './times.ts';
import { viewJson } from './view-json.ts';

const SET_ID = inGroup(`Microsoft.Compute/virtualMachineScaleSets/${text('n')}`);

const template = compiled((spec: ModelSpec) => {
  const { vmId, ...machine } = machineJson(spec);
  return {
    name: text('i'),
    id: inGroup(`Microsoft.Compute/virtualMachines/${text('i')}`),
    type: 'Microsoft.Compute/virtualMachines',
    location: text('l'),
    tags: value('tags'),
    [members('zones')]: 0,
    managedBy: SET_ID,
    etag: '"2"',
    properties: {
      ...machine,
      networkProfile: { networkInterfaces: [{ id: inGroup(`Microsoft.Network/networkInterfaces/${text('i')}-nic`) }] },
      provisioningState: text('provisioning'),
      vmId,
      virtualMachineScaleSet: { id: SET_ID },
      [members('view')]: 0,
      timeCreated: text('created'),
    },
    resources: resourcesJson(spec),
  };
});

/** The set's own tags, and the platform's on when the VM last met the model. */
const vmTags = (state: SetState, { taggedAt }: InstanceState): Readonly<Record<string, string>> =>
  taggedAt === undefined ? state.tags : { ...state.tags, VirtualMachineProfileTimeCreated: tagTime(taggedAt) };

/** A standard VM of a Flexible set as JSON text. It has no latestModelApplied. */
export const vmJson = (set: FakeSet, state: SetState, instance: InstanceState, isExpanded: boolean): string =>
  fill(template(instance.model.spec), {
    ...setValues(set),
    ...machineValues(set, instance),
    vm: instance.id,
    computer: instance.id,
    tags: JSON.stringify(vmTags(state, instance)),
    view: isExpanded ? `"instanceView":${JSON.stringify(viewJson(set, instance))},` : '',
  });
