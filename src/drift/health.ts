import type { ScaleSet } from './azure.ts';
import { at, list, text } from './json.ts';

const EXTENSION = /^ApplicationHealth(Linux|Windows)$/i;

/**
 * Whether Azure can see if a set's instances are well, by a load balancer's probe or the health extension. Without, it
 * refuses upgrades that it does itself:
 * https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade
 */
export const isMonitored = ({ model: { profile } }: Pick<ScaleSet, 'model'>): boolean =>
  text(at(profile, 'networkProfile', 'healthProbe', 'id')) !== undefined ||
  list(at(profile, 'extensionProfile', 'extensions')).some((extension) =>
    EXTENSION.test(text(at(extension, 'properties', 'type')) ?? ''),
  );
