import { Buffer } from 'node:buffer';
import * as z from 'zod';
import { adaptiveCard } from './adaptive-card.ts';
import type { DoubleAnswer, DoubleRequest } from './answer.ts';
import { brokenDate } from './card-dates.ts';
import { readObject } from './payload.ts';
import { firstProblem } from './problem.ts';
import { walk } from './walk.ts';

const trigger = z.looseObject({
  type: z.literal('message'),
  attachments: z
    .array(
      z.looseObject({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        content: z.looseObject({}),
      }),
    )
    .min(1),
});

const refuse = (code: string, message: string, reason: string): DoubleAnswer => ({
  status: 400,
  body: JSON.stringify({ error: { code, message } }),
  reason,
  headers: { 'content-type': 'application/json; charset=utf-8' },
});

// The wording, here and for what is missing, as reported in https://github.com/microsoft/coe-starter-kit/issues/6989
const mismatch = (reason: string): DoubleAnswer =>
  refuse(
    'TriggerInputSchemaMismatch',
    `The input body for trigger 'manual' of type 'Request' did not match its schema definition. Error details: '${reason}'.`,
    reason,
  );

// Undocumented: the flow counts the card as text inside JSON, which fits the reported pair of 24453 bytes sent and
// 28897 counted. Limit and wording: https://github.com/MicrosoftDocs/msteams-docs/issues/11274
const MAX_BYTES = 28_672;

const sizeOf = (card: unknown): number => Buffer.byteLength(JSON.stringify(JSON.stringify(card)));

// Our own guard, as the checks below recurse. A card of this depth is no card that anybody could read.
const MAX_DEPTH = 100;

function isTooDeep(card: unknown): boolean {
  for (const { depth } of walk(card)) if (depth > MAX_DEPTH) return true;
  return false;
}

interface CardFault {
  readonly code: 'InvalidAdaptiveCard' | 'MessageSizeExceeded';
  /** As it is answered, and as it is told here. */
  readonly message: string;
  readonly reason: string;
}

const invalid = (reason: string): CardFault => ({ code: 'InvalidAdaptiveCard', message: reason, reason });

/**
 * What is wrong with a card. Stricter than the real service on purpose: it takes every card below and then fails in the run history of
 * the flow, or shows less than was sent, and nobody is told.
 */
export function cardFault(card: unknown, place: string): CardFault | undefined {
  if (isTooDeep(card)) return invalid(`${place} is nested more than ${MAX_DEPTH} levels deep.`);
  const size = sizeOf(card);
  if (size > MAX_BYTES) {
    const words = `Actual message properties size: ${size} bytes, whereas max allowed size is ${MAX_BYTES} bytes`;
    const message = `Message properties size exceeded. ${words}`;
    return { code: 'MessageSizeExceeded', message, reason: `${place} is too big. ${words}.` };
  }
  const reading = adaptiveCard.safeParse(card);
  if (!reading.success) return invalid(firstProblem(reading.error, place));
  const date = brokenDate(card);
  return date === undefined ? undefined : invalid(`${place}${date}`);
}

/** Answers as the trigger of a Teams Workflows webhook does, and looks at the card, which the trigger does not. */
export function answerTeams(request: DoubleRequest): DoubleAnswer {
  const body = readObject(request);
  if (!body.ok) return mismatch(body.reason);
  const missing = Object.keys(trigger.shape).filter((key) => !Object.hasOwn(body.value, key));
  if (missing.length > 0) return mismatch(`Required properties are missing from object: ${missing.join(', ')}.`);
  const message = trigger.safeParse(body.value);
  if (!message.success) return mismatch(firstProblem(message.error, ''));
  for (const [index, { content }] of message.data.attachments.entries()) {
    const fault = cardFault(content, `/attachments/${index}/content`);
    if (fault !== undefined) return refuse(fault.code, fault.message, fault.reason);
  }
  return { status: 202, body: '' };
}
