import type * as z from 'zod';
import { anyInstant } from '../../event/instant.ts';
import type { EventDraft, SourceContext } from '../source.ts';
import { activityShape, titleOf } from './activity.ts';
import { activityEvent } from './activity-alert.ts';
import { anyCaseRequired } from './any-case.ts';
import { attached, bag } from './pairs.ts';
import { stateOf } from './words.ts';

// https://learn.microsoft.com/azure/azure-monitor/alerts/activity-log-alerts-webhook

export const activityData = anyCaseRequired({
  context: anyCaseRequired({
    activityLog: anyCaseRequired(activityShape).refine((entry) => titleOf(entry), {
      error: 'expected the name of an operation',
      path: ['operationName'],
    }),
  }),
  properties: bag,
});

export function activityBodyEvent(
  { context: { activityLog }, properties }: z.output<typeof activityData>,
  { receivedAt }: SourceContext,
): EventDraft {
  const { runbook, ...own } = attached(properties);
  const eventAt = anyInstant(activityLog.eventTimestamp);
  const { eventDataId = '', eventTimestamp = '' } = activityLog;
  return activityEvent(activityLog, {
    ...own,
    identity: [eventDataId, eventTimestamp],
    // The body does not name the rule.
    rule: titleOf(activityLog) ?? '',
    // The status of the body is always "Activated"; how it stands is said by the entry.
    state: stateOf(activityLog.status),
    occurredAt: eventAt ?? receivedAt,
    eventAt,
    targets: activityLog.resourceId === undefined ? [] : [activityLog.resourceId],
    links: runbook,
  });
}
