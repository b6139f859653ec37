import { asList, asObject } from '../../../event/json.ts';
import { compareVersions, isDotted } from '../../../event/versions.ts';
import type { Json } from '../azure.ts';
import { paired, unmet } from '../compare.ts';
import { at, stable, text } from '../json.ts';
import type { Compare, Difference } from './difference.ts';

const FLAGS = ['autoUpgradeMinorVersion', 'enableAutomaticUpgrade', 'suppressFailures'];

/**
 * Extensions are joined by name: their ids in an instance name a VM that does not exist. Protected settings never come
 * back; public ones come in clear and may hold passwords, so only names of keys are told.
 */
export const extensions: Compare = (set, instance) =>
  paired(
    asList(at(set.model.profile, 'extensionProfile', 'extensions')),
    asList(instance.raw['resources']),
    (extension) => nameOf(asObject(extension)),
  ).flatMap(({ name, model, instance: own }) => {
    if (own === undefined) return [{ kind: 'extensionMissing', name }];
    const has = propertiesOf(own);
    if (model === undefined) return isForeign(name, has, set.orchestration) ? [] : [{ kind: 'extensionExtra', name }];
    return [...version(name, propertiesOf(model), has), ...settings(name, propertiesOf(model), has)];
  });

// A resource's name can be that of the VM and its own, as in "vm/extension".
const nameOf = (extension: Json): string | undefined => text(extension['name'])?.split('/').at(-1);

const propertiesOf = (extension: unknown): Json => asObject(at(extension, 'properties'));

/**
 * Agents that Azure itself puts on instances are called after their publisher and type, and are in no model. A VM of a
 * Flexible set is an ordinary VM, to which policies and people add extensions.
 */
const isForeign = (name: string, has: Json, orchestration: 'Uniform' | 'Flexible'): boolean =>
  orchestration === 'Flexible' || name.toLowerCase() === handler(has).toLowerCase();

const handler = (extension: Json): string => `${text(extension['publisher'])}.${text(extension['type'])}`;

function version(name: string, model: Json, has: Json): readonly Difference[] {
  const [wanted, own] = [text(model['typeHandlerVersion']), text(has['typeHandlerVersion'])];
  if (handler(model).toLowerCase() !== handler(has).toLowerCase()) {
    const told = (extension: Json, number = '') => `${handler(extension)} ${number}`.trim();
    return [{ kind: 'extensionVersion', name, from: told(has, own), to: told(model, wanted), had: told(has, own) }];
  }
  if (wanted === undefined || own === undefined || isMet(wanted, own, model)) return [];
  return [{ kind: 'extensionVersion', name, from: own, to: wanted, had: own }];
}

/** A newer version than the model's is what it asks for, where it lets the platform upgrade. */
function isMet(wanted: string, own: string, model: Json): boolean {
  if (wanted === own) return true;
  if (!isDotted(wanted) || !isDotted(own)) return false;
  const order = compareVersions(own, wanted);
  const sameMajor = own.split('.')[0] === wanted.split('.')[0];
  const mayBeNewer =
    model['enableAutomaticUpgrade'] === true || (model['autoUpgradeMinorVersion'] === true && sameMajor);
  return order === 0 || (mayBeNewer && order > 0);
}

function settings(name: string, model: Json, has: Json): readonly Difference[] {
  const [wanted, own] = [asObject(model['settings']), asObject(has['settings'])];
  const keys = [...new Set([...Object.keys(wanted), ...Object.keys(own)])].filter(
    (key) => stable(wanted[key]) !== stable(own[key]),
  );
  const flags = FLAGS.filter((key) => unmet(model[key], has[key]).length > 0);
  const tag = text(model['forceUpdateTag']) === text(has['forceUpdateTag']) ? [] : ['forceUpdateTag'];
  const differing = [...keys.sort(), ...tag, ...flags];
  if (differing.length === 0) return [];
  const had = [own, has['forceUpdateTag'], ...FLAGS.map((key) => has[key])];
  return [{ kind: 'extensionSettings', name: `${name}: ${differing.join(', ')}`, had }];
}
