import { PayloadError, RequestError } from '../errors.ts';
import { acr } from './acr.ts';
import { alertmanager } from './alertmanager.ts';
import { appService } from './app-service.ts';
import { azureAutoscale } from './azure-autoscale.ts';
import { azureDevops } from './azure-devops.ts';
import { azureMonitor } from './azure-monitor.ts';
import { custom } from './custom.ts';
import { eventGrid } from './event-grid.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { grafana } from './grafana.ts';
import { hcpPacker } from './hcp-packer.ts';
import { hcpTerraform } from './hcp-terraform.ts';
import { jenkins } from './jenkins.ts';
import { octopus } from './octopus.ts';
import type { Source, SourceContext } from './source.ts';
import { spinnaker } from './spinnaker.ts';

/** Every source, in the order of detection: the first that detects a body reads it. */
export const sources: readonly Source[] = [
  eventGrid,
  github,
  gitlab,
  hcpTerraform,
  azureAutoscale,
  azureMonitor,
  azureDevops,
  spinnaker,
  jenkins,
  acr,
  hcpPacker,
  alertmanager,
  grafana,
  octopus,
  appService,
  custom,
];

/** The source that a request is for: the named one, or the first that detects the body. */
export function sourceOf(payload: unknown, headers: SourceContext['headers'], named?: string): Source {
  if (named !== undefined) return sourceNamed(named);
  const source = sources.find((each) => each.detects(payload, headers));
  if (source !== undefined) return source;
  const closest = closestTo(payload);
  const problems = closest?.problems(payload) ?? [];
  const what = closest === undefined ? `it looks like none of ${names()}` : `the closest is ${closest.name}`;
  throw new PayloadError('the relay', [
    { path: '', message: `${what}; name its source in the path if it is one of ours` },
    ...problems,
  ]);
}

/** The source that shares most top-level keys with a body, if any shares one. */
function closestTo(payload: unknown): Source | undefined {
  const ranked = sources.map((source) => ({ source, likeness: source.likeness(payload) }));
  const best = ranked.reduce((a, b) => (b.likeness > a.likeness ? b : a));
  return best.likeness > 0 ? best.source : undefined;
}

function sourceNamed(name: string): Source {
  const source = sources.find((each) => each.name === name);
  if (source !== undefined) return source;
  throw new RequestError('no-such-source', `there is no source of that name; there are ${names()}`);
}

const names = (): string => sources.map(({ name }) => name).join(', ');
