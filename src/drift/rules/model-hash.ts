import { hash } from 'node:crypto';
import { asList, asObject } from '../../event/json.ts';
import type { ScaleSet } from './azure.ts';
import { idsWithoutCase, stable, without } from './json.ts';

/**
 * The model in 32 hex digits: its VM size and profile, and no capacity, tags or states, so that autoscale never counts
 * as a change. It is stored, and a weak password can be guessed from a plain hash: of settings only the names of keys
 * are in it, and a change of nothing but their values leaves it as it is.
 */
export function modelHash({ sku, profile }: ScaleSet['model']): string {
  const extensions = asObject(profile['extensionProfile']);
  const told = {
    ...without(profile, 'timeCreated', 'userData'),
    osProfile: without(asObject(profile['osProfile']), 'adminPassword', 'customData'),
    extensionProfile: { ...extensions, extensions: asList(extensions['extensions']).map(blinded).sort(byText) },
  };
  return hash('sha256', stable([sku['name'] ?? null, idsWithoutCase(told)])).slice(0, 32);
}

function blinded(extension: unknown): unknown {
  const properties = asObject(asObject(extension)['properties']);
  const settings = Object.keys(asObject(properties['settings'])).sort();
  return {
    ...asObject(extension),
    properties: { ...without(properties, 'protectedSettings'), settings },
  };
}

const byText = (one: unknown, other: unknown): number => (stable(one) < stable(other) ? -1 : 1);
