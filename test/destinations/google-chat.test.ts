import { describe, expect, it } from 'vitest';
import { answerGoogleChat } from '../../dev/emulators/google-chat.ts';
import { judge } from '../../src/destinations/answer.ts';
import { googleChatAnswers } from '../../src/destinations/google-chat/answers.ts';
import { html, literal, plain } from '../../src/destinations/google-chat/markup.ts';
import { formatGoogleChat, formatGoogleChatPlain } from '../../src/destinations/google-chat/message.ts';
import { withReply } from '../../src/destinations/google-chat/transport.ts';
import { deadAddress } from '../../src/destinations/guide.ts';
import type { EventOf } from '../../src/event/event.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { examples } from '../support/examples.ts';
import { HOSTILE } from '../support/hostile.ts';
import { payloadOf, refusalOf, stringsIn, voiceIn } from '../support/payloads.ts';
import { listen } from '../support/server.ts';

/** What Google Chat acts on, in its own marks or in Markdown; nothing of it may be left of a text. */
const ACTIVE = {
  'a mention or a link': /<[^\u200b]/,
  'a link of Markdown': /\]\(/,
  'an address': /\b[a-z][a-z\d.+-]*:(?:\/|[\p{L}\d%])|\bwww\d{0,3}\.|[\p{L}\d-]\.\p{L}{2,24}\/|\w@\w/iu,
  'an emoji': /:[\w+-]+:/,
  'strong, struck or fixed text': /(?<!\u200b)[*~`]|[*~`](?!\u200b)/,
  'slanted text': /(?<![\p{L}\p{N}\u200b])_|_(?![\p{L}\p{N}\u200b])/u,
  'an escape or entity': /\\(?!\u200b)|&(?!\u200b)/,
  'a block': /^ {0,3}(?:#|>|[-+*] |\d+[.)])|^ {4}|^\t/m,
};

const TRICKS = [
  ...HOSTILE,
  '<users/all> <users/107946847022116401880> <https://e.vil|bank> <https://e.vil>',
  '@all @minji.kim :tada: *b* _i_ ~s~ `c` **b** __i__ ~~s~~ ***x***',
  'www.e.vil www2.e.vil/x e.vil/x mailto:a@e.vil tel:123 https://e.vil',
  '    code\n\tcode\n1. one\n2) two\n+ two\n===\n| a | b |\n|---|---|\n> quote\n* item\n- item',
  '\\*x\\* C:\\vm_1\\n [a]: https://e.vil ![x](https://e.vil) &lt;b&gt; &#60;',
];

describe('a text from outside', () => {
  it.each(TRICKS)('is nothing but itself in the text of a message: %j', (text) => {
    for (const [what, form] of Object.entries(ACTIVE))
      expect({ what, left: literal(text).match(form) }).toMatchObject({ left: null });
  });

  it.each(TRICKS)('is no tag and no entity but its own in a card: %j', (text) => {
    expect(html(text).replaceAll('<br>', '')).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    expect(plain(text)).not.toMatch(/<[a-z/!?]|&#?\w/i);
  });

  it('is left alone where it is plain', () => {
    expect(literal('shop-web: 3 → 6 at 14:05 (prod), 93.4 % of vm_app_01')).toBe(
      'shop-web: 3 → 6 at 14:05 (prod), 93.4 % of vm_app_01',
    );
    expect(plain('R & D < 3')).toBe('R & D < 3');
  });

  it('is in every place of a message taken by the double, and calls nobody', () => {
    const planted = { ...examples.alert, rule: '<users/all> <b>x</b>', description: '<a href="https://e.vil">x</a>' };
    const payload = formatGoogleChat(planted, voiceIn());

    expect(refusalOf('google-chat', payload)).toBeUndefined();
    expect(stringsIn(payload).filter(({ text }) => /<users\/|<a href="https:\/\/e\.vil/.test(text))).toStrictEqual([]);
  });
});

describe('a message for Google Chat', () => {
  it.each([
    ['user', '107946847022116401880', '<users/107946847022116401880>'],
    ['all', 'channel', '<users/all>'],
    ['all', 'here', '<users/all>'],
  ] as const)('calls a %s (%s)', (type, id, called) => {
    const { text } = formatGoogleChat(examples.alert, voiceIn({ mention: { type, id, name: '<users/1>' } }));

    expect(text.endsWith(` ${called}`)).toBe(true);
    expect(text.match(/<users/g)).toHaveLength(1);
  });

  it('calls no group, which Google Chat does not have', () => {
    const { text } = formatGoogleChat(examples.alert, voiceIn({ mention: { type: 'group', id: 'S012', name: 'x' } }));

    expect(text).not.toMatch(/<[^\u200b]/);
  });

  it('stands in the thread of its story, in both forms, whose end has the same', () => {
    const fired = { ...examples.alert, story: 'cpu', firedAt: '2026-11-20T14:05:00.000Z' };
    const resolved = { ...fired, id: 'other', state: 'resolved' as const, occurredAt: '2026-11-20T15:05:00.000Z' };
    const keyOf = (event: EventOf<'alert'>) => formatGoogleChat(event, voiceIn()).thread?.threadKey;

    expect(keyOf(fired)).toMatch(/^[0-9a-f]{32}$/);
    expect(keyOf(resolved)).toBe(keyOf(fired));
    expect(formatGoogleChatPlain(fired, voiceIn()).thread?.threadKey).toBe(keyOf(fired));
    expect(keyOf({ ...fired, source: 'grafana' })).not.toBe(keyOf(fired));
    expect(keyOf({ ...fired, firedAt: '2026-11-27T14:05:00.000Z' })).not.toBe(keyOf(fired));
  });

  it('of what is news by itself has no thread', () => {
    const { story: _, ...alone } = examples.alert;
    const { operation: __, ...scaled } = { ...examples.scale, story: 'shop-web', operation: 'x' };

    for (const event of [alone, scaled, examples.custom])
      expect(formatGoogleChat(event, voiceIn()).thread).toBeUndefined();
  });
});

describe('the double refuses', () => {
  const widgets = [{ textParagraph: { text: 'x' } }];
  const card = (more: object) => ({ cardsV2: [{ cardId: 'x', card: { sections: [{ widgets }], ...more } }] });
  const text = (said: string) => card({ sections: [{ widgets: [{ textParagraph: { text: said } }] }] });

  it.each([
    [{}, /Message cannot be empty/],
    [{ text: 'x', blocks: [] }, /Unknown name "blocks": Cannot find field/],
    [card({ header: { title: 'x', colour: 'red' } }), /Unknown name "colour" at 'message\.cardsV2\[0\]\.card\.header'/],
    [card({ sections: [{ widgets: [] }] }), /has to have a widget/],
    [card({ sections: [{ widgets: Array(101).fill(widgets[0]) }] }), /more than 100 widgets/],
    [card({ sections: [{ widgets: [{ textParagraph: { text: 'x' }, divider: {} }] }] }), /one kind/],
    [text('<script>x</script>'), /neither a tag nor an entity/],
    [text('<b>x'), /has no end/],
    [text('x</b>'), /ends what was not begun/],
    [text('a & b'), /neither a tag nor an entity/],
    [text('<a href="javascript:x">x</a>'), /other attributes/],
    [{ text: '<users/minji.kim@x>' }, /neither a mention nor a link/],
    [{ text: 'x'.repeat(32_000) }, /whereas max allowed size is 32000 bytes/],
  ])('%j', (payload, reason) => {
    expect(refusalOf('google-chat', payload)).toMatch(reason);
  });
});

describe('an answer of Google Chat', () => {
  const answered = (status: number, body: object) =>
    judge({ kind: 'answered', status, body: JSON.stringify(body, null, 2) }, googleChatAnswers);
  const failed = (code: number, status: string, details: readonly object[] = []) =>
    answered(code, { error: { code, message: 'x', status, details } });

  it('means sent when it is the message, whatever words a sender has put into that', () => {
    const text = '"status": "PERMISSION_DENIED" "reason": "API_KEY_INVALID" NOT_FOUND';
    const request = { contentType: 'application/json', body: JSON.stringify({ text }) };
    const { status, body } = answerGoogleChat(request);

    expect(judge({ kind: 'answered', status, body }, googleChatAnswers)).toStrictEqual({ kind: 'sent' });
  });

  it.each([
    [400, 'INVALID_ARGUMENT', 'refused', 'status-400'],
    [401, 'UNAUTHENTICATED', 'broken', 'UNAUTHENTICATED'],
    [403, 'PERMISSION_DENIED', 'broken', 'PERMISSION_DENIED'],
    [404, 'NOT_FOUND', 'broken', 'NOT_FOUND'],
    [429, 'RESOURCE_EXHAUSTED', 'retry', 'rate-limited'],
    [500, 'INTERNAL', 'retry', 'status-500'],
    [503, 'UNAVAILABLE', 'retry', 'status-503'],
  ])('of %i with %s means %s', (code, status, kind, reason) => {
    expect(failed(code, status)).toMatchObject({ kind, reason });
  });

  it('of 400 for a key that is none speaks of the receiver', () => {
    expect(failed(400, 'INVALID_ARGUMENT', [{ reason: 'API_KEY_INVALID', domain: 'googleapis.com' }])).toMatchObject({
      kind: 'broken',
      reason: 'API_KEY_INVALID',
    });
  });

  it('of 200 without a message is none', () => {
    expect(answered(200, { text: 'x' })).toMatchObject({ kind: 'retry', reason: 'unknown-success' });
  });
});

const HOOK = 'https://chat.googleapis.com/v1/spaces/AAAAx/messages';

describe('an address of Google Chat', () => {
  it.each([
    [`${HOOK}?key=a&token=b`, undefined],
    [`${HOOK}?key=a`, /lacks token=/],
    [`${HOOK}?key=&token=b`, /lacks key=/],
    [HOOK, /lacks key= and token=.+copy the whole address/],
    ['https://chat.googleapis.com/v1/spaces/AAAAx?key=a&token=b', /not the address of an incoming webhook/],
    ['http://127.0.0.1:7071/inbox/google-chat', undefined],
  ])('%s: %s', (url, problem) => {
    const said = deadAddress(url, 'google-chat');

    if (problem === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(problem);
    expect(said ?? '').not.toContain('AAAAx');
  });

  it.each([
    [`${HOOK}?key=a&token=b%3D`, `${HOOK}?key=a&token=b%3D&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD`],
    [`${HOOK}?key=a&`, `${HOOK}?key=a&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD`],
    [HOOK, `${HOOK}?messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD`],
    [`${HOOK}?key=a#x`, `${HOOK}?key=a&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD#x`],
    [
      `${HOOK}?messageReplyOption=REPLY_MESSAGE_OR_FAIL&key=a`,
      `${HOOK}?messageReplyOption=REPLY_MESSAGE_OR_FAIL&key=a`,
    ],
  ])('%s is called as %s', (url, called) => {
    expect(withReply(url)).toBe(called);
  });

  it('is posted to once, with the payload as JSON', async () => {
    await using server = await listen({ status: 200, body: '{}' });
    const payload = payloadOf('google-chat', examples.alert);

    await transportsWithin('local')['google-chat-webhook']({ url: `${server.url}/x?key=a%2B` }, payload, 'event-1');

    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.path).toBe('/x?key=a%2B&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD');
    expect(JSON.parse(server.received[0]?.body ?? '')).toStrictEqual(payload);
  });

  it('gets no word about threads with a message that belongs to none', async () => {
    await using server = await listen({ status: 200, body: '{}' });
    const payload = payloadOf('google-chat', examples.custom);

    await transportsWithin('local')['google-chat-webhook']({ url: `${server.url}/x?key=a%2B` }, payload, 'event-1');

    expect(payload).not.toHaveProperty('thread');
    expect(server.received.map(({ path }) => path)).toStrictEqual(['/x?key=a%2B']);
  });
});
