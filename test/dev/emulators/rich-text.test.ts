import { describe, expect, it } from 'vitest';
import { answerSlack } from '../../../dev/emulators/slack.ts';

const send = (message: unknown) => answerSlack({ contentType: 'application/json', body: JSON.stringify(message) });

const rich = (...elements: unknown[]) => ({ type: 'rich_text', elements });
const richSection = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
const richText = (rest: object = {}) => ({ type: 'text', text: 'x', ...rest });
const richLink = (rest: object = {}) => ({ type: 'link', url: 'https://a.example', ...rest });
const richList = (rest: object = {}) => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: [richSection(richText())],
  ...rest,
});

const quoted = ['rich_text_quote', 'rich_text_preformatted'].map((type) => ({ type, elements: [richText()] }));

const GOOD: [what: string, block: unknown][] = [
  ['every style of rich text', rich(richSection(richText({ style: { bold: true, code: true, underline: false } })))],
  ['a rich list indented 8 times', rich(richList({ indent: 8, border: 1, offset: 3 }))],
  ['a rich quote and preformatted text', rich(...quoted)],
  ['a rich date and link', rich(richSection({ type: 'date', timestamp: 1, format: '{date}' }, richLink()))],
  ['a rich mention', rich(richSection({ type: 'user', user_id: 'U1' }, { type: 'emoji', name: 'wave' }))],
  ['a rich list indented 0 times', rich(richList({ style: 'ordered', indent: 0, offset: 0, border: 0 }))],
  ['a link of one character', rich(richSection(richLink({ text: 'x' })))],
  ['an element that the reference only names', rich(richSection({ type: 'canvas' }))],
];

const WRONG: [what: string, block: unknown, place: string][] = [
  ['rich text without elements', rich(), '/elements'],
  ['an empty rich section', rich(richSection()), '/elements/0/elements'],
  ['an empty rich text', rich(richSection(richText({ text: '' }))), '/elements/0/elements/0/text'],
  ['an empty link label', rich(richSection(richLink({ text: '' }))), '/elements/0/elements/0/text'],
  ['a bare text in rich text', rich(richText()), '/elements/0/type'],
  ['an unknown rich element', rich(richSection({ type: 'blink' })), '/elements/0/elements/0/type'],
  ['an unknown rich style', rich(richSection(richText({ style: { blink: true } }))), '/elements/0/elements/0/style'],
  ['a rich list without style', rich(richList({ style: undefined })), '/elements/0/style'],
  ['a rich list of bare text', rich(richList({ elements: [richText()] })), '/elements/0/elements/0/type'],
  ['a rich list indented 9 times', rich(richList({ indent: 9 })), '/elements/0/indent'],
  [
    'a mention in preformatted text',
    rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }),
    '/elements/0/elements/0/type',
  ],
  ['a link without a URL', rich(richSection(richLink({ url: '' }))), '/elements/0/elements/0/url'],
  ['a date without a format', rich(richSection({ type: 'date', timestamp: 1 })), '/elements/0/elements/0/format'],
  ['a list of nothing', rich(richList({ elements: [] })), '/elements/0/elements'],
  ['an empty quote', rich({ type: 'rich_text_quote', elements: [] }), '/elements/0/elements'],
  ['empty preformatted text', rich({ type: 'rich_text_preformatted', elements: [] }), '/elements/0/elements'],
  ['a list indented by less than nothing', rich(richList({ indent: -1 })), '/elements/0/indent'],
  ['a list that counts from below 1', rich(richList({ offset: -1 })), '/elements/0/offset'],
  ['an unknown property of text', rich(richSection(richText({ size: 2 }))), '/elements/0/elements/0'],
  ['an unknown property of a link', rich(richSection(richLink({ size: 2 }))), '/elements/0/elements/0'],
  [
    'an unknown property of a mention',
    rich(richSection({ type: 'user', user_id: 'U1', size: 2 })),
    '/elements/0/elements/0',
  ],
  ...[richSection(richText()), richList(), ...quoted].map((element): [string, unknown, string] => [
    `an unknown property of a ${element.type}`,
    rich({ ...element, size: 2 }),
    '/elements/0',
  ]),
];

describe('the double of a Slack webhook, in rich text,', () => {
  it.each(GOOD)('accepts %s', (_what, block) => {
    expect(send({ blocks: [block] })).toMatchObject({ status: 200, body: 'ok' });
  });

  it.each(WRONG)('refuses %s with invalid_blocks', (_what, block, place) => {
    const answer = send({ text: 'x', blocks: [{ type: 'divider' }, block] });

    expect(answer).toMatchObject({ status: 400, body: 'invalid_blocks' });
    expect(answer.reason).toMatch(new RegExp(`^/blocks/1${place} is wrong\\. .+\\.$`));
  });
});
