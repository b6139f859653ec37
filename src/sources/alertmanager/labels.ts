import { PROPERTIES } from '../../event/fields.ts';

// The most telling first: they are cut to ten.
const RANK = ['instance', 'job', 'namespace', 'pod', 'service', 'container', 'deployment', 'node', 'cluster', 'region'];

// Kubernetes exporters have used both names.
const NAMES = [
  'instance',
  'pod',
  'pod_name',
  'service',
  'node',
  'host',
  'hostname',
  'deployment',
  'container_name',
  'job',
];

const ENVIRONMENTS = ['environment', 'env', 'stage'];

type Labels = ReadonlyMap<string, string>;

const firstOf = (labels: Labels, keys: readonly string[]): string | undefined =>
  keys.map((key) => labels.get(key)).find((value) => value !== undefined);

export const placeOf = (labels: Labels): string | undefined => firstOf(labels, NAMES);

export const environmentOf = (labels: Labels): string | undefined => firstOf(labels, ENVIRONMENTS);

/** What tells this alert from others of its rule; labels that the event says elsewhere, and private ones, are left out. */
export function dimensionsOf(
  labels: Labels,
  said: readonly (string | undefined)[],
): Record<string, string> | undefined {
  const left = [...labels.keys()].filter(
    (key) => !key.startsWith('__') && !said.includes(key) && !ENVIRONMENTS.includes(key),
  );
  const kept = left
    .map((key) => ({ key, rank: RANK.includes(key) ? RANK.indexOf(key) : RANK.length }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, PROPERTIES.most)
    .map(({ key }) => [key, labels.get(key) ?? ''] as const);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
