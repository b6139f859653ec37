import type { Severity } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { armResource } from '../arm.ts';
import { type EventDraft, linkTo, portalUrl } from '../source.ts';
import { type Activity, factsOf, isHealth, isOver, operationKey, phaseOf, standingOf, storyOf } from './activity.ts';
import { autoscaleEvent } from './autoscale.ts';
import { descriptionOf } from './description.ts';
import { impactedOf } from './impacted.ts';
import { linksOf } from './links.ts';
import type { Occurrence } from './occurrence.ts';
import { dimensionsOf } from './pairs.ts';
import { resourceOf } from './resource.ts';
import { levelOf, severityOf, strangeSeverity, worst } from './words.ts';

// Service Health writes its levels as numbers (EventLevel of .NET).
const LEVELS: ReadonlyMap<string, string> = new Map([
  ['1', 'critical'],
  ['2', 'error'],
  ['3', 'warning'],
  ['4', 'informational'],
]);

/** The event of an entry in the activity log: of autoscale a scale event, of everything else an alert. */
export function activityEvent(activity: Activity, told: Occurrence): EventDraft {
  return autoscaleEvent(activity, told) ?? alert(activity, told);
}

function alert(activity: Activity, told: Occurrence): EventDraft {
  const { properties } = activity;
  const targets = told.targets.length > 0 || activity.resourceId === undefined ? told.targets : [activity.resourceId];
  const resource = about(activity, targets, told);
  const own = ownSeverity(activity);
  // How it stands is for nobody to say where the alert around it stands as nobody knows.
  const standing = told.state === 'fired' && told.word === undefined ? standingOf(activity) : undefined;
  const severity = severityIn(activity, told, standing?.phase);
  const isBelied = severity !== 'info' && !isOver(activity) && standing?.phase === undefined;
  return {
    kind: 'alert',
    id:
      beginningOf(activity, told, standing?.phase) ??
      identity('azure-monitor', ...told.identity, told.rule, activity.status ?? ''),
    story: storyOf(activity, resource) ?? operationStory(activity) ?? told.story,
    source: 'azure-monitor',
    severity,
    occurredAt: told.occurredAt,
    environment: told.environment,
    resource,
    links: linksOf(
      told.links,
      linkTo('review', properties?.recommendationResourceLink),
      linkTo('details', incidentUrl(activity, resource.subscriptionId)),
      linkTo('resource', portalUrl(resource.id ?? '')),
    ),
    properties: told.properties,
    state: told.word === undefined && isOver(activity) ? 'resolved' : told.state,
    phase: standing?.phase,
    word: told.word ?? standing?.word,
    rule: told.rule,
    level: isMild(own) && !isBelied ? levelOf(told.severity) : undefined,
    dimensions: dimensionsOf([...strangeSeverity(told.severity), ...factsOf(activity, told.rule)]),
    description: descriptionOf(
      told.description,
      ...wordsOf(activity).filter((text) => text !== told.rule),
      impactedOf(properties ?? {}).whole,
    ),
    firedAt: told.firedAt,
  };
}

/** The page of an incident: https://learn.microsoft.com/azure/service-health/service-health-alert-webhook-guide */
function incidentUrl({ properties }: Activity, subscription: string | undefined): string | undefined {
  const digits = subscription?.replaceAll('-', '') ?? '';
  return properties?.trackingId === undefined || !/^[0-9a-f]{32}$/i.test(digits)
    ? undefined
    : `https://app.azure.com/h/${encodeURIComponent(properties.trackingId)}/${digits.slice(0, 3)}${digits.slice(-3)}`;
}

/** The worst that anything says of it. Defender says how bad a threat is beside the entry's own level. */
const severityIn = (activity: Activity, { severity }: Occurrence, phase: string | undefined): Severity =>
  worst(
    ownSeverity(activity) ?? aroundIt(severity),
    threat(activity),
    failure(phase ?? phaseOf(activity)),
    ended(activity),
    outage(activity),
  ) ?? 'warning';

/** Alerts on the activity log are Sev4 whatever happened: that says nothing of an entry without a level of its own. */
const aroundIt = (severity: string | undefined): Severity | undefined =>
  levelOf(severity) === 'Sev4' ? undefined : severityOf(severity);

