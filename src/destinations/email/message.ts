import type { RelayEvent } from '../../event/event.ts';
import { identity } from '../../event/identity.ts';
import { isOver, toBrief } from '../../event/importance.ts';
import { cutAtWord } from '../../event/text.ts';
import { threadKeyOf } from '../../event/thread.ts';
import { fit, type Limits } from '../../message/fit.ts';
import { readEvent } from '../../message/reading.ts';
import { type Body, type Item, type Reading, stateOf, type Telling, type Voice } from '../../message/slots.ts';
import { trim } from '../../message/trim.ts';
import type { Message } from '../destination.ts';
import { eventMark } from '../event-mark.ts';
import { htmlOf, plainly } from './html.ts';
import { inCode, literal } from './markup.ts';

/** What a mail says: of its headers, what depends on the event. */
export interface EmailMessage {
  /** One line of at most 200 UTF-16 units. */
  readonly subject: string;
  readonly text: string;
  /** A whole document. Not in the plain form. */
  readonly html?: string;
  readonly event: string;
  /** 32 hex digits, the same of all that is told of one story. */
  readonly thread: string;
  readonly urgent?: true;
}

// Gmail cuts a message's HTML at 102 KB. With its text, and as lines of seven bits, a mail is at most three times as large.
export const emailLimits: Limits<EmailMessage> = {
  size: ({ text, html = '' }) => Math.max(Buffer.byteLength(html), Buffer.byteLength(text)),
  most: 32 * 1024,
};

/** A mail: one reading as text and as HTML. */
export const formatEmail = (event: RelayEvent, voice: Voice, telling?: Telling): EmailMessage =>
  fit(readEvent(event, voice, telling), whole(event), plain(event), emailLimits);

/** The sentence and the first link, without HTML, for a server that refuses the whole one. */
export const formatEmailPlain = (event: RelayEvent, voice: Voice, telling?: Telling): EmailMessage =>
  plain(event)(trim(readEvent(event, voice, telling)));

const whole =
  (event: RelayEvent) =>
  (reading: Reading): EmailMessage => {
    const { subject, ...frame } = around(event, reading);
    return { subject, text: textOf(reading), html: htmlOf(reading, subject), ...frame };
  };

const plain =
  (event: RelayEvent) =>
  (reading: Reading): EmailMessage => {
    const { subject, ...frame } = around(event, reading);
    const links = reading.actions.slice(0, 1).map(linked);
    return { subject, text: paragraphs(literal(reading.sentence), ...links), ...frame };
  };

const around = (event: RelayEvent, reading: Reading) => ({
  subject: subjectOf(reading),
  event: eventMark(reading.occurrence),
  thread: threadKeyOf(event) ?? identity('event', event.id),
  // What is over calls nobody, also where it is told again, and a test neither.
  ...(event.severity === 'critical' &&
    reading.tone === 'danger' &&
    !isOver(toBrief(event)) && { urgent: true as const }),
});

const MOST_SUBJECT = 200;

// A line of a header has at most 998 bytes, and what has no space is not folded: https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1
const subjectOf = ({ emoji, subject, figure, ...reading }: Reading): string => {
  const head = `${emoji} ${stateOf(reading)} · ${subject.text}${subject.where}`;
  return cutAtWord((figure === undefined ? head : `${head} ${figure}`).replace(/\s+/g, ' '), MOST_SUBJECT);
};

const paragraphs = (...parts: readonly (string | undefined)[]): string => `${parts.filter(Boolean).join('\n\n')}\n`;

const textOf = (reading: Reading): string => {
  const { sentence, facts, more, moreItems, body, actions } = reading;
  const told = facts.map(({ label, value, code }) =>
    indented(`${literal(label)}: ${code === true ? inCode(value) : literal(plainly(value))}`),
  );
  return paragraphs(
    headline(reading),
    literal(sentence),
    listed(reading),
    [...told, ...(more > 0 ? [moreItems(more)] : [])].join('\n'),
    body && said(body),
    actions.map(linked).join('\n'),
    footer(reading),
  );
};

const headline = ({ emoji, subject, figure, ...reading }: Reading): string =>
  [
    `${emoji} ${literal(stateOf(reading))} · ${literal(subject.text)}${literal(subject.where)}`,
    ...(figure === undefined ? [] : [literal(figure)]),
  ].join(' ');

/** What is from outside begins no line. */
const indented = (text: string): string => text.replaceAll('\n', '\n  ');

const listed = ({ list, moreItems }: Reading): string | undefined =>
  list && [literal(list.label), ...list.items.map(line), ...(list.more > 0 ? [moreItems(list.more)] : [])].join('\n');

const line = ({ text, said: more }: Item): string =>
  indented(`- ${literal(text)}${more === undefined ? '' : ` · ${literal(more)}`}`);

const said = ({ label, text, form }: Body): string =>
  indented(`${literal(label)}\n${form === undefined ? literal(text) : form === 'command' ? text : inCode(text)}`);

const linked = ({ title, url }: { readonly title: string; readonly url: string }): string =>
  `${literal(title)}: ${url}`;

const footer = ({ id, origin: { source, written, marker, place } }: Reading): string =>
  [
    ...(place === undefined ? [] : [literal(place)]),
    source,
    written,
    ...(marker === undefined ? [] : [`(${marker})`]),
    `id ${id}`,
  ].join(' · ');

export const emailMessage = {
  format: formatEmail,
  plain: formatEmailPlain,
  limits: emailLimits,
} satisfies Message;
