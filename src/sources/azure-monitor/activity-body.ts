import type * as z from 'zod';
import { anyInstant } from '../../event/time/instant.ts';
import { text } from '../fields.ts';
import type { EventDraft, SourceContext } from '../source.ts';
import { activityShape, titleOf } from './activity.ts';
import { activityEvent } from './activity-alert.ts';
import { anyCaseRequired } from './any-case.ts';
import { attached, bag } from './pairs.ts';
import { stateOf, strangeState } from './words.ts';

// https://learn.microsoft.com/azure/azure-monitor/alerts/activity-log-alerts-webhook

export const activityData = anyCaseRequired({
  status: text,
  context: anyCaseRequired({
    activityLog: anyCaseRequired(activityShape).refine((entry) => titleOf(entry), {
      error: 'expected the name of an operation',
      path: ['operationName'],
    }),
  }),
  properties: bag,
});

export function activityBodyEvent(
  { status, context: { activityLog }, properties }: z.output<typeof activityData>,
  { receivedAt }: SourceContext,
): EventDraft {
  const { runbook, ...own } = attached(properties);
  const strange = strangeState(status);
  const eventAt = anyInstant(activityLog.eventTimestamp);
  const { eventDataId = '', eventTimestamp = '' } = activityLog;
  return activityEvent(activityLog, {
    ...own,
    identity: [eventDataId, eventTimestamp],
    // The body does not name the rule.
    rule: titleOf(activityLog) ?? '',
    // The status of the body is always "Activated", and how it stands is said by the entry: another is told as it is.
    state: strange === undefined ? stateOf(activityLog.status) : 'fired',
    word: strange,
    occurredAt: eventAt ?? receivedAt,
    eventAt,
    targets: activityLog.resourceId === undefined ? [] : [activityLog.resourceId],
    links: runbook,
  });
}
