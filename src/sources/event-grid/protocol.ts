import { type ArmResource, armResource, extended } from '../arm.ts';
import { object, text } from '../fields.ts';
import { linkTo, portalUrl } from '../source.ts';
import { common, family } from './message.ts';

// https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
// The answer must be 200 with the code; the event's `validationUrl` is a secret of its own and is not read.
export const validation = family({
  types: /^Microsoft\.EventGrid\.SubscriptionValidationEvent$/i,
  data: object({ validationCode: text }).refine((data) => data?.validationCode !== undefined, {
    path: ['validationCode'],
    error: 'expected text',
  }),
  meaning: (_message, data) => ({ reply: { validationResponse: data?.validationCode } }),
});

const deeper = (topic: ArmResource | undefined, subject: ArmResource | undefined): ArmResource | undefined =>
  (subject?.id.length ?? 0) > (topic?.id.length ?? 0) ? subject : topic;

/** Every other type: of topics of one's own, and of services that nobody has asked the relay about. */
export const others = family({
  types: /^/,
  data: object({ resourceInfo: object({ id: text }), resourceDetails: object({ id: text }) }),
  meaning(message, data, context) {
    if (!context.includes('other')) return [];
    // A notification's topic is the subscription, and its subject the resource.
    const named = extended(message.subject ?? data?.resourceInfo?.id ?? data?.resourceDetails?.id ?? '');
    const arm = deeper(armResource(message.topic), armResource(named));
    return [
      {
        ...common(message, context),
        kind: 'custom',
        severity: 'info',
        resource: { ...arm, name: arm?.name ?? message.subject ?? message.topic ?? message.type },
        links: linkTo('resource', portalUrl(arm?.id ?? '')),
        title: message.type,
        text: message.subject,
      },
    ];
  },
});
