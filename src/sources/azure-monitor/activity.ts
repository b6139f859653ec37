import * as z from 'zod';
import { isObject } from '../../event/json.ts';
import { object, text } from '../fields.ts';
import type { EventDraft } from '../source.ts';
import { anyCase } from './any-case.ts';

// https://learn.microsoft.com/azure/azure-monitor/alerts/activity-log-alerts-webhook

// The log itself writes { value, localizedValue } where its alerts write the value alone.
const word = z.preprocess((value) => (isObject(value) ? value['value'] : value), text);

// PascalCase in the log, camelCase in its alerts. Who did it (claims, caller, authorization) is not read.
const properties = anyCase({
  title: text,
  defaultLanguageTitle: text,
  communication: text,
  defaultLanguageContent: text,
  details: text,
  service: text,
  region: text,
  impactedServices: z.unknown().optional(),
  resourceLocation: text,
  stage: text,
  trackingId: text,
  incidentType: text,
  currentHealthStatus: text,
  previousHealthStatus: text,
  cause: text,
  severity: text,
  threatStatus: text,
  compromisedEntity: text,
  actionTaken: text,
  recommendationName: text,
  recommendationCategory: text,
  recommendationImpact: text,
  recommendationResourceLink: text,
  // Of autoscale.
  eventName: text,
  description: text,
  notes: text,
  metricName: text,
  resourceName: text,
  oldInstancesCount: text,
  newInstancesCount: text,
  activityStatusValue: text,
  errorCode: text,
  // The form in which Log Analytics shows them: JSON in a string.
  eventProperties: object({
    Description: text,
    Notes: text,
    MetricName: text,
    ResourceName: text,
    OldInstancesCount: text,
    NewInstancesCount: text,
  }),
});

export const activityShape = {
  operationName: word,
  eventName: word,
  eventSource: word,
  eventDataId: text,
  eventTimestamp: text,
  correlationId: text,
  operationId: text,
  level: word,
  status: word,
  subStatus: word,
  description: text,
  'Activity Log Event Description': text,
  resourceId: text,
  resourceType: word,
  resourceGroupName: text,
  subscriptionId: text,
  properties,
};

export const activity = anyCase(activityShape);

export type Activity = NonNullable<z.output<typeof activity>>;

type Facts = readonly (readonly [string, string])[];

const facts = (given: Readonly<Record<string, unknown>>, names: readonly string[]): Facts =>
  names.flatMap((name) => {
    const value = given[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });

/** What an event of the log is called, for alerts that do not name their rule. */
export const titleOf = ({ properties, operationName, eventSource }: Activity): string | undefined =>
  properties?.title ??
  properties?.defaultLanguageTitle ??
  properties?.recommendationName ??
  operationName ??
  eventSource;

/** The facts of an event by what it is about; the keys are the sender's own. */
export function factsOf({ properties = {}, operationName, status }: Activity, rule: string): Facts {
  const health = facts(properties, HEALTH);
  if (health.length > 0) return health;
  const operation = operationName === rule ? {} : { operationName };
  return [...facts({ ...operation, status }, ['operationName', 'status']), ...facts(properties, OTHERS)];
}

const HEALTH = ['incidentType', 'trackingId', 'stage', 'currentHealthStatus', 'previousHealthStatus', 'cause'] as const;

const OTHERS = [
  'severity',
  'threatStatus',
  'actionTaken',
  'compromisedEntity',
  'recommendationCategory',
  'recommendationImpact',
] as const;

// https://learn.microsoft.com/azure/azure-monitor/platform/activity-log-schema#service-health-category
const ENDS: ReadonlySet<string> = new Set(['resolved', 'complete', 'rca', 'canceled']);

/** Whether the entry is of Service Health or of Resource Health. */
export const isHealth = ({ eventSource = '', operationName = '', properties }: Activity): boolean =>
  /(?:service|resource)health/i.test(`${eventSource} ${operationName}`) ||
  [properties?.currentHealthStatus, properties?.trackingId, properties?.incidentType].some(
    (each) => each !== undefined,
  );

/**
 * Whether the entry says that an incident is over, or a resource healthy again: the alert around it fires in any case. Its
 * status counts where neither is said.
 */
export function isOver(entry: Activity): boolean {
  const { stage, currentHealthStatus } = entry.properties ?? {};
  const said = stage ?? currentHealthStatus;
  if (said === undefined) return isHealth(entry) && entry.status?.toLowerCase() === 'resolved';
  return ENDS.has(stage?.toLowerCase() ?? '') || currentHealthStatus?.toLowerCase() === 'available';
}

type Phase = NonNullable<Extract<EventDraft, { kind: 'alert' }>['phase']>;

// "Some typical values": https://learn.microsoft.com/rest/api/monitor/activity-logs/list#eventdata, and those that
// https://learn.microsoft.com/azure/azure-monitor/platform/activity-log-schema and public captures show.
const PHASES: ReadonlyMap<string, Phase> = new Map([
  ['started', 'started'],
  ['accepted', 'started'],
  ['inprogress', 'started'],
  ['pending', 'started'],
  ['pendingapproval', 'waiting'],
  ['succeeded', 'succeeded'],
  ['success', 'succeeded'],
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['canceled', 'cancelled'],
  ['cancelled', 'cancelled'],
]);

/** How an operation stands; a word that nobody knows as it is. Undefined of entries that tell of no operation. */
export function standingOf({
  eventSource,
  operationId,
  status,
}: Activity): { phase?: Phase; word?: string } | undefined {
  const isOperation = eventSource === undefined ? operationId !== undefined : /^administrative$/i.test(eventSource);
  if (!isOperation || status === undefined) return undefined;
  const phase = phaseOf({ status });
  return phase === undefined ? { word: status } : { phase };
}

/** What its status means, of an operation or not. */
export const phaseOf = ({ status = '' }: Pick<Activity, 'status'>): Phase | undefined =>
  PHASES.get(status.toLowerCase().replaceAll(/[^a-z]/g, ''));

/**
 * The steps of one operation (Started, Accepted, Succeeded) share this. What a deployment does to several resources has one
 * correlationId, so that this alone does not tell its operations apart.
 */
export const operationKey = ({
  operationId,
  correlationId,
  operationName = '',
  resourceId = '',
}: Activity): string | undefined =>
  operationId ?? (correlationId === undefined ? undefined : [correlationId, operationName, resourceId].join('/'));

/** What joins the messages about one incident or one machine's health, also those of different rules. */
export function storyOf(
  { properties }: Activity,
  { id, subscriptionId }: { id?: string | undefined; subscriptionId?: string | undefined },
): string | undefined {
  if (properties?.trackingId !== undefined) {
    return `service-health/${subscriptionId ?? ''}/${properties.trackingId}`.toLowerCase();
  }
  return properties?.currentHealthStatus !== undefined && id !== undefined
    ? `resource-health${id}`.toLowerCase()
    : undefined;
}
