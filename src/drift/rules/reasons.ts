import { createHmac } from 'node:crypto';
import { isObject } from '../../event/json.ts';
import type { Instance, ScaleSet } from './azure.ts';
import { isBlank } from './compare.ts';
import { applications } from './differences/applications.ts';
import type { Compare, Difference, Reason } from './differences/difference.ts';
import { dataDisks, osDisk } from './differences/disks.ts';
import { extensions } from './differences/extensions.ts';
import { image, size } from './differences/image.ts';
import { network } from './differences/network.ts';
import { byHand, named, osProfile, parts, secrets } from './differences/system.ts';
import { idsWithoutCase, stable } from './json.ts';

const COMPARES: readonly Compare[] = [
  image,
  size,
  extensions,
  secrets,
  dataDisks,
  network,
  osProfile,
  osDisk,
  named,
  parts,
  applications,
  byHand,
];

const differences = (set: ScaleSet, instance: Instance): readonly Difference[] =>
  COMPARES.flatMap((compare) => compare(set, instance));

/**
 * What of an instance is not as its set's model asks, as far as the API shows. None does not mean that they are equal:
 * protected settings, custom data and passwords never come back, and a model that was changed and changed back leaves
 * its instances behind without a difference. Of a Flexible set's VM, which shows less, it is an estimate.
 */
export const reasons = (set: ScaleSet, instance: Instance): readonly Reason[] => differences(set, instance).map(told);

/**
 * Tells the models of drifted instances apart: the same for instances that differ alike from the current model. The
 * values behind it can be passwords, so the key must be made at random for each process, and neither it nor the
 * fingerprint may leave the process.
 */
export const fingerprint = (set: ScaleSet, instance: Instance, key: string): string =>
  print(instance, differences(set, instance), key);

/** Both of them, for the price of one. */
export function examined(set: ScaleSet, instance: Instance, key: string) {
  const found = differences(set, instance);
  return { reasons: found.map(told), fingerprint: print(instance, found, key) };
}

const told = ({ had: _, ...reason }: Difference): Reason => reason;

function print(instance: Instance, found: readonly Difference[], key: string): string {
  // The tag of a Flexible set's VM says outright which model it was made of.
  const made =
    instance.profileCreatedAt ??
    found.map(({ kind, name = '', had }) => stable([kind, name, canonical(had) ?? null])).sort();
  return createHmac('sha256', key).update(stable(made)).digest('base64url').slice(0, 22);
}

/** The same for what says the same: without blanks, and ids in one case. */
function canonical(value: unknown): unknown {
  if (isBlank(value)) return undefined;
  if (Array.isArray(value)) return value.map((each) => canonical(each) ?? null);
  if (!isObject(value)) return idsWithoutCase(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, canonical(inner)]));
}
