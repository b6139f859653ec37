import { Buffer } from 'node:buffer';
import * as z from 'zod';
import type { DoubleAnswer, DoubleRequest } from './answer.ts';
import { htmlProblem } from './card-html.ts';
import { readObject } from './payload.ts';
import { firstProblem } from './problem.ts';

// https://developers.google.com/workspace/chat/create-messages
const MOST_BYTES = 32_000;
// https://developers.google.com/workspace/chat/api/reference/rest/v1/cards: what is more is left out.
const MOST_WIDGETS = 100;

const some = z.string().min(1);
const https = z.url({ protocol: /^https$/ });
const html = some.superRefine((text, context) => {
  const problem = htmlProblem(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});
// Whether these are read as HTML is not said: what would be a tag or an entity has no place in them.
const label = some.refine((text) => !/<[a-z/!?]|&#?\w/i.test(text), 'It may be read as HTML');

const button = z.strictObject({
  text: label,
  altText: label.optional(),
  type: z.enum(['OUTLINED', 'FILLED', 'FILLED_TONAL', 'BORDERLESS']).optional(),
  disabled: z.boolean().optional(),
  onClick: z.strictObject({ openLink: z.strictObject({ url: https }) }),
});

// https://developers.google.com/workspace/chat/api/reference/rest/v1/cards#Widget: the kinds that show what a message may say.
const widget = z
  .strictObject({
    textParagraph: z.strictObject({ text: html, maxLines: z.int().optional() }).optional(),
    decoratedText: z
      .strictObject({
        topLabel: label.optional(),
        text: html,
        bottomLabel: label.optional(),
        wrapText: z.boolean().optional(),
        button: button.optional(),
      })
      .optional(),
    buttonList: z.strictObject({ buttons: z.array(button).min(1) }).optional(),
    divider: z.strictObject({}).optional(),
    horizontalAlignment: z.enum(['START', 'CENTER', 'END']).optional(),
  })
  .refine(({ horizontalAlignment: _, ...kinds }) => Object.keys(kinds).length === 1, 'It has to be one kind of widget');

const card = z
  .strictObject({
    header: z.strictObject({ title: label, subtitle: label.optional() }).optional(),
    sections: z
      .array(
        z.strictObject({
          header: html.optional(),
          widgets: z.array(widget).min(1, 'A section has to have a widget'),
          collapsible: z.boolean().optional(),
          uncollapsibleWidgetsCount: z.int().optional(),
        }),
      )
      .min(1),
  })
  .refine(
    ({ sections }) => sections.reduce((sum, { widgets }) => sum + widgets.length, 0) <= MOST_WIDGETS,
    `It has more than ${MOST_WIDGETS} widgets`,
  );

// What may be said of `text`: a mention, or an address with a text. All else that begins so is a mistake.
const IN_TEXT = /<(?!users\/\w+>|https:\/\/[^\s<>|]+(?:\|[^<>|]+)?>|\s|\u200b|$)/;

// https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages#Message, without what only apps may set.
const message = z.strictObject({
  text: some.refine((text) => !IN_TEXT.test(text), 'It has what is neither a mention nor a link').optional(),
  fallbackText: some.optional(),
  cardsV2: z.array(z.strictObject({ cardId: some.optional(), card })).optional(),
  thread: z.strictObject({ threadKey: some.max(4_000).optional(), name: some.optional() }).optional(),
});

const said = (status: number, body: object, reason?: string): DoubleAnswer => ({
  status,
  body: JSON.stringify(body, null, 2),
  ...(reason !== undefined && { reason }),
  headers: { 'content-type': 'application/json; charset=UTF-8' },
});

const refuse = (reason: string): DoubleAnswer =>
  said(400, { error: { code: 400, message: reason, status: 'INVALID_ARGUMENT' } }, reason);

/** `cardsV2[0].card`, as Google names a place. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue?.code !== 'unrecognized_keys') return firstProblem(error, '');
  const place = issue.path.length > 0 ? ` at 'message${placeOf(issue.path)}'` : '';
  return `Invalid JSON payload received. Unknown name "${issue.keys[0]}"${place}: Cannot find field.`;
}

/**
 * Answers as an incoming webhook of Google Chat does: with the message, or an error of Google's. Stricter than the real one on purpose,
 * which shows in its own way what it does not know within a text, and leaves out widgets that are too many.
 */
export function answerGoogleChat(request: DoubleRequest): DoubleAnswer {
  const reading = readObject(request);
  if (!reading.ok) return refuse(`Invalid JSON payload received. ${reading.reason}`);
  const bytes = Buffer.byteLength(request.body);
  if (bytes > MOST_BYTES) return refuse(`Message has ${bytes} bytes, whereas max allowed size is ${MOST_BYTES} bytes.`);
  const { data, error } = message.safeParse(reading.value);
  if (data === undefined) return refuse(problemOf(error));
  if (data.text === undefined && !data.cardsV2?.length) {
    return refuse('Message cannot be empty. Discarding empty create message request.');
  }
  const space = 'spaces/AAAAinbox';
  const thread = { ...data.thread, name: `${space}/threads/${data.thread?.threadKey ?? 'new'}` };
  return said(200, { name: `${space}/messages/1.1`, ...data, thread });
}
