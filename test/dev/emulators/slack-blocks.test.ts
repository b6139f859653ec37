import { describe, expect, it } from 'vitest';
import { answerSlack } from '../../../dev/emulators/slack.ts';

const send = (message: unknown) => answerSlack({ contentType: 'application/json', body: JSON.stringify(message) });

const long = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, one: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => one(i));

const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: long(length) });
const plain = (length: number) => ({ type: 'plain_text', text: long(length) });
const divider = { type: 'divider' };
const section = (rest: object) => ({ type: 'section', ...rest });
const button = (rest: object = {}) => ({ type: 'button', text: plain(4), ...rest });
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const image = (rest: object = {}) => ({ type: 'image', image_url: 'https://a.example/b.png', alt_text: 'A', ...rest });
const rich = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }] };
const context = (...elements: unknown[]) => ({ type: 'context', elements });
const table = (rows: unknown[], rest: object = {}) => ({ type: 'table', rows, ...rest });
const settings = (count: number) => ({ column_settings: times(count, () => ({ align: 'right' })) });
const input = (rest: object = {}) => ({
  type: 'input',
  label: plain(5),
  element: { type: 'plain_text_input' },
  ...rest,
});
const cell = { type: 'raw_text', text: 'x' };
const url = (length: number) => `https://a.example/${long(length - 18)}`;

const GOOD: [what: string, block: unknown][] = [
  ['a header of 150 characters', { type: 'header', text: plain(150) }],
  ['a section of 1 character', section({ text: mrkdwn(1) })],
  ['a section of 3000 characters', section({ text: plain(3000) })],
  ['10 fields of 1000 characters', section({ fields: times(10, () => mrkdwn(1000)) })],
  ['a field of 2000 characters', section({ fields: [mrkdwn(2000)] })],
  ['10 context elements', { type: 'context', elements: times(10, () => mrkdwn(1)) }],
  ['an image beside context text', { type: 'context', elements: [image(), plain(5)] }],
  ['25 buttons', actions(...times(25, () => button()))],
  ['a button text of 75 characters', actions(button({ text: plain(75) }))],
  ['a button URL of 3000 characters', actions(button({ url: url(3000) }))],
  ['a button without URL', actions(button({ value: 'restart', style: 'danger' }))],
  ['an accessibility label of 75 characters', actions(button({ accessibility_label: long(75) }))],
  ['a button beside a section', section({ text: mrkdwn(1), accessory: button() })],
  ['a menu among the actions', actions({ type: 'overflow', action_id: 'a', options: [] })],
  ['a block_id of 255 characters', { ...divider, block_id: long(255) }],
  ['an image with alt text', image()],
  ['an image title of 2000 characters', image({ title: plain(2000) })],
  ['an input', input()],
  ['12,000 characters of markdown', { type: 'markdown', text: long(12_000) }],
  ['a table of 100 rows', table(times(100, () => [cell]))],
  ['a table row of 20 cells', table([times(20, () => cell), [{ type: 'raw_number', value: 1, text: '1' }]])],
  ['a table cell of rich text', table([[rich]])],
  ['an unterminated < in mrkdwn', section({ text: { type: 'mrkdwn', text: 'a <https://b' } })],
  ['an action_id of 255 characters', actions(button({ action_id: long(255) }))],
  ['a button value of 2000 characters', actions(button({ value: long(2000) }))],
  ['one context text of 3000 characters', context(mrkdwn(3000))],
  ['alt text of 2000 characters', image({ alt_text: long(2000) })],
  ['an input label and hint of 2000 characters', input({ label: plain(2000), hint: plain(2000) })],
  ['1 character of markdown', { type: 'markdown', text: 'x' }],
  ['20 column settings', table([[cell]], settings(20))],
];

