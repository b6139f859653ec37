import { PROPERTIES } from '../../event/fields.ts';

// The most telling first: they are cut to ten, and a message shows five. Which cluster must not be among the rest.
const RANK = ['cluster', 'namespace', 'instance', 'job', 'pod', 'service', 'container', 'deployment', 'node', 'region'];

const WORKLOADS = ['deployment', 'statefulset', 'daemonset', 'replicaset', 'job_name', 'cronjob'];
const CLAIMS = ['horizontalpodautoscaler', 'persistentvolumeclaim', 'persistentvolume', 'resourcequota'];
const NODES = ['node', 'nodename', 'host', 'hostname'];

// Kubernetes exporters have used both names.
const PODS = ['pod', 'pod_name'];

const REST = ['service', 'container', 'container_name', 'job'];

const ENVIRONMENTS = ['environment', 'env', 'stage'];

type Labels = ReadonlyMap<string, string>;

const firstOf = (labels: Labels, keys: readonly string[]): string | undefined =>
  keys.map((key) => labels.get(key)).find((value) => value !== undefined);

/**
 * What an alert is about. Behind an address stands whatever answered the scrape, and that is an exporter as often as not:
 * then the pod, the workload or the node is told, unless that is the exporter's own.
 */
export function placeOf(labels: Labels): string | undefined {
  const pods = PODS.filter((key) => !isExporter(labels.get(key)));
  // Of other things than pods, it says in which pod it runs itself.
  if (isStateMetrics(labels)) {
    const own = [...WORKLOADS, ...CLAIMS, ...pods, ...NODES, 'namespace', 'cluster'];
    return firstOf(labels, [...own, 'instance', ...REST]);
  }
  const named = firstOf(labels, [...pods, ...WORKLOADS, ...NODES]);
  const instance = labels.get('instance');
  return isAddress(instance) ? (named ?? instance) : (instance ?? named ?? firstOf(labels, REST));
}

// https://github.com/kubernetes/kube-state-metrics
const isStateMetrics = (labels: Labels): boolean =>
  ['job', 'service', 'container', 'pod'].some((key) => /kube-state-metrics/.test(labels.get(key) ?? ''));

const isExporter = (pod: string | undefined): boolean => /exporter|kube-state-metrics/.test(pod ?? '');

/** "10.7.0.9:8080", "db-1:9100", "[fd00::7]:9100". */
const isAddress = (instance: string | undefined): boolean =>
  /^[^/\s]{1,300}:\d{1,5}$|^\d{1,3}(\.\d{1,3}){3}$/.test(instance ?? '');

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
