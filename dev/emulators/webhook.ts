import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { DoubleAnswer, DoubleRequest } from './answer.ts';
import { readObject } from './payload.ts';
import { firstProblem } from './problem.ts';

/** A subscriber judges the headers as well, by their names in lower case. */
export type WebhookRequest = DoubleRequest & { headers?: Record<string, string | string[] | undefined> };

// The types of attributes, and what each may hold:
// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#type-system
const text = z
  .string()
  .min(1)
  .regex(/^[^\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]*$/u, 'Expected no control characters and whole pairs');
const uriReference = text.regex(/^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9A-F]{2})+$/i, 'Expected a URI-reference');
const extension = z.union([z.boolean(), z.int32(), text]);

const cloudEvent = z
  .object({
    specversion: z.literal('1.0'),
    id: text,
    source: uriReference,
    type: text,
    subject: text.optional(),
    time: z.iso.datetime({ offset: true }).optional(),
    datacontenttype: z.string().regex(/^application\/json(;|$)/),
    dataschema: z.url().optional(),
    data: z.looseObject({}),
  })
  .catchall(extension);

const NAME = /^[a-z0-9]{1,20}$/;

// What everybody who handles CloudEvents has to take: the same page, "Size Limits".
const MAX_BYTES = 64 * 1024;

const TOLERANCE_SECONDS = 5 * 60;

const refuse = (status: number, reason: string): DoubleAnswer => ({ status, body: '', reason });

/** Answers as a strict subscriber does. With secrets, it takes only what one of them has signed. */
export function answerWebhook(request: WebhookRequest, secrets: readonly string[] = []): DoubleAnswer {
  if (Buffer.byteLength(request.body) > MAX_BYTES) return refuse(413, `The body is over ${MAX_BYTES} bytes.`);
  const doubt = secrets.length > 0 ? distrust(request, secrets) : undefined;
  if (doubt !== undefined) return refuse(401, doubt);
  const reading = readObject(request, 'application/cloudevents+json');
  if (!reading.ok) return refuse(415, reading.reason);
  const names = Object.keys(reading.value).filter((name) => !NAME.test(name));
  if (names.length > 0) return refuse(422, `${names.join(', ')} cannot be the name of an attribute.`);
  const event = cloudEvent.safeParse(reading.value);
  return event.success ? { status: 204, body: '' } : refuse(422, firstProblem(event.error, ''));
}

/** Why a request is not to be trusted, by https://github.com/standard-webhooks/standard-webhooks, "Verifying signatures". */
function distrust({ headers = {}, body }: WebhookRequest, secrets: readonly string[]): string | undefined {
  const id = `${headers['webhook-id'] ?? ''}`;
  const timestamp = `${headers['webhook-timestamp'] ?? ''}`;
  if (!/^[^.]+$/.test(id)) return 'The webhook-id is missing or has a dot.';
  if (!/^\d+$/.test(timestamp)) return 'The webhook-timestamp is no number of seconds.';
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS)
    return 'The webhook-timestamp is old or new.';
  const given = `${headers['webhook-signature'] ?? ''}`.split(' ');
  const isSigned = secrets.some((secret) => given.includes(`v1,${hmac(secret, `${id}.${timestamp}.${body}`)}`));
  return isSigned ? undefined : 'No webhook-signature is made with a secret that is known here.';
}

const hmac = (secret: string, content: string): string => {
  const [, base64] = /^whsec_(.*)$/.exec(secret) ?? [];
  const key = base64 === undefined ? Buffer.from(secret, 'utf8') : Buffer.from(base64, 'base64');
  return createHmac('sha256', key).update(content, 'utf8').digest('base64');
};
