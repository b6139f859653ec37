import { armKey, armResource } from '../arm.ts';
import { date, object, text } from '../fields.ts';
import { type EventDraft, linkTo, portalUrl } from '../source.ts';
import { common, family, pairs } from './message.ts';

// https://learn.microsoft.com/azure/event-grid/event-schema-health-resources
const data = object({
  resourceInfo: object({
    id: text,
    properties: object({
      targetResourceId: text,
      targetResourceType: text,
      occurredTime: date,
      previousAvailabilityState: text,
      availabilityState: text,
      annotationName: text,
      reason: text,
      summary: text,
      context: text,
      category: text,
    }),
  }),
});

type Severity = EventDraft['severity'];

// https://learn.microsoft.com/azure/service-health/resource-health-overview#health-status
const STATES: ReadonlyMap<string, Severity> = new Map([
  ['available', 'info'],
  ['unavailable', 'error'],
  ['degraded', 'warning'],
  ['unknown', 'warning'],
]);

const severityOf = (state: string | undefined): Severity => STATES.get(state?.toLowerCase() ?? '') ?? 'warning';

export const health = family({
  types: /^Microsoft\.ResourceNotifications\.HealthResources\./i,
  data,
  meaning(message, given, context) {
    const told = given?.resourceInfo?.properties;
    const id = told?.targetResourceId ?? base(message.subject ?? given?.resourceInfo?.id ?? message.topic ?? '');
    const arm = armResource(id);
    const last = message.type.split('.').at(-1) ?? message.type;
    const isResolved = told?.availabilityState?.toLowerCase() === 'available';
    return [
      {
        ...common(message, context, told?.occurredTime),
        kind: 'alert',
        story: armKey(id) || undefined,
        // The end of a disruption is as severe as its beginning, so that both go the same way.
        severity: isResolved
          ? severityOf(told?.previousAvailabilityState)
          : told?.availabilityState === undefined && told?.annotationName !== undefined
            ? annotated(told.context, told.category)
            : severityOf(told?.availabilityState),
        resource: { ...arm, name: nameOf(id) ?? (id || last), type: told?.targetResourceType ?? arm?.type },
        links: linkTo('resource', portalUrl(id)),
        properties: pairs({
          previousAvailabilityState: told?.previousAvailabilityState,
          reason: told?.reason,
          context: told?.context,
          category: told?.category,
        }),
        state: isResolved ? 'resolved' : 'fired',
        rule: told?.annotationName ?? last,
        value: told?.availabilityState,
        description: told?.summary ?? told?.reason,
      },
    ];
  },
});

/** Words such as "Platform Initiated" and "Unplanned". What a customer did on purpose is no disruption. */
function annotated(context = '', category = ''): Severity {
  if (/^customer/i.test(context)) return 'info';
  return /^unplanned/i.test(category) ? 'error' : 'warning';
}

/** The resource whose health an id of Resource Health is about. */
function base(id: string): string {
  const at = id.toLowerCase().indexOf('/providers/microsoft.resourcehealth/');
  return at < 0 ? id : id.slice(0, at);
}

/** The name that people know: an instance of a scale set has a number only, which is shown as Azure names it. */
function nameOf(id: string): string | undefined {
  const name = armResource(id)?.name;
  const [set, type] = id.split('/').slice(-3);
  return set && type?.toLowerCase() === 'virtualmachines' && /^\d+$/.test(name ?? '') ? `${set}_${name}` : name;
}
