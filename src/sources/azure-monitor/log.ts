import type * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { anyInstant } from '../../event/time/instant.ts';
import { required, text } from '../fields.ts';
import { type EventDraft, linkTo, portalUrl, type SourceContext } from '../source.ts';
import { anyCaseRequired } from './any-case.ts';
import { descriptionOf } from './description.ts';
import { linksOf } from './links.ts';
import { quantities } from './measured.ts';
import { dimensionsOf, hashed } from './pairs.ts';
import { resourceOf } from './resource.ts';
import { measuredBySearch, searchShape } from './search.ts';
import { levelOf, severityOf, strangeSeverity } from './words.ts';

// Log alerts without the common schema: of Application Insights under `data`, of Log Analytics the body itself.
// https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-log-webhook

export const logShape = {
  ...searchShape,
  AlertRuleName: required,
  Description: text,
  Severity: text,
  SubscriptionId: text,
  ResourceId: text,
  ApplicationId: text,
  WorkspaceId: text,
};

export const logData = anyCaseRequired(logShape);

type Log = z.output<typeof logData>;

/** These alerts have no state: they fire, and nothing tells that it is over. */
export function logEvent(given: Log, { receivedAt }: SourceContext): EventDraft {
  const measured = measuredBySearch(given) ?? { dimensions: given.Dimensions };
  const rule = given.AlertRuleName;
  const source = given.ResourceId ?? given.ApplicationId ?? given.WorkspaceId ?? given.SubscriptionId ?? '';
  const where = hashed(measured.dimensions);
  return {
    kind: 'alert',
    // No id in the body: a rule fires once for an interval and a combination of dimensions.
    id: identity('azure-monitor', rule, source.toLowerCase(), given.SearchIntervalEndtimeUtc ?? '', where),
    story: `${rule}|${source}|${where}`.toLowerCase(),
    source: 'azure-monitor',
    severity: severityOf(given.Severity) ?? 'warning',
    occurredAt: anyInstant(given.SearchIntervalEndtimeUtc) ?? receivedAt,
    resource: resourceOf({
      targets: targetsOf(given),
      items: given.AffectedConfigurationItems.flatMap((item) => item ?? []),
      dimensions: measured.dimensions,
      // An application's id is no name; nothing else says where it was.
      otherwise: rule,
      subscriptionId: given.SubscriptionId,
      region: measured.region,
    }),
    links: linksOf(measured.logs ?? [], linkTo('resource', portalUrl(given.ResourceId ?? ''))),
    state: 'fired',
    rule,
    level: levelOf(given.Severity),
    ...quantities(measured),
    dimensions: dimensionsOf([...strangeSeverity(given.Severity), ...measured.dimensions]),
    description: descriptionOf(given.Description),
  };
}

const targetsOf = ({ ResourceId, SearchResult, SearchResults }: Log): string[] => {
  const id = ResourceId ?? (SearchResult ?? SearchResults)?.dataSources[0]?.resourceId;
  return id === undefined ? [] : [id];
};
