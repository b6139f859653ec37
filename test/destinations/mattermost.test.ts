import { describe, expect, it } from 'vitest';
import { judge } from '../../src/destinations/answer.ts';
import { deadAddress } from '../../src/destinations/guide.ts';
import { mattermostAnswers } from '../../src/destinations/mattermost/answers.ts';
import { code, codeBlock, link, literal } from '../../src/destinations/mattermost/markdown.ts';
import { formatMattermost } from '../../src/destinations/mattermost/message.ts';
import { examples } from '../support/examples.ts';
import { HOSTILE } from '../support/hostile.ts';
import { refusalOf, voiceIn } from '../support/payloads.ts';

/** What a server or a client of Mattermost acts on, by its own expressions; nothing of it may be left of a text. */
const ACTIVE = {
  'a mention': /@[a-z0-9._-]/i,
  'an announcement of Slack': /<[!@#]/,
  'a link of Slack': /<[^<|]+\|[^>]+>/,
  'a link': /(?<!\\)\]\(/,
  'an address': /\b[a-z][a-z\d.+-]*:(?:\/|[\p{L}\d%])|\bwww\d{0,3}\.|[\p{L}\d-]\.\p{L}{2,4}\//iu,
  'an emoji': /:[\w+-]+:|(?:^|\s)(?:[:;]-?[)(dpo]|<3|&lt;3)(?:$|\s)/i,
  'a tag': /(?<!&)#\p{L}/u,
  'a channel': /~[a-z0-9]/i,
  'a formula': /\$/,
  'strong text': /(?<!\\)[*_`]/,
  'struck text': /~~/,
  'a block': /^ {0,3}(?:#|>|[-+] |\d+\.)|^ {4}/m,
};

const TRICKS = [
  ...HOSTILE,
  '@all @minji.kim @here: #outage ~town-square :tada: :) ;-) <3 </3',
  '$x^2$ ~~gone~~ www.e.vil www2.e.vil/x e.vil/x mailto:a@e.vil tel:123 https://e.vil',
  '<@5fb5f7iw8tfrfcwssd1xmx3j7y> <!all> <https://e.vil|bank> <https://e.vil>',
  '    code\n\tcode\n1. one\n+ two\n===\n| a | b |\n|---|---|',
  '\\*x\\* C:\\vm_1\\n \\\\ `a` [a]: https://e.vil',
];

describe('a text from outside', () => {
  it.each(TRICKS)('is nothing but itself: %j', (text) => {
    for (const [what, form] of Object.entries(ACTIVE))
      expect({ what, left: literal(text).match(form) }).toMatchObject({ left: null });
  });

  it.each(['a `b`', '<!channel>', '<https://e.vil|bank>'])('is no code where it could end that: %s', (text) => {
    expect([code(text), codeBlock(text)]).toStrictEqual([literal(text), literal(text)]);
  });

  it('is left alone where it is plain, and in code', () => {
    expect(literal('shop-web: 3 → 6 at 14:05 (prod), 93.4 %')).toBe('shop-web: 3 → 6 at 14:05 (prod), 93.4 %');
    expect(code('vm_app_01')).toBe('`vm_app_01`');
    expect(codeBlock('az vm list | grep x')).toBe('```\naz vm list | grep x\n```');
  });

  it('does not end a link early', () => {
    expect(link('x](https://e.vil)', 'https://a.example/(x)')).toBe(
      '[x\\](https:\u200b//e.vil)](https://a.example/%28x%29)',
    );
  });
});

describe('a message for Mattermost', () => {
  it.each([
    ['user', 'minji.kim'],
    ['group', 'shop-oncall'],
    ['all', 'channel'],
  ] as const)('calls a %s by name', (type, id) => {
    const { text } = formatMattermost(examples.alert, voiceIn({ mention: { type, id, name: '@here' } }));

    expect(text.endsWith(` @${id}`)).toBe(true);
    expect(text.match(/@/g)).toHaveLength(1);
  });

  it.each([
    [{}, /neither a text nor an attachment/],
    [{ text: 'x'.repeat(16_384) }, /several posts/],
    [{ text: 'x', mrkdwn: false }, /mrkdwn/],
    [{ text: 'x', props: { from_webhook: 'true' } }, /reserved/],
    [{ attachments: [{ text: 'x' }] }, /fallback/],
    [{ attachments: [{ fallback: 'x', color: 'red' }] }, /color/],
    [{ attachments: [{ fallback: 'x', title_link: 'https://a.example' }] }, /has no title/],
  ])('is refused by the double where it is %j', (payload, reason) => {
    expect(refusalOf('mattermost', payload)).toMatch(reason);
  });
});

describe('an answer of Mattermost', () => {
  const said = (status: number, id: string) =>
    judge(
      { kind: 'answered', status, body: JSON.stringify({ id, message: 'x', status_code: status }) },
      mattermostAnswers,
    );

  it('means sent when it is "ok"', () => {
    expect(judge({ kind: 'answered', status: 200, body: 'ok' }, mattermostAnswers)).toStrictEqual({ kind: 'sent' });
  });

  it.each([
    [400, 'web.incoming_webhook.invalid.app_error', 'broken'],
    [501, 'web.incoming_webhook.disabled.app_error', 'broken'],
    [404, 'app.channel.get.existing.app_error', 'broken'],
    [400, 'web.incoming_webhook.text.app_error', 'refused'],
    [500, 'api.post.create_webhook_post.creating.app_error', 'retry'],
  ])('of %i with the id %s means %s', (status, id, kind) => {
    expect(said(status, id)).toMatchObject({ kind, reason: id });
  });

  it('with an unknown id goes by its status', () => {
    expect(said(400, 'web.something.else')).toMatchObject({ kind: 'refused', reason: 'status-400' });
  });
});

it.each([
  ['https://chat.example.com/hooks/ucw5qjw86jgeum77o1uw8197jr', true],
  ['https://example.com/mattermost/hooks/ucw5qjw86jgeum77o1uw8197jr', true],
  ['https://chat.example.com/shop/channels/town-square', false],
  ['https://chat.example.com/api/v4/posts', false],
])('the address %s can be one of Mattermost: %s', (url, can) => {
  expect(deadAddress(url, 'mattermost') === undefined).toBe(can);
});
