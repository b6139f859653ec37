import type { ActionsBlock, ContextBlock, RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';
import { type Body, type Fact, type Item, type Mention, type Reading, stateOf } from '../../message/slots.ts';
import { slackNotification } from '../../message/text.ts';
import { utc } from '../../message/written.ts';
import { eventMark } from '../event-mark.ts';

// rich_text throughout: its text elements are never parsed, while mrkdwn has no escape for * _ ~ ` and :emoji:.

const plain = (text: string) => ({ type: 'text', text }) as const;
const bold = (text: string) => ({ type: 'text', text, style: { bold: true } }) as const;

export const headline = ({ occurrence, emoji, subject, figure, mentions, ...reading }: Reading): RichTextBlock => ({
  type: 'rich_text',
  block_id: eventMark(occurrence),
  elements: [
    {
      type: 'rich_text_section',
      elements: [
        plain(`${emoji} `),
        bold(stateOf(reading)),
        plain(' · '),
        linked(subject),
        ...(subject.where === '' ? [] : [plain(subject.where)]),
        ...(figure === undefined ? [] : [bold(` ${figure}`)]),
        ...mentions.flatMap((mention) => [plain('  '), called(mention)]),
      ],
    },
  ],
});

const linked = ({ text, url }: Item): RichTextElement =>
  url === undefined ? plain(text) : { type: 'link', url, text };

const called = ({ type, id }: Mention): RichTextElement =>
  type === 'all'
    ? { type: 'broadcast', range: id === 'channel' ? 'channel' : 'here' }
    : type === 'user'
      ? { type: 'user', user_id: id }
      : { type: 'usergroup', usergroup_id: id };

// One section, with the line breaks in it: how several sections are set apart is the client's affair.
export const facts = ({ facts, more, moreItems }: Reading): RichTextBlock => ({
  type: 'rich_text',
  block_id: 'facts',
  elements: [
    {
      type: 'rich_text_section',
      elements: [
        ...facts.flatMap(({ label, ...fact }, index): RichTextElement[] => [
          bold(index === 0 ? label : `\n${label}`),
          plain('  '),
          ...factValue(fact),
        ]),
        ...(more > 0 ? [plain(`${facts.length > 0 ? '\n' : ''}${moreItems(more)}`)] : []),
      ],
    },
  ],
});

/** A time is shown in the reader's own zone, and beside it as the receiver's settings write it. */
function factValue({ value, code, instant }: Omit<Fact, 'label'>): RichTextElement[] {
  if (code) return [{ type: 'text', text: value, style: { code: true } }];
  if (instant === undefined) return [plain(value)];
  const timestamp = Math.floor(Date.parse(instant) / 1000);
  return [
    { type: 'date', timestamp, format: '{date_short_pretty} {time}', fallback: utc(instant) },
    plain(` ${value}`),
  ];
}

const section = (...elements: RichTextElement[]): RichTextSection => ({ type: 'rich_text_section', elements });

export const list = (
  { label, items, more }: NonNullable<Reading['list']>,
  moreItems: Reading['moreItems'],
): RichTextBlock => ({
  type: 'rich_text',
  block_id: 'list',
  elements: [
    section(bold(label)),
    { type: 'rich_text_list', style: 'bullet', elements: items.map(line) },
    ...(more > 0 ? [section(plain(moreItems(more)))] : []),
  ],
});

/** In as few elements as can be: a list may have many lines, and a message has a largest size. */
function line({ text, url, said }: Item): RichTextSection {
  const after = said === undefined ? '' : ` · ${said}`;
  if (url === undefined) return section(plain(text + after));
  return section(linked({ text, url }), ...(after === '' ? [] : [plain(after)]));
}

export const body = ({ label, text, form }: Body): RichTextBlock => ({
  type: 'rich_text',
  block_id: 'body',
  elements: [
    section(bold(label)),
    { type: form === undefined ? 'rich_text_quote' : 'rich_text_preformatted', elements: [{ type: 'text', text }] },
  ],
});

export const buttons = (actions: Reading['actions']): ActionsBlock => ({
  type: 'actions',
  block_id: 'actions',
  elements: actions.map(({ title, hint, url, act }, index) => ({
    type: 'button',
    action_id: act?.token === undefined ? `open-${index}` : `relay:${act.name}`,
    text: { type: 'plain_text', text: title },
    ...(act?.token === undefined ? { url } : { value: act.token }),
    accessibility_label: hint,
  })),
});

// {date_short_pretty} and {time} are shown in the reader's own zone and language.
export const origin = ({ id, origin: { source, place, occurredAt, written, marker } }: Reading): ContextBlock => ({
  type: 'context',
  block_id: 'origin',
  elements: [
    ...[place, marker && `(${marker})`].flatMap((text) =>
      text ? [{ type: 'plain_text' as const, text, emoji: false }] : [],
    ),
    {
      type: 'mrkdwn',
      verbatim: true,
      text: `${slackNotification(source)} · <!date^${Math.floor(Date.parse(occurredAt) / 1000)}^{date_short_pretty} {time}|${written}> (${utc(occurredAt)}) · id \`${id}\``,
    },
  ],
});
