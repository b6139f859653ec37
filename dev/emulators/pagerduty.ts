import { Buffer } from 'node:buffer';
import * as z from 'zod';
import type { DoubleAnswer, DoubleRequest } from './answer.ts';
import { readObject } from './payload.ts';
import { firstProblem } from './problem.ts';

/** `path`: by which of the two addresses it came; without one, an event is what it looks like. */
export type PagerDutyRequest = DoubleRequest & { readonly path?: string };

// https://developer.pagerduty.com/docs/events-api-v2-overview#size-limits
const MOST_BYTES = 512 * 1024;

const some = z.string().min(1);
const https = z.url({ protocol: /^https$/ });
const links = z.array(z.strictObject({ href: https, text: some.optional() }));
const key = z
  .string()
  .length(32, "Length of 'routing_key' is incorrect (should be 32 characters)")
  .regex(/^[A-Za-z0-9]*$/, "'routing_key' cannot contain non-alphanumeric characters.");

// ISO 8601 with its zone: the time of a relay elsewhere.
const timestamp = z.iso.datetime({ offset: true });

// https://developer.pagerduty.com/docs/send-alert-event#parameters
const alertPayload = z.strictObject({
  summary: some.max(1_024),
  source: some,
  severity: z.enum(['critical', 'error', 'warning', 'info']),
  timestamp: timestamp.optional(),
  component: some.optional(),
  group: some.optional(),
  class: some.optional(),
  custom_details: z.record(z.string(), z.unknown()).optional(),
});
const alert = z
  .strictObject({
    routing_key: key,
    event_action: z.enum(['trigger', 'acknowledge', 'resolve']),
    dedup_key: some.max(255).optional(),
    payload: alertPayload.optional(),
    client: some.optional(),
    client_url: https.optional(),
    links: links.optional(),
    images: z.array(z.strictObject({ src: https, href: https.optional(), alt: some.optional() })).optional(),
  })
  .refine((each) => each.event_action !== 'trigger' || each.payload !== undefined, "'payload' is missing or blank")
  .refine((each) => each.event_action === 'trigger' || each.dedup_key !== undefined, "'dedup_key' is missing or blank");

// https://developer.pagerduty.com/docs/send-change-event#parameters
const change = z.strictObject({
  routing_key: key,
  payload: z.strictObject({
    summary: some.max(1_024),
    source: some.optional(),
    timestamp: timestamp.optional(),
    custom_details: z.record(z.string(), z.unknown()).optional(),
  }),
  links: links.optional(),
});

const said = (status: number, body: object, reason?: string): DoubleAnswer => ({
  status,
  body: JSON.stringify(body),
  ...(reason !== undefined && { reason }),
  headers: { 'content-type': 'application/json' },
});

const refuse = (reason: string): DoubleAnswer =>
  said(400, { status: 'invalid event', message: 'Event object is invalid', errors: [reason] }, reason);

/**
 * Answers as PagerDuty's Events API v2 does. Stricter than the real one on purpose, which leaves out what it does not know, and cuts a summary
 * that is too long.
 */
export function answerPagerDuty(request: PagerDutyRequest): DoubleAnswer {
  const reading = readObject(request);
  if (!reading.ok) return refuse(reading.reason);
  const bytes = Buffer.byteLength(request.body);
  if (bytes > MOST_BYTES) return refuse(`The event has ${bytes} bytes, and may have ${MOST_BYTES}`);
  const isAlert = request.path?.endsWith('/v2/enqueue') ?? 'event_action' in reading.value;
  const { data, error } = isAlert ? alert.safeParse(reading.value) : change.safeParse(reading.value);
  if (data === undefined) return refuse(firstProblem(error, ''));
  if (!isAlert) return said(202, { status: 'success', message: 'Change event processed' });
  const { dedup_key = 'made-by-pagerduty' } = reading.value;
  return said(202, { status: 'success', message: 'Event processed', dedup_key });
}

/** What came, without the key that is in the body of an event. */
export function withoutKey(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !('routing_key' in json)) return json;
  const { routing_key: _, ...shown } = json;
  return shown;
}
