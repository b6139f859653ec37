import * as z from 'zod';
import { object, text } from '../fields.ts';
import { isObject } from '../source.ts';
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