/** Of the steps at which an operation has only begun, the first is news: they share an id. Each has an entry of its own. */
function beginningOf(activity: Activity, { rule }: Occurrence, phase: string | undefined): string | undefined {
  const operation = phase === 'started' ? operationKey(activity) : undefined;
  return operation === undefined ? undefined : identity('azure-monitor', 'operation', operation, rule, 'started');
}

/** What failed, or waits for somebody, is worth a look, whatever the entry says. */
const failure = (phase: string | undefined) => (phase === 'failed' || phase === 'waiting' ? 'warning' : undefined);

// By what was so before: the levels that entries of health have at the beginning.
const BEFORE: ReadonlyMap<string, Severity> = new Map([
  ['unavailable', 'critical'],
  ['degraded', 'warning'],
  ['unknown', 'warning'],
]);

const isMild = (own: Severity | undefined): boolean => own === undefined || own === 'info';

const ownSeverity = ({ level = '' }: Activity): Severity | undefined => severityOf(LEVELS.get(level) ?? level);

/** The end of a disruption, whose entry is informational at times, is as severe as its beginning, so that both go the same way. */
const ended = (activity: Activity): Severity | undefined => {
  const own = ownSeverity(activity);
  if (!isOver(activity) || !isMild(own)) return undefined;
  const { previousHealthStatus, incidentType } = activity.properties ?? {};
  if (previousHealthStatus !== undefined) return BEFORE.get(previousHealthStatus.toLowerCase());
  return incidentType?.toLowerCase() === 'incident' ? 'error' : undefined;
};

// Where the entry's own level does not say it.
const HEALTH: ReadonlyMap<string, Severity> = new Map([
  ['unavailable', 'error'],
  ['degraded', 'warning'],
  ['unknown', 'warning'],
]);

const NO_OUTAGE = /^(?:actionrequired|billing|informational|maintenance|rca|security)$/i;

/** Of a disruption that goes on. What a customer did on purpose, or is only told of, is none. */
function outage(activity: Activity): Severity | undefined {
  const { currentHealthStatus = '', cause = '', incidentType = 'incident' } = activity.properties ?? {};
  const isElse = !isHealth(activity) || isOver(activity) || !isMild(ownSeverity(activity));
  if (isElse || /^(?:user|customer)/i.test(cause) || NO_OUTAGE.test(incidentType)) return undefined;
  return HEALTH.get(currentHealthStatus.toLowerCase()) ?? 'warning';
}

const operationStory = (activity: Activity): string | undefined => {
  const operation = operationKey(activity);
  return operation === undefined ? undefined : `activity-log/${operation}`.toLowerCase();
};

/** What the entry says for people. Since 2021 the alert's description is the rule's and the entry's has a key of its own. */
const wordsOf = ({ properties, description, ...activity }: Activity) => [
  properties?.title ?? properties?.defaultLanguageTitle,
  properties?.communication ?? properties?.defaultLanguageContent ?? properties?.details,
  properties?.recommendationName,
  activity['Activity Log Event Description'] ?? description ?? properties?.description,
];

const threat = ({ eventSource, properties }: Activity) =>
  eventSource?.toLowerCase() === 'security' || properties?.threatStatus !== undefined
    ? (severityOf(properties?.severity) ?? 'warning')
    : undefined;

/** What is affected: of an incident the service, of a threat the machine, for their targets are no things of ours. */
function about(activity: Activity, targets: readonly string[], told: Occurrence): EventDraft['resource'] {
  const { properties, subscriptionId } = activity;
  const impacted = impactedOf(properties ?? {});
  const region = told.region ?? impacted.region ?? properties?.resourceLocation;
  const target = armResource(targets[0]);
  const isThreat = target?.type?.toLowerCase() === 'microsoft.security/locations/alerts';
  const name = impacted.service ?? (isThreat ? properties?.compromisedEntity : undefined);
  if (name !== undefined) return { subscriptionId, ...target, name, region };
  return resourceOf({
    targets,
    items: told.items,
    otherwise: told.rule,
    type: activity.resourceType ?? told.type,
    group: activity.resourceGroupName ?? told.group,
    subscriptionId,
    region,
  });
}
