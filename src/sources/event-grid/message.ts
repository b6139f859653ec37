import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { date, text } from '../fields.ts';
import type { EventDraft, Reply, SourceContext } from '../source.ts';

/** One event of Event Grid, whichever of the two schemas it came in. */
export interface Message {
  readonly type: string;
  readonly subject?: string | undefined;
  /** The ARM id of the topic: `topic` in one schema, `source` in the other. */
  readonly topic?: string | undefined;
  readonly at?: string | undefined;
  readonly id: string;
}

/** What a message means: events, none where it is deliberately not reported, or what Event Grid wants to hear. */
export type Meaning = (context: SourceContext) => readonly EventDraft[] | Reply;

/** Messages that share a form of `data`. */
export interface Family {
  covers(type: string): boolean;
  read(
    message: Message,
    data: unknown,
  ): { readonly meaning: Meaning } | { readonly issues: readonly z.core.$ZodIssue[] };
}

export const family = <Data extends z.ZodType>(definition: {
  readonly types: RegExp;
  readonly data: Data;
  readonly meaning: (message: Message, data: z.output<Data>, context: SourceContext) => readonly EventDraft[] | Reply;
}): Family => ({
  covers: (type) => definition.types.test(type),
  read(message, data) {
    const result = definition.data.safeParse(data);
    return result.success
      ? { meaning: (context) => definition.meaning(message, result.data, context) }
      : { issues: result.error.issues };
  },
});

// The Event Grid schema: https://learn.microsoft.com/azure/event-grid/event-schema
// CloudEvents 1.0: https://learn.microsoft.com/azure/event-grid/cloud-event-schema
const envelope = z.object({
  id: text,
  eventType: text,
  type: text,
  eventTime: text,
  time: text,
  topic: text,
  source: text,
  subject: text,
  data: z.unknown().optional(),
  data_base64: text,
});

/** Reads one member of a body: its envelope, then its data by the first family that covers its type. */
export const messageOf = (families: readonly Family[]) =>
  envelope.transform((given, issues): Meaning => {
    const type = given.eventType ?? given.type;
    const found = type === undefined ? undefined : families.find((each) => each.covers(type));
    if (type === undefined || found === undefined) {
      issues.addIssue({ code: 'custom', path: ['eventType'], message: 'expected text' });
      return z.NEVER;
    }
    // https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md#31-handling-of-data
    if (given.data !== undefined && given.data_base64 !== undefined) {
      issues.addIssue({ code: 'custom', path: ['data_base64'], message: 'expected either `data` or `data_base64`' });
      return z.NEVER;
    }
    const result = found.read(messageFrom(given, type), given.data ?? decoded(given.data_base64));
    if ('meaning' in result) return result.meaning;
    for (const { path, message } of result.issues) {
      issues.addIssue({ code: 'custom', path: ['data', ...path], message });
    }
    return z.NEVER;
  });

/** Data that a CloudEvent has as bytes: JSON as text, which every family reads. */
const decoded = (bytes: string | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes, 'base64').toString('utf8');

function messageFrom(given: z.output<typeof envelope>, type: string): Message {
  const { subject, source = '' } = given;
  const time = given.eventTime ?? given.time;
  const occurrence = given.id === undefined ? [subject ?? '', time ?? ''] : [given.id];
  return {
    type,
    subject,
    topic: unspaced(given.topic ?? given.source),
    at: date.parse(time),
    // A CloudEvent's id is unique within its source. The type is there because the documentation's bodies share ids.
    id: identity('event-grid', type, source, ...occurrence),
  };
}

/** An id without the blanks that the documentation's own bodies have behind a slash. */
const unspaced = (id: string | undefined): string | undefined => id?.replace(/\/ +/g, '/');

/** What the events of every family have. */
export const common = (message: Message, { receivedAt }: SourceContext, otherwise?: string) => ({
  id: message.id,
  source: 'event-grid',
  occurredAt: message.at ?? otherwise ?? receivedAt,
});

/** What there is of some words, as properties. */
export function pairs(given: Readonly<Record<string, string | undefined>>): Record<string, string> | undefined {
  const there = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return there.length > 0 ? Object.fromEntries(there) : undefined;
}
