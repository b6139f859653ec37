import { anyInstant } from '../../event/time/instant.ts';
import type { EventDraft, SourceContext } from '../source.ts';
import { linkTo } from '../source.ts';
import { type Activity, titleOf } from './activity.ts';
import { activityEvent } from './activity-alert.ts';
import { identityOf, measuredAlert, nameOf, type When } from './common-alert.ts';
import type { Common, Context, Essentials } from './common-schema.ts';
import type { Occurrence } from './occurrence.ts';
import { attached } from './pairs.ts';
import { stateOf, strangeState } from './words.ts';

export function commonEvent(
  { essentials, alertContext, customProperties }: Common,
  context: SourceContext,
): EventDraft {
  const when = whenOf(essentials, context);
  const entry = activityOf(essentials, alertContext);
  return entry === undefined
    ? measuredAlert(essentials, alertContext, customProperties, when)
    : activityEvent(entry, around(essentials, entry, customProperties, when));
}

function whenOf(essentials: Essentials, { receivedAt }: SourceContext): When {
  const state = stateOf(essentials.monitorCondition);
  const { firedDateTime, resolvedDateTime } = essentials;
  const own = state === 'resolved' ? resolvedDateTime : firedDateTime;
  return {
    state,
    word: strangeState(essentials.monitorCondition),
    firedAt: anyInstant(firedDateTime),
    time: own ?? firedDateTime ?? '',
    at: anyInstant(own),
    receivedAt,
  };
}

// "Activity Log - Administrative" and its siblings, "ServiceHealth", "Resource Health" and "ResourceHealth".
const ACTIVITY = /^(?:activitylog|servicehealth|resourcehealth)/;

/** The entry of the activity log, by what the context holds, whatever the service is called. */
function activityOf({ monitoringService = '' }: Essentials, { activity }: Context): Activity | undefined {
  const service = monitoringService.toLowerCase().replaceAll(' ', '');
  const isEntry = activity?.operationName !== undefined || activity?.eventDataId !== undefined;
  return isEntry || ACTIVITY.test(service) ? (activity ?? {}) : undefined;
}

function around(
  essentials: Essentials,
  entry: Activity,
  customProperties: Common['customProperties'],
  when: When,
): Occurrence {
  const { runbook, ...own } = attached(customProperties);
  const { alertRule, alertRuleID, alertId, originAlertId, monitoringService } = essentials;
  const eventAt = anyInstant(entry.eventTimestamp);
  return {
    ...own,
    // Here alertId can be the rule's, which repeats: the entry's own id tells its occurrences apart.
    identity: [...identityOf(essentials, when), entry.eventDataId ?? originAlertId ?? ''],
    story: alertId?.toLowerCase(),
    rule: alertRule ?? nameOf(alertRuleID) ?? titleOf(entry) ?? monitoringService ?? nameOf(alertId) ?? '',
    state: when.state,
    word: when.word,
    severity: essentials.severity,
    occurredAt: when.at ?? eventAt ?? when.receivedAt,
    eventAt,
    firedAt: when.firedAt,
    targets: essentials.alertTargetIDs,
    items: essentials.configurationItems,
    type: essentials.targetResourceType,
    group: essentials.targetResourceGroup,
    region: essentials.region,
    description: essentials.description,
    links: [...linkTo('alert', essentials.investigationLink), ...runbook],
  };
}
