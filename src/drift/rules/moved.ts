import type { ModelChange } from './azure.ts';

const PROFILE = /^properties\.virtualMachineProfile\./i;
const MOST = 20;

/**
 * The parts of a model that its last change touched, as "osProfile.customData", and those that are known of changes before:
 * where Azure shows no difference, they narrow down what it is that Azure hides. Undefined where nobody knows.
 */
export function movedParts(change: ModelChange | undefined, known?: readonly string[]): string[] | undefined {
  const parts = (change?.paths ?? [])
    .map((path) => path.replace(PROFILE, '').replaceAll(/\[[^\]]*\]?/g, ''))
    .map((path) => path.split('.').slice(0, 2).join('.').slice(0, 200))
    .filter((part) => part !== 'timeCreated' && !part.startsWith('properties'));
  if (parts.length === 0) return known && [...known];
  return [...new Set([...(known ?? []), ...parts])].sort().slice(0, MOST);
}
