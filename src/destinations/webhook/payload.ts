import type { RelayEvent } from '../../event/event.ts';
import { tokenOf } from '../../event/identity.ts';
import { outline } from '../../event/outline.ts';
import type { Limits } from '../../message/fit.ts';
import type { Telling, Voice } from '../../message/slots.ts';
import type { Message } from '../destination.ts';

/**
 * An event for programs: CloudEvents 1.0 in JSON (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md).
 * `source` and `id` together name the occurrence. There is no `dataschema`: docs/event.schema.json has no address yet
 * that would change with it.
 */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** Also the header `webhook-id`. */
  readonly id: string;
  /** A URI-reference: the relay, and the source that told it. */
  readonly source: string;
  /** The relay, the kind and its state. The spec would like a domain in front; the project has none to speak for. */
  readonly type: string;
  /** The resource's id, or its name where it has none. */
  readonly subject?: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** Of how many like it this event is the one that is told (the extension of that name). */
  readonly sampledrate?: number;
  /** The event, in its own schema whatever was left out of it. */
  readonly data: RelayEvent;
}

const RELAY = 'autoscale-relay';

// Whoever is on the way must forward 64 KB, headers included, and need not forward more (the spec, "Size Limits").
export const webhookLimits: Limits<CloudEvent> = {
  size: (message) => Buffer.byteLength(JSON.stringify(message)),
  most: 48 * 1024,
};

/** The whole event. Programs read facts, so neither the language nor the time zone of the receiver is in it. */
export function formatWebhook(event: RelayEvent, _voice: Voice, telling?: Telling): CloudEvent {
  const whole = envelope(event, telling);
  return webhookLimits.size(whole) <= webhookLimits.most ? whole : envelope(brief(event), telling);
}

/** The event without its long texts, for a subscriber that refuses the whole one: most often, it was too large for it. */
export const formatWebhookPlain = (event: RelayEvent, _voice: Voice, telling?: Telling): CloudEvent =>
  envelope(brief(event), telling);

function envelope(event: RelayEvent, telling: Telling | undefined): CloudEvent {
  const subject = [event.resource.id, event.resource.name].map((text) => attribute(text ?? '')).find(Boolean);
  return {
    specversion: '1.0',
    id: tokenOf(event.id),
    source: `/${RELAY}/${encodeURIComponent(event.source)}`,
    type: [RELAY, event.kind, stateOf(event)].join('.'),
    ...(subject !== undefined && { subject }),
    time: event.occurredAt,
    datacontenttype: 'application/json',
    ...(telling?.repeated && { sampledrate: telling.repeated.count }),
    data: event,
  };
}

/** By its phase or state alone: `direction`, `outcome` and the phase of an operation are told beside it. */
function stateOf(event: RelayEvent): string {
  if (event.kind === 'scale' && (event.phase === 'failed' || event.phase === 'held')) return event.phase;
  if (event.kind === 'deployment') return event.phase;
  return event.kind === 'alert' ? event.state : outline(event).state;
}

// What attributes of type String may not hold and an event's lines may: the spec, "Type System".
const attribute = (text: string): string => text.replace(/\p{Noncharacter_Code_Point}/gu, '');

/** Long and optional, in one kind of event or another: the schema takes the event without them. */
const LONG = new Set([
  'properties',
  'dimensions',
  'reason',
  'output',
  'change',
  'description',
  'text',
  'command',
  'remedies',
]);

const brief = (event: RelayEvent): RelayEvent =>
  Object.fromEntries(
    // Of a drift, `change` is a word that the schema asks for.
    Object.entries(event).filter(([key]) => !LONG.has(key) || (key === 'change' && event.kind === 'drift')),
  ) as RelayEvent;

export const webhookMessage = {
  format: formatWebhook,
  plain: formatWebhookPlain,
  limits: webhookLimits,
} satisfies Message;
