import { PROPERTIES } from '../../event/fields.ts';

// The most telling first: they are cut to ten, and a message shows five. Which cluster must not be among the rest.
// `alertname` is among them only where it is not the rule's.
const RANK = [
  'cluster',
  'namespace',
  'alertname',
  'instance',
  'job',
  'pod',
  'service',
  'container',
  'deployment',
  'node',
  'region',
];

const WORKLOADS = ['deployment', 'statefulset', 'daemonset', 'replicaset', 'job_name', 'cronjob'];
const CLAIMS = ['horizontalpodautoscaler', 'persistentvolumeclaim', 'persistentvolume', 'resourcequota'];
const NODES = ['node', 'nodename', 'host', 'hostname'];

// Kubernetes exporters have used both names.
const PODS = ['pod', 'pod_name'];

const REST = ['service', 'container', 'container_name', 'job'];

const ENVIRONMENTS = ['environment', 'env', 'stage'];
export const isEnvironment = (key: string): boolean => ENVIRONMENTS.includes(key);

type Labels = ReadonlyMap<string, string>;

const firstOf = (labels: Labels, keys: readonly string[]): string | undefined =>
  keys.map((key) => labels.get(key)).find((value) => value !== undefined);

/** What an alert is about, and where that is: its cluster or, without one, its namespace. */
export interface About {
  readonly name: string | undefined;
  readonly group: string | undefined;
  readonly environment: string | undefined;
}

export function aboutOf(labels: Labels): About {
  const own = ownOf(labels);
  const name = nameIn(own, labels);
  return { name, group: own.get('cluster') ?? namespaceIn(own, labels, name), environment: environmentIn(own) };
}

export const environmentIn = (labels: Labels): string | undefined => firstOf(labels, ENVIRONMENTS);

const EXPORTED = /^(?:exported_)+/;

/**
 * The labels as the thing itself has them. Where a scrape brings a label that was there already, it renames the one that was
 * there to exported_<label>, again and again until that is free, and the plain one is of what was scraped.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config (honor_labels)
 */
function ownOf(labels: Labels): Labels {
  const renamed = [...labels].filter(([key]) => EXPORTED.test(key)).sort(([a], [b]) => a.length - b.length);
  if (renamed.length === 0) return labels;
  const kept = [...labels].filter(([key, value]) => !isOfScraped(key, value, labels));
  return new Map([...kept, ...renamed.map(([key, value]) => [key.replace(EXPORTED, ''), value] as const)]);
}

/** Whether a label beside a renamed one is of what was scraped: a pod by the name of it, or the node below it. */
function isOfScraped(key: string, value: string, labels: Labels): boolean {
  if (NODES.includes(key)) return labels.has('exported_instance');
  const scraped = ['job', 'service', 'container'].flatMap((each) => labels.get(each)?.split('/').at(-1) || []);
  return PODS.includes(key) && scraped.some((name) => value.startsWith(name));
}

/** Behind an address stands whatever answered the scrape, and that is an exporter as often as not: it is told last. */
function nameIn(own: Labels, labels: Labels): string | undefined {
  const pods = PODS.filter((key) => !isExporter(own.get(key)));
  // Of other things than pods, it says in which pod it runs itself.
  if (isStateMetrics(labels)) {
    const told = [...WORKLOADS, ...CLAIMS, ...pods, ...NODES, 'namespace', 'cluster'];
    return firstOf(own, [...told, 'instance', ...REST]);
  }
  const claim = firstOf(own, CLAIMS);
  const named = claim ?? firstOf(own, [...pods, ...WORKLOADS, ...NODES]);
  const instance = own.get('instance');
  return claim ?? (isAddress(instance) ? (named ?? instance) : (instance ?? named ?? firstOf(own, REST)));
}

/** No node is in a namespace, and that of an exporter is not where the thing is. */
function namespaceIn(own: Labels, labels: Labels, name: string | undefined): string | undefined {
  const isRenamed = [...labels.keys()].some((key) => EXPORTED.test(key) && key.endsWith('_namespace'));
  const isExporters = !isStateMetrics(labels) && PODS.some((key) => isExporter(labels.get(key)));
  const isNode = name !== undefined && NODES.some((key) => own.get(key) === name);
  return isNode || (isExporters && !isRenamed) ? undefined : own.get('namespace');
}

// https://github.com/kubernetes/kube-state-metrics
const isStateMetrics = (labels: Labels): boolean =>
  ['job', 'service', 'container', 'pod'].some((key) => /kube-state-metrics/.test(labels.get(key) ?? ''));

const isExporter = (pod: string | undefined): boolean => /exporter|kube-state-metrics/.test(pod ?? '');

/** "10.7.0.9:8080", "db-1:9100", "[fd00::7]:9100". */
const isAddress = (instance: string | undefined): boolean =>
  /^[^/\s]{1,300}:\d{1,5}$|^\d{1,3}(\.\d{1,3}){3}$/.test(instance ?? '');

/** What tells this alert from others of its rule; labels that the event says elsewhere, and private ones, are left out. */
export function dimensionsOf(
  labels: Labels,
  said: readonly (string | undefined)[],
): Record<string, string> | undefined {
  const left = [...labels.keys()].filter((key) => !key.startsWith('__') && !said.includes(key) && !isEnvironment(key));
  const kept = left
    .map((key) => ({ key, rank: rankOf(key) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, PROPERTIES.most)
    .map(({ key }) => [key, labels.get(key) ?? ''] as const);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** What was renamed is the thing's own, and comes before what was scraped. */
function rankOf(key: string): number {
  const plain = key.replace(EXPORTED, '');
  return (RANK.includes(plain) ? RANK.indexOf(plain) : RANK.length) - (plain === key ? 0 : 0.5);
}
