// Looked for from its first slash only: from each, a long row of them takes the square of its length.
const TRAILING = /(?<!\/)\/+$/;

/** What an Azure Resource Manager id says of a resource. All in the id's own case. */
export interface ArmResource {
  readonly id: string;
  readonly name: string;
  readonly type?: string | undefined;
  readonly group?: string | undefined;
  readonly subscriptionId?: string | undefined;
}

/**
 * Reads an ARM id: resources, nested resources, extension resources (a second "/providers/"), resource groups,
 * subscriptions. Undefined for text that is none.
 */
export function armResource(id: string | null | undefined): ArmResource | undefined {
  const path = id?.trim().replace(TRAILING, '') ?? '';
  if (!path.startsWith('/') || path.length > 2_000) return undefined;
  const parts = path.slice(1).split('/');
  const after = (word: string): string | undefined => {
    const index = parts.findIndex((part, at) => at % 2 === 0 && part.toLowerCase() === word);
    return index < 0 ? undefined : parts[index + 1] || undefined;
  };
  const subscriptionId = after('subscriptions');
  const group = after('resourcegroups');
  const provided = /^(?:.*)\/providers\/([^/]+)\/(.+)$/i.exec(path);
  if (provided === null) {
    const name = group ?? subscriptionId;
    return name === undefined ? undefined : { id: path, name, group, subscriptionId };
  }
  const [, namespace, rest = ''] = provided;
  // After the namespace, types and names take turns.
  const segments = rest.split('/');
  const types = segments.filter((_, index) => index % 2 === 0);
  const names = segments.filter((_, index) => index % 2 === 1);
  return { id: path, name: names.at(-1) || path, type: [namespace, ...types].join('/'), group, subscriptionId };
}

/** The resource that an extension of it is about: of ".../virtualMachines/db1/providers/Microsoft.Maintenance/…" db1. */
export function extended(id: string): string {
  const at = id.toLowerCase().lastIndexOf('/providers/');
  return at > id.toLowerCase().indexOf('/providers/') ? id.slice(0, at) : id;
}

/** Ids that name the same resource give the same key: they are compared without case. */
export const armKey = (id: string): string => id.trim().replace(TRAILING, '').toLowerCase();

const SCALE_SET = 'Microsoft.Compute/virtualMachineScaleSets';

/**
 * The key of what autoscale scales. Where the sender names it without an id, it is looked for beside the setting, and taken
 * for a scale set unless the type is given: so reports of one setting meet, whichever of them has the id.
 */
export function scaledKey(
  { id, name, type }: { id?: string | null | undefined; name: string; type?: string | null | undefined },
  place: Pick<ArmResource, 'group' | 'subscriptionId'> | undefined,
): string {
  if (id) return armKey(id);
  const { group, subscriptionId } = place ?? {};
  if (!group || !subscriptionId) return armKey(name);
  return armKey(`/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${type || SCALE_SET}/${name}`);
}