const WRONG: [what: string, block: unknown, place: string][] = [
  ['a block that is no object', 5, ''],
  ['a block without a type', {}, '/type'],
  ['an unknown block', { type: 'banner' }, '/type'],
  ['an alert, which is for modals', { type: 'alert', text: plain(4) }, '/type'],
  ['a video', { type: 'video' }, '/type'],
  ['an unknown property', { ...divider, colour: 'red' }, ''],
  ['a header longer than 150 characters', { type: 'header', text: plain(151) }, '/text/text'],
  ['a header in mrkdwn', { type: 'header', text: mrkdwn(1) }, '/text/type'],
  ['a header without text', { type: 'header' }, '/text'],
  ['an empty section text', section({ text: mrkdwn(0) }), '/text/text'],
  ['a section longer than 3000 characters', section({ text: mrkdwn(3001) }), '/text/text'],
  ['a section text that is a bare string', section({ text: 'x' }), '/text'],
  ['a section with neither text nor fields', section({}), ''],
  ['emoji in mrkdwn', section({ text: { ...mrkdwn(1), emoji: true } }), '/text'],
  ['an unknown kind of text', section({ text: { type: 'html', text: 'x' } }), '/text/type'],
  ['no field at all', section({ fields: [] }), '/fields'],
  ['more than 10 fields', section({ fields: times(11, () => mrkdwn(1)) }), '/fields'],
  ['a field longer than 2000 characters', section({ fields: [mrkdwn(1), mrkdwn(2001)] }), '/fields/1/text'],
  ['an unknown accessory', section({ text: mrkdwn(1), accessory: { type: 'switch' } }), '/accessory/type'],
  ['more than 10 context elements', { type: 'context', elements: times(11, () => mrkdwn(1)) }, '/elements'],
  ['a button in a context', { type: 'context', elements: [button()] }, '/elements/0/type'],
  ['more than 25 actions', actions(...times(26, () => button())), '/elements'],
  ['no action at all', actions(), '/elements'],
  ['an unknown action', actions({ type: 'lever' }), '/elements/0/type'],
  ['an action_id twice in one block', actions(button({ action_id: 'a' }), button({ action_id: 'a' })), '/elements'],
  ['a button text longer than 75 characters', actions(button({ text: plain(76) })), '/elements/0/text/text'],
  ['a button text in mrkdwn', actions(button({ text: mrkdwn(1) })), '/elements/0/text/type'],
  ['a button URL longer than 3000 characters', actions(button({ url: url(3001) })), '/elements/0/url'],
  ['a relative button URL', actions(button({ url: '/runs/1' })), '/elements/0/url'],
  ['a button URL of another scheme', actions(button({ url: 'javascript:alert(1)' })), '/elements/0/url'],
  [
    'a label longer than 75 characters',
    actions(button({ accessibility_label: long(76) })),
    '/elements/0/accessibility_label',
  ],
  ['a button value longer than 2000 characters', actions(button({ value: long(2001) })), '/elements/0/value'],
  ['an unknown button style', actions(button({ style: 'good' })), '/elements/0/style'],
  ['a block_id longer than 255 characters', { ...divider, block_id: long(256) }, '/block_id'],
  ['an image without alt text', { type: 'image', image_url: url(30) }, '/alt_text'],
  ['an image without a source', { type: 'image', alt_text: 'A' }, ''],
  ['an input with an unknown element', input({ element: { type: 'knob' } }), '/element/type'],
  ['markdown longer than 12,000 characters', { type: 'markdown', text: long(12_001) }, '/text'],
  ['a table of more than 100 rows', table(times(101, () => [cell])), '/rows'],
  ['a table row of more than 20 cells', table([times(21, () => cell)]), '/rows/0'],
  ['an empty table cell', table([[{ ...cell, text: '' }]]), '/rows/0/0/text'],
  ['an action_id longer than 255 characters', actions(button({ action_id: long(256) })), '/elements/0/action_id'],
  ['an empty context', context(), '/elements'],
  ['a context text longer than 3000 characters', context(mrkdwn(3001)), '/elements/0/text'],
  ['a plain context text longer than 3000 characters', context(plain(3001)), '/elements/0/text'],
  ['alt text longer than 2000 characters', image({ alt_text: long(2001) }), '/alt_text'],
  ['an image title longer than 2000 characters', image({ title: plain(2001) }), '/title/text'],
  ['an image with two sources', image({ slack_file: { id: 'F1' } }), ''],
  ['an input label longer than 2000 characters', input({ label: plain(2001) }), '/label/text'],
  ['an input hint longer than 2000 characters', input({ hint: plain(2001) }), '/hint/text'],
  ['empty markdown', { type: 'markdown', text: '' }, '/text'],
  ['a table without rows', table([]), '/rows'],
  ['a number that shows nothing', table([[{ type: 'raw_number', value: 1, text: '' }]]), '/rows/0/0/text'],
  ['21 column settings', table([[cell]], settings(21)), '/column_settings'],
  ['an unknown property of plain text', { type: 'header', text: { ...plain(1), verbatim: true } }, '/text'],
  ['an unknown property of a button', actions(button({ disabled: true })), '/elements/0'],
  ['an unknown property of an image', context(image({ title: plain(1) })), '/elements/0'],
  ['an unknown property of a cell', table([[{ ...cell, bold: true }]]), '/rows/0/0'],
  ['an unknown property of a number', table([[{ type: 'raw_number', value: 1, text: '1', bold: true }]]), '/rows/0/0'],
  ['an unknown column setting', table([[cell]], { column_settings: [{ width: 5 }] }), '/column_settings/0'],
];

describe('the double of a Slack webhook, block by block,', () => {
  it.each(GOOD)('accepts %s', (_what, block) => {
    expect(send({ blocks: [block] })).toMatchObject({ status: 200, body: 'ok' });
  });

  it.each(WRONG)('refuses %s with invalid_blocks', (_what, block, place) => {
    const answer = send({ text: 'x', blocks: [divider, block] });

    expect(answer).toMatchObject({ status: 400, body: 'invalid_blocks' });
    expect(answer.reason).toMatch(new RegExp(`^/blocks/1${place} is wrong\\. .+\\.$`));
  });

  it.each(WRONG)('refuses %s inside an attachment with invalid_attachments', (_what, block, place) => {
    const answer = send({ text: 'x', attachments: [{ blocks: [block] }] });

    expect(answer).toMatchObject({ status: 400, body: 'invalid_attachments' });
    expect(answer.reason).toContain(`/attachments/0/blocks/0${place} is wrong.`);
  });
});
