import * as z from 'zod';
import type { DoubleAnswer, DoubleRequest } from './answer.ts';
import { readObject } from './payload.ts';
import { firstProblem } from './problem.ts';

// A line of a header has at most 998 bytes: https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1
const MOST_SUBJECT_BYTES = 900;

// Gmail shows so much of the HTML, and a link to the rest.
const MOST_BYTES = 102 * 1024;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are looked for.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/;

const calm = z.string().refine((text) => !CONTROL.test(text) && text.isWellFormed(), 'A control character is in it');

/** Elements that mail programs show, without what runs, loads or asks: https://www.caniemail.com/features/ */
const ELEMENTS = new Set('html head meta title style body div p h1 ul li dl dt dd code a br strong'.split(' '));
const ALONE = new Set(['meta', 'br']);
const ATTRIBUTES = new Set(['lang', 'charset', 'name', 'content', 'class', 'style', 'href']);

/** What is wrong with a document, as a strict program sees it: what it has no use for, and what leads out of the mail. */
function problemOf(html: string): string | undefined {
  if (!html.startsWith('<!DOCTYPE html>')) return 'The document has no type';
  if (/url\(|@import|expression\(|behavior:/i.test(html)) return 'A style loads something';
  const open: string[] = [];
  for (const [whole, end, name = '', rest = ''] of html
    .slice(15)
    .matchAll(/<(\/?)([a-z0-9!-]*)((?:"[^"]*"|[^">])*)>/gi)) {
    if (!ELEMENTS.has(name)) return `An element ${whole.slice(0, 40)} has no place in a mail`;
    if (end === '/') {
      if (open.pop() !== name) return `An element ${name} ends that is not open`;
    } else {
      const wrong = wrongIn(rest);
      if (wrong !== undefined) return wrong;
      if (!ALONE.has(name)) open.push(name);
    }
  }
  const text = html.replace(/<[^<>]*>/g, '');
  if (/[<>]/.test(text)) return 'A sign of a tag is not escaped';
  if (/&(?!(?:amp|lt|gt|quot);)/.test(html)) return 'An ampersand is not escaped';
  return open.length === 0 ? undefined : `An element ${open.at(-1)} has no end`;
}

/** What is wrong with the attributes of an element. */
function wrongIn(text: string): string | undefined {
  let rest = text;
  for (const [whole, name = '', value = ''] of text.matchAll(/ ([a-z-]+)="([^"]*)"/g)) {
    rest = rest.replace(whole, '');
    if (!ATTRIBUTES.has(name)) return `An attribute ${name} has no place in a mail`;
    if (name === 'href' && !/^https?:\/\/[^\s/]/.test(value)) return 'A link leads to no page';
  }
  return rest.trim() === '' ? undefined : `An attribute is not quoted: ${rest.trim().slice(0, 40)}`;
}

const mail = z.strictObject({
  subject: calm
    .min(1)
    .refine((text) => !/[\n\t]/.test(text), 'It has more than one line')
    .refine(
      (text) => Math.max(...text.split(' ').map((word) => new TextEncoder().encode(word).length)) <= MOST_SUBJECT_BYTES,
      'A word of it is longer than a line',
    ),
  text: calm.min(1),
  html: calm
    .superRefine((html, { addIssue }) => {
      const message = problemOf(html);
      if (message !== undefined) addIssue({ code: 'custom', message });
    })
    .optional(),
  event: z.string().regex(/^event-[0-9a-f]{8}$/),
  thread: z.string().regex(/^[0-9a-f]{32}$/),
  urgent: z.literal(true).optional(),
});

const refuse = (reason: string): DoubleAnswer => ({ status: 554, body: '554 5.6.0 Message refused', reason });

/**
 * Answers as a server of mail does, by what a strict reader would show: real ones take any mail, and then drop what they do
 * not like.
 */
export function answerEmail(request: DoubleRequest): DoubleAnswer {
  const reading = readObject(request);
  if (!reading.ok) return refuse(reading.reason);
  const got = mail.safeParse(reading.value);
  if (!got.success) return refuse(firstProblem(got.error, ''));
  const bytes = new TextEncoder().encode(got.data.html ?? got.data.text).length;
  return bytes > MOST_BYTES ? refuse('It is longer than programs show') : { status: 250, body: '250 2.0.0 Taken' };
}
