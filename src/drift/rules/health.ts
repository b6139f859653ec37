import { asList } from '../../event/json.ts';
import type { ScaleSet } from './azure.ts';
import { at, text } from './json.ts';

const EXTENSION = /^ApplicationHealth(Linux|Windows)$/i;

/**
 * Whether Azure can see if a set's instances are well, by the health extension or, of a Uniform set, a load balancer's
 * probe. Without, it refuses upgrades that it does itself:
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy
 */
export const isMonitored = ({
  model: { profile },
  orchestration,
}: Pick<ScaleSet, 'model' | 'orchestration'>): boolean =>
  (orchestration === 'Uniform' && text(at(profile, 'networkProfile', 'healthProbe', 'id')) !== undefined) ||
  asList(at(profile, 'extensionProfile', 'extensions')).some((extension) =>
    EXTENSION.test(`${text(at(extension, 'properties', 'type'))}`),
  );
