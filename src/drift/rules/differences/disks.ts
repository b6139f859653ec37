import { asList, asObject } from '../../../event/json.ts';
import type { Json } from '../azure.ts';
import { paired, unmet } from '../compare.ts';
import { allAt, at, text } from '../json.ts';
import type { Compare } from './difference.ts';

const disks = (profile: unknown): readonly unknown[] => asList(at(profile, 'storageProfile', 'dataDisks'));

/** Data disks, by their number (LUN): missing, to spare, or made otherwise. */
export const dataDisks: Compare = (set, instance) =>
  paired(disks(set.model.profile), disks(instance.raw['properties']), lun).flatMap(({ name, model, instance: own }) => {
    const differing = model !== undefined && own !== undefined ? unmet(kept(asObject(model)), own) : [];
    if (model === undefined ? isForeign(asObject(own)) : own !== undefined && differing.length === 0) return [];
    const [from, to] = [gigabytes(own), gigabytes(model)];
    const sizes = from !== undefined && to !== undefined && from !== to ? { from, to } : {};
    return [{ kind: 'dataDisks', name: [`lun ${name}`, ...differing].join(' '), ...sizes, had: kept(asObject(own)) }];
  });

const lun = (disk: unknown): string | undefined => {
  const number = asObject(disk)['lun'];
  return typeof number === 'number' ? `${number}` : undefined;
};

const gigabytes = (disk: unknown): string | undefined => {
  const size = asObject(disk)['diskSizeGB'];
  return typeof size === 'number' ? `${size} GB` : undefined;
};

/** What a model asks of a disk; the rest, such as its name and id, is each instance's own. */
const kept = ({
  caching,
  diskSizeGB,
  managedDisk,
  writeAcceleratorEnabled,
  diskIOPSReadWrite,
  diskMBpsReadWrite,
}: Json) => ({
  caching,
  diskSizeGB,
  diskIOPSReadWrite,
  diskMBpsReadWrite,
  writeAcceleratorEnabled,
  managedDisk: { storageAccountType: asObject(managedDisk)['storageAccountType'] },
});

// Disks that come with the image, or that somebody attached to this one instance, are in no model.
const isForeign = (disk: Json): boolean =>
  ['fromimage', 'attach'].includes(`${text(disk['createOption'])?.toLowerCase()}`);

/** The operating system's disk, in what a model can ask of it. */
export const osDisk: Compare = (set, instance) => {
  const [wanted, own] = [set.model.profile, instance.raw['properties']].map((profile) => {
    const disk = asObject(at(profile, 'storageProfile', 'osDisk'));
    return { ...kept(disk), diffDiskSettings: disk['diffDiskSettings'] };
  });
  const keys = unmet(wanted, own);
  return keys.length === 0 ? [] : [{ kind: 'other', name: `osDisk: ${keys.join(', ')}`, had: allAt(own, keys) }];
};
