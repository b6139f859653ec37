import type { EventOf, RelayEvent } from '../event/event.ts';
import { whereOf } from '../event/place.ts';

type Deployment = EventOf<'deployment'>;

/** " (prod, Korea Central)", as far as it is known. */
export const place = (...places: readonly (string | undefined)[]): string => {
  const known = places.filter(Boolean);
  return known.length > 0 ? ` (${known.join(', ')})` : '';
};

/** A text after what leads to it, or nothing where there is none. */
export const given = (lead: string, text: string | undefined): string => (!text ? '' : lead + text);

type Scale = EventOf<'scale'>;

/** "3 → 6", where both counts are known and differ. */
export const change = ({ from, to }: Scale, number: (count: number) => string): string | undefined =>
  from === undefined || from === to ? undefined : `${number(from)} → ${number(to)}`;

/** " (prod)": an event's environment or resource group, and its region where it is wanted too. */
export const located = (event: RelayEvent, region?: string): string => place(whereOf(event), region);

/** What a reader asks next, after the language's words for it: which step failed, who must approve, who decided. */
export function next(
  { phase, failedStep, waitingFor, actor }: Deployment,
  leads: Readonly<Record<'failed' | 'waiting' | 'approved' | 'rejected', string>>,
): string {
  switch (phase) {
    case 'failed':
      return given(leads.failed, failedStep);
    case 'waiting':
      return given(leads.waiting, waitingFor);
    case 'approved':
    case 'rejected':
      return given(leads[phase], actor);
    default:
      return '';
  }
}

/** Where an alert's rule is not named after its resource, the resource. */
export const watched = ({ rule, resource }: EventOf<'alert'>): string | undefined =>
  resource.name === rule ? undefined : resource.name;

/** A title whose full stop the sentence around it brings. */
export const unended = (title: string): string => title.replace(/[.!?…]$/, '');

/** Sources whose names are the same in every language. */
export const PRODUCTS = {
  acr: 'Azure Container Registry',
  alertmanager: 'Alertmanager',
  'app-service': 'App Service',
  'azure-devops': 'Azure DevOps',
  'azure-monitor': 'Azure Monitor',
  'event-grid': 'Azure Event Grid',
  github: 'GitHub',
  gitlab: 'GitLab',
  grafana: 'Grafana',
  'hcp-packer': 'HCP Packer',
  'hcp-terraform': 'HCP Terraform',
  jenkins: 'Jenkins',
  octopus: 'Octopus Deploy',
  spinnaker: 'Spinnaker',
} as const;
