import type { DeliveryReport } from '../delivery/dispatch.ts';
import { answerOf, type Receipt } from '../relay/receipt.ts';
import type { Journey } from './journey.ts';
import { deliveryFacts, webhookFacts } from './line.ts';
import type { Attributes, Telemetry } from './telemetry.ts';

/** Counts what became of a webhook; gives what its span says. */
export function countWebhook(telemetry: Telemetry, receipt: Receipt): Attributes {
  const facts = webhookFacts(receipt);
  if (facts.outcome === 'refused') telemetry.count('relay.refused', 1, { 'relay.reason': facts.reason });
  for (const { source, kind, receivers, unknownWord } of receipt.outcome === 'accepted' ? receipt.events : []) {
    const about = { 'relay.source': source, 'relay.kind': kind };
    telemetry.count('relay.accepted', 1, about);
    if (unknownWord !== undefined) telemetry.count('relay.unknown', 1, about);
    if (receivers.length === 0) telemetry.count('relay.unrouted', 1, about);
  }
  return present({
    'relay.outcome': facts.outcome,
    'relay.status': answerOf(receipt).status,
    ...(facts.outcome === 'refused' && { 'relay.reason': facts.reason }),
    ...(facts.outcome === 'accepted' && {
      'relay.source': facts.source,
      'relay.kinds': facts.kinds.join(' '),
      'relay.count': facts.count,
      'relay.event': facts.ids.join(' '),
      'relay.unrouted': facts.unrouted,
    }),
  });
}

/** Counts how a delivery ended; gives what its span says. A digest counts as the events that are in it. */
export function countDelivery(telemetry: Telemetry, journey: Journey, report: DeliveryReport, now: number): Attributes {
  const { outcome, receiver, cause } = report;
  const about = present({
    'relay.outcome': outcome,
    'relay.receiver': receiver,
    'relay.reason': cause ?? deliveryFacts(report).reason,
  });
  if (outcome !== 'nothing') telemetry.count('relay.deliveries', report.events ?? 1, about);
  if (outcome === 'sent' && receiver !== undefined && journey.acceptedAt !== undefined) {
    telemetry.measure('relay.latency', (now - journey.acceptedAt) / 1000, { 'relay.receiver': receiver });
  }
  return present({
    ...messageFacts(journey),
    ...about,
    'relay.event': report.eventId ?? journey.event?.id,
    'relay.kind': journey.event?.kind,
    'relay.source': journey.event?.source,
    'relay.attempt': report.attempt,
    'relay.events': report.events,
    'relay.delay': report.delay,
    'relay.fallback': report.fallback,
  });
}

/** The message of the queue, by https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans, which has no word for this queue. */
export const messageFacts = ({ message }: Journey): Attributes =>
  present({
    'messaging.system': 'azure_queue_storage',
    'messaging.destination.name': 'deliveries',
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.message.id': message,
  });

const present = (all: Readonly<Record<string, string | number | undefined>>): Attributes =>
  Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
  );
