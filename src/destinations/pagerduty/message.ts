import type { RelayEvent } from '../../event/event.ts';
import type { Severity } from '../../event/fields.ts';
import { fit, type Limits } from '../../message/fit.ts';
import { readEvent } from '../../message/reading.ts';
import type { Item, Reading, Telling, Voice } from '../../message/slots.ts';
import { trim } from '../../message/trim.ts';
import type { Message } from '../destination.ts';
import { eventMark } from '../event-mark.ts';
import { type Action, actionOf, dedupKeyOf } from './action.ts';

interface Link {
  readonly href: string;
  readonly text: string;
}

/** What is said of an event, in PagerDuty's Common Event Format: https://support.pagerduty.com/docs/pd-cef */
interface Said {
  /** At most 1,024 characters. */
  readonly summary: string;
  readonly source: string;
  /** ISO 8601. */
  readonly timestamp: string;
  /** In words of the receiver's language. */
  readonly custom_details: Readonly<Record<string, string>>;
}

/** https://developer.pagerduty.com/docs/send-alert-event, without the `routing_key`, which is a secret. */
interface AlertEvent {
  readonly event_action: Exclude<Action, 'change'>;
  readonly dedup_key: string;
  readonly client: string;
  readonly payload: Said & {
    readonly severity: Severity;
    readonly component?: string;
    readonly group?: string;
    readonly class: string;
  };
  readonly links?: readonly Link[];
}

/** https://developer.pagerduty.com/docs/send-change-event, without the `routing_key` too. */
interface ChangeEvent {
  readonly payload: Said;
  readonly links?: readonly Link[];
}

export type PagerDutyMessage = AlertEvent | ChangeEvent;

// It takes 512 KB: https://developer.pagerduty.com/docs/events-api-v2-overview#size-limits. What a phone shows is far less.
export const pagerDutyLimits: Limits<PagerDutyMessage> = {
  size: (message) => Buffer.byteLength(JSON.stringify(message)),
  most: 64 * 1024,
};

/** An event for PagerDuty: the sentence, what a responder asks first, and the links. */
export const formatPagerDuty = (event: RelayEvent, voice: Voice, telling?: Telling): PagerDutyMessage =>
  fit(
    readEvent(event, voice, telling),
    (reading) => ({ ...told(event, reading, telling, details(reading)), ...links(reading) }),
    (reading) => told(event, reading, telling, marked(reading)),
    pagerDutyLimits,
  );

/** The sentence alone, for a service that refuses the rest. */
export function formatPagerDutyPlain(event: RelayEvent, voice: Voice, telling?: Telling): PagerDutyMessage {
  const reading = trim(readEvent(event, voice, telling));
  return told(event, reading, telling, marked(reading));
}

function told(event: RelayEvent, reading: Reading, telling: Telling | undefined, about: Said['custom_details']) {
  const { resource, kind, severity } = event;
  const action = actionOf(event, telling?.replayed?.over);
  const said = {
    summary: reading.sentence,
    source: resource.name,
    timestamp: event.occurredAt,
    custom_details: about,
  };
  if (action === 'change') return { payload: said };
  return {
    event_action: action,
    dedup_key: dedupKeyOf(event),
    client: 'autoscale-relay',
    payload: {
      ...said,
      severity,
      ...(resource.type && { component: resource.type }),
      ...(resource.group && { group: resource.group }),
      class: event.kind === 'alert' ? event.rule : kind,
    },
  };
}

const links = ({ actions }: Reading): { readonly links?: readonly Link[] } =>
  actions.length === 0 ? {} : { links: actions.map(({ url, hint }) => ({ href: url, text: hint })) };

/** The event whose message it is. */
const marked = ({ occurrence }: Reading): Said['custom_details'] => ({ event: eventMark(occurrence) });

/** What a message says, by its labels, in its order. Two with the same label stand one below the other. */
function details(reading: Reading): Said['custom_details'] {
  const { facts, list, body, more, moreItems, origin, id } = reading;
  const lines = list && [...list.items.map(line), ...(list.more > 0 ? [moreItems(list.more)] : [])];
  const said: readonly (readonly [string, string])[] = [
    ...facts.map(({ label, value }) => [label, value] as const),
    ...(lines ? [[list.label, lines.join('\n')] as const] : []),
    ...(body ? [[body.label, body.text] as const] : []),
    ...(more > 0 ? [['…', moreItems(more)] as const] : []),
    ['from', [origin.source, origin.place, origin.written, origin.marker].filter(Boolean).join(' · ')],
    ['id', id],
  ];
  const joined = new Map<string, string>();
  for (const [label, value] of said) joined.set(label, joined.has(label) ? `${joined.get(label)}\n${value}` : value);
  return { ...Object.fromEntries(joined), ...marked(reading) };
}

const line = ({ text, said }: Item): string => (said === undefined ? text : `${text} · ${said}`);

export const pagerDutyMessage = {
  format: formatPagerDuty,
  plain: formatPagerDutyPlain,
  limits: pagerDutyLimits,
} satisfies Message;
