import { PayloadError, RequestError } from '../problems/errors.ts';
import { didYouMean } from '../problems/spelling.ts';
import type { Mapping } from './mapped/mapped.ts';
import type { Source, SourceContext } from './source.ts';

/** A source by its name. Its schemas are a good part of a start, so they are loaded when a body may be its. */
export interface Listed {
  readonly name: string;
  load(): Promise<Source>;
}

/** A source that is loaded when it is first asked for. */
function listed(name: string, loading: () => Promise<Source>): Listed {
  let source: Promise<Source> | undefined;
  return {
    name,
    load() {
      source ??= loading();
      return source;
    },
  };
}

/** Every source, in the order of detection: the first that detects a body reads it. */
export const sources: readonly Listed[] = [
  listed('cdevents', async () => (await import('./cdevents/cdevents.ts')).cdevents),
  listed('event-grid', async () => (await import('./event-grid/event-grid.ts')).eventGrid),
  listed('github', async () => (await import('./github/github.ts')).github),
  listed('gitlab', async () => (await import('./gitlab/gitlab.ts')).gitlab),
  listed('hcp-terraform', async () => (await import('./hcp-terraform/hcp-terraform.ts')).hcpTerraform),
  listed('azure-autoscale', async () => (await import('./azure-autoscale/azure-autoscale.ts')).azureAutoscale),
  listed('azure-monitor', async () => (await import('./azure-monitor/azure-monitor.ts')).azureMonitor),
  listed('azure-devops', async () => (await import('./azure-devops/azure-devops.ts')).azureDevops),
  listed('spinnaker', async () => (await import('./spinnaker/spinnaker.ts')).spinnaker),
  listed('jenkins', async () => (await import('./jenkins/jenkins.ts')).jenkins),
  listed('acr', async () => (await import('./acr/acr.ts')).acr),
  listed('hcp-packer', async () => (await import('./hcp-packer/hcp-packer.ts')).hcpPacker),
  listed('alertmanager', async () => (await import('./alertmanager/alertmanager.ts')).alertmanager),
  listed('grafana', async () => (await import('./grafana/grafana.ts')).grafana),
  listed('flux', async () => (await import('./flux/flux.ts')).flux),
  listed('octopus', async () => (await import('./octopus/octopus.ts')).octopus),
  listed('app-service', async () => (await import('./app-service/app-service.ts')).appService),
  listed('custom', async () => (await import('./custom/custom.ts')).custom),
];

/**
 * The source that a request is for: the named one, or the first that detects the body, `own` ones last, but for those that a
 * source yields to. An own one takes the place of the source of its name. Throws a RelayError.
 */
export async function sourceOf(
  payload: unknown,
  headers: SourceContext['headers'],
  named?: string,
  own: readonly Listed[] = [],
): Promise<Source> {
  const others = sources.filter(({ name }) => own.every((each) => each.name !== name));
  if (named !== undefined) return sourceNamed(named, [...others, ...own]);
  const found = await detecting(others, payload, headers);
  const chosen =
    found === undefined || found.yields?.(payload, headers) ? await detecting(own, payload, headers) : undefined;
  const source = chosen ?? found;
  if (source === undefined) {
    const { beginning } = await import('./mapped/beginning.ts');
    throw unrecognized(payload, await loaded(), beginning(payload));
  }
  return source;
}

async function detecting(
  all: readonly Listed[],
  payload: unknown,
  headers: SourceContext['headers'],
): Promise<Source | undefined> {
  for (const { load } of all) {
    const source = await load();
    if (source.detects(payload, headers)) return source;
  }
  return undefined;
}

/** Every source with its code. */
export const loaded = (): Promise<readonly Source[]> => Promise.all(sources.map(({ load }) => load()));

/** What is said of a body that no source detects. `begun` is a mapping that reads it. */
export function unrecognized(payload: unknown, all: readonly Source[], begun?: string): PayloadError {
  const closest = closestTo(payload, all);
  const problems = closest?.problems(payload) ?? [];
  const mapping = begun === undefined || closest?.name === OWN ? [] : [{ path: '', message: begun }];
  return new PayloadError('the relay', [{ path: '', message: advice(closest?.name) }, ...problems, ...mapping]);
}

function advice(closest: string | undefined): string {
  if (closest === OWN) return `your own event needs "kind": "custom", or POST /api/webhooks/${OWN}`;
  const what = closest === undefined ? `it looks like none of ${names()}` : `the closest is ${closest}`;
  return `${what}; name its source in the path if it is one of ours`;
}

/** What people post by hand: any body with a title. */
const OWN = 'custom';

/**
 * The source that shares most top-level keys with a body, if any shares one. Where that leaves a choice, it is the first,
 * unless it could be read as an event of one's own.
 */
function closestTo(payload: unknown, all: readonly Source[]): Source | undefined {
  const ranked = all.map((source) => ({ source, likeness: source.likeness(payload) }));
  const best = ranked.reduce((a, b) => (b.likeness > a.likeness ? b : a));
  const own = ranked.find(({ source }) => source.name === OWN);
  if (own?.likeness === best.likeness && own.source.problems(payload).length === 0) return own.source;
  return best.likeness > 0 ? best.source : undefined;
}

async function sourceNamed(name: string, all: readonly Listed[]): Promise<Source> {
  const source = all.find((each) => each.name === name);
  if (source !== undefined) return source.load();
  throw new RequestError(
    'no-such-source',
    `there is no source of that name${didYouMean(
      name.slice(0, 80),
      all.map((each) => each.name),
    )}; there are ${names(all)}`,
  );
}

const names = (all: readonly Listed[] = sources): string => all.map(({ name }) => name).join(', ');

/** The senders that relay.yaml describes itself; their code is loaded when a body may be one's. */
export const ownSources = (options: Readonly<Record<string, Mapping>>): readonly Listed[] =>
  Object.entries(options).flatMap(([name, mapping]) =>
    mapping.map === undefined
      ? []
      : [listed(name, async () => (await import('./mapped/mapped.ts')).mapped(name, mapping))],
  );
