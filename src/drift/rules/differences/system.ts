import { asList, asObject } from '../../../event/json.ts';
import type { Json } from '../azure.ts';
import { sameMembers, unmet } from '../compare.ts';
import { allAt, at, text, without } from '../json.ts';
import type { Compare } from './difference.ts';

const part = (set: { readonly model: { readonly profile: Json } }, key: string): Json =>
  asObject(set.model.profile[key]);

/** Certificates and secrets from Key Vault, which the model can add and take away. Their addresses are not told. */
export const secrets: Compare = (set, instance) => {
  const [wanted, own] = [certificatesOf(set.model.profile), certificatesOf(instance.raw['properties'])];
  return sameMembers(wanted, own) ? [] : [{ kind: 'secrets', had: own }];
};

const certificatesOf = (profile: unknown): readonly Json[] =>
  asList(at(profile, 'osProfile', 'secrets')).flatMap(certificates);

const certificates = (secret: unknown): readonly Json[] =>
  asList(at(secret, 'vaultCertificates')).map((certificate) => ({
    vault: at(secret, 'sourceVault', 'id'),
    url: at(certificate, 'certificateUrl'),
    store: at(certificate, 'certificateStore'),
  }));

// What an instance has none of (its name has the model's as its beginning), and what never comes back.
const NOT_COMPARED = ['secrets', 'computerNamePrefix', 'customData', 'adminPassword'];

/** Settings of the operating system. */
export const osProfile: Compare = (set, instance) => {
  const wanted = without(part(set, 'osProfile'), ...NOT_COMPARED);
  const windows = without(asObject(wanted['windowsConfiguration']), 'additionalUnattendContent');
  const own = asObject(at(instance.raw, 'properties', 'osProfile'));
  const keys = unmet({ ...wanted, windowsConfiguration: windows }, own);
  return keys.length === 0 ? [] : [{ kind: 'osProfile', name: keys.join(', '), had: allAt(own, keys) }];
};

/** Licence and priority: leaving them out says as much as naming the default. */
const NAMED = [
  ['licenseType', 'None'],
  ['priority', 'Regular'],
] as const;

export const named: Compare = (set, instance) =>
  NAMED.flatMap(([name, standard]) => {
    const to = text(set.model.profile[name]) ?? standard;
    const from = text(at(instance.raw, 'properties', name)) ?? standard;
    return from.toLowerCase() === to.toLowerCase() ? [] : [{ kind: 'other', name, from, to, had: from }];
  });

const PARTS = ['securityProfile', 'additionalCapabilities', 'diagnosticsProfile', 'evictionPolicy', 'billingProfile'];

/** Parts that a standard VM shows and an instance of a Uniform set does not; some in newer versions of the API alone. */
const PARTS_OF_VMS = ['scheduledEventsProfile', 'capacityReservation', 'userData'];
const PARTS_OF_SETS = ['serviceArtifactReference', 'securityPostureReference', 'interconnectBlockProfile'];

/** What is in the model and in the instance; of parts that an instance need not show, only if it shows them. */
export const parts: Compare = (set, instance) =>
  [...PARTS, 'hardwareProfile', ...PARTS_OF_VMS, ...PARTS_OF_SETS].flatMap((name) => {
    const own = asObject(instance.raw['properties']);
    if (!PARTS.includes(name) && name !== 'hardwareProfile' && own[name] === undefined) return [];
    const wanted = name === 'hardwareProfile' ? without(part(set, name), 'vmSize') : set.model.profile[name];
    const keys = unmet(wanted, own[name], name);
    return keys.length === 0 ? [] : [{ kind: 'other', name: keys.join(', '), had: allAt(own, keys) }];
  });

/** Somebody changed this one instance, and not the model. */
export const byHand: Compare = (_set, { customised }) => (customised ? [{ kind: 'changedByHand' }] : []);
