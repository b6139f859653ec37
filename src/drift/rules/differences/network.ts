import { asList, asObject } from '../../../event/json.ts';
import type { Json } from '../azure.ts';
import { isBlank, paired, sameMembers, unmet } from '../compare.ts';
import { allAt, at, without } from '../json.ts';
import type { Compare } from './difference.ts';

/** What an instance may not have once the model lets go of it. */
const POOLS = [
  'loadBalancerBackendAddressPools',
  'loadBalancerInboundNatPools',
  'applicationGatewayBackendAddressPools',
  'applicationSecurityGroups',
];
const NSG = 'networkSecurityGroup';
const PUBLIC = 'publicIPAddressConfiguration';
const IPS = 'ipConfigurations';

/** Network interfaces by name. A VM of a Flexible set does not show its own, so there is nothing to compare. */
export const network: Compare = (set, instance) => {
  const shown = at(instance.raw, 'properties', 'networkProfileConfiguration', 'networkInterfaceConfigurations');
  if (!Array.isArray(shown)) return [];
  return paired(asList(at(set.model.profile, 'networkProfile', 'networkInterfaceConfigurations')), shown).flatMap(
    ({ name, model, instance: own }) => {
      if (model === undefined || own === undefined) return [{ kind: 'network', name, had: own === undefined }];
      const [wanted, has] = [asObject(at(model, 'properties')), asObject(at(own, 'properties'))];
      const keys = [...new Set([...interfaceKeys(wanted, has), ...addressKeys(wanted, has)])];
      return keys.length === 0 ? [] : [{ kind: 'network', name: `${name}: ${keys.join(', ')}`, had: there(has, keys) }];
    },
  );
};

const interfaceKeys = (wanted: Json, has: Json): readonly string[] => [
  ...unmet(without(wanted, IPS, NSG), has),
  ...removable(NSG, wanted, has),
];

function addressKeys(wanted: Json, has: Json): readonly string[] {
  return paired(asList(wanted[IPS]), asList(has[IPS])).flatMap(({ model, instance }) => {
    if (model === undefined || instance === undefined) return [IPS];
    const [ask, own] = [asObject(at(model, 'properties')), asObject(at(instance, 'properties'))];
    return [
      ...POOLS.filter((key) => !sameMembers(asList(ask[key]), asList(own[key]))),
      ...removable(PUBLIC, ask, own),
      ...unmet(without(ask, PUBLIC, ...POOLS), own),
    ];
  });
}

const removable = (key: string, wanted: Json, has: Json): readonly string[] =>
  isBlank(wanted[key]) !== isBlank(has[key]) || unmet(wanted[key], has[key]).length > 0 ? [key] : [];

/** What an interface and its addresses have under some keys. */
const there = (has: Json, keys: readonly string[]): unknown => [
  allAt(has, keys),
  asList(has[IPS]).map((address) => allAt(at(address, 'properties'), keys)),
];
