import type { RelayEvent } from '../../event/event.ts';
import { fit, type Limits } from '../../message/fit.ts';
import { readEvent } from '../../message/reading.ts';
import {
  type Body,
  type Fact,
  type Item,
  type Reading,
  stateOf,
  type Telling,
  type Tone,
  type Voice,
} from '../../message/slots.ts';
import { trim } from '../../message/trim.ts';
import type { Message } from '../destination.ts';
import { eventMark } from '../event-mark.ts';
import { bold, code, codeBlock, link, literal } from './markdown.ts';

interface Field {
  readonly title: string;
  readonly value: string;
  readonly short: boolean;
}

/** What an incoming webhook takes: https://developers.mattermost.com/integrate/webhooks/incoming/#parameters */
export interface MattermostMessage {
  readonly text: string;
  /** Kept beside the post, and shown nowhere. */
  readonly props: { readonly event: string };
  /** https://developers.mattermost.com/integrate/reference/message-attachments/ */
  readonly attachments?: readonly {
    readonly fallback: string;
    readonly color: string;
    readonly text?: string;
    readonly fields: readonly Field[];
    readonly footer: string;
  }[];
}

const COLOR = {
  good: '#3DB887',
  info: '#1C58D9',
  neutral: '#8D93A5',
  warning: '#CC8F00',
  danger: '#D24B4E',
} as const satisfies Record<Tone, string>;

// A post takes 16,383 characters, and what is longer becomes several; attachments take far more, which nobody would read.
export const mattermostLimits: Limits<MattermostMessage> = {
  size: (message) => JSON.stringify(message).length,
  most: 16_000,
};

/** A Mattermost post: the headline in `text`, which is searched and notified of; the details in one coloured attachment. */
export const formatMattermost = (event: RelayEvent, voice: Voice, telling?: Telling): MattermostMessage =>
  fit(readEvent(event, voice, telling), whole, plain, mattermostLimits);

/** The sentence and the first link, for a server that refuses the attachment. */
export const formatMattermostPlain = (event: RelayEvent, voice: Voice, telling?: Telling): MattermostMessage =>
  plain(trim(readEvent(event, voice, telling)));

const plain = ({ occurrence, sentence, actions }: Reading): MattermostMessage => ({
  text: [literal(sentence), ...actions.slice(0, 1).map(({ title, url }) => link(title, url))].join('\n'),
  props: { event: eventMark(occurrence) },
});

const whole = (reading: Reading): MattermostMessage => {
  const text = details(reading);
  return {
    text: headline(reading),
    props: { event: eventMark(reading.occurrence) },
    attachments: [
      {
        fallback: literal(reading.sentence),
        color: COLOR[reading.tone],
        ...(text !== '' && { text }),
        fields: fields(reading),
        footer: footer(reading),
      },
    ],
  };
};

const headline = ({ emoji, subject, figure, mentions, ...reading }: Reading): string =>
  [
    `${emoji} ${bold(stateOf(reading))} · ${linked(subject)}${literal(subject.where)}`,
    ...(figure === undefined ? [] : [bold(figure)]),
    ...mentions.map(({ id }) => `@${id}`),
  ].join(' ');

const linked = ({ text, url }: Item): string => (url === undefined ? literal(text) : link(text, url));

const details = ({ list, body, actions, origin, moreItems }: Reading): string =>
  [
    list && [bold(list.label), ...list.items.map(line), ...(list.more > 0 ? [moreItems(list.more)] : [])].join('\n'),
    body && said(body),
    actions.map(({ title, url }) => link(title, url)).join(' · '),
    origin.place && literal(origin.place),
  ]
    .filter(Boolean)
    .join('\n\n');

const line = ({ said, ...item }: Item): string => `- ${linked(item)}${said === undefined ? '' : ` · ${literal(said)}`}`;

const said = ({ label, text, form }: Body): string =>
  `${bold(label)}\n${form === undefined ? literal(text) : codeBlock(text)}`;

/** As long as two values stand side by side. */
const SHORT = 40;

const fields = ({ facts, more, moreItems }: Reading): readonly Field[] => [
  ...facts.map(({ label, value, ...fact }: Fact) => ({
    title: literal(label),
    // No reader's own time stands before it, as in other chats.
    value: fact.code === true ? code(value) : literal(value.replace(/^\((.{16} UTC)\)/, '$1')),
    short: value.length <= SHORT,
  })),
  ...(more > 0 ? [{ title: '', value: moreItems(more), short: false }] : []),
];

// Servers differ in whether they parse it: nothing in it is from outside.
const footer = ({ id, origin: { source, written, marker } }: Reading): string =>
  [source, written, ...(marker === undefined ? [] : [`(${marker})`]), `id ${id}`].join(' · ');

export const mattermostMessage = {
  format: formatMattermost,
  plain: formatMattermostPlain,
  limits: mattermostLimits,
} satisfies Message;
