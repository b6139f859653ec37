import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerSlack } from '../../../dev/emulators/slack.ts';

const send = (message: unknown, contentType = 'application/json') =>
  answerSlack({ contentType, body: JSON.stringify(message) });

const long = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, one: () => T): T[] => Array.from({ length: count }, one);

const divider = { type: 'divider' };
const section = (length: number) => ({ type: 'section', text: { type: 'mrkdwn', text: long(length) } });
const button = { type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'Open' } };
const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] };

describe('the double of a Slack webhook', () => {
  it('answers a good message with 200 and ok', () => {
    expect(send({ text: 'Scaled out.' })).toMatchObject({ status: 200, body: 'ok' });
  });

  it('ignores unknown keys beside the message', () => {
    expect(send({ text: 'x', unfurl_links: false, mood: 'good' }).body).toBe('ok');
  });

  it.each([
    ['a body that is not JSON', 'application/json', '{"text":'],
    ['an empty body', 'application/json', ''],
    ['JSON that is no object', 'application/json', '["text"]'],
    ['null', 'application/json', 'null'],
    ['another content type', 'text/plain', '{"text":"x"}'],
    ['a missing content type', undefined, '{"text":"x"}'],
  ])('refuses %s with invalid_payload', (_what, contentType, body) => {
    expect(answerSlack({ contentType, body })).toMatchObject({ status: 400, body: 'invalid_payload' });
  });

  it('takes a content type with a charset, in any case', () => {
    expect(send({ text: 'x' }, 'Application/JSON; charset=utf-8').body).toBe('ok');
  });

  it.each([
    ['an empty message', {}],
    ['an empty text', { text: '' }],
    ['a text that is no string', { text: 5 }],
    ['empty blocks', { blocks: [] }],
    ['an attachment of colour alone', { attachments: [{ color: 'good' }] }],
  ])('refuses %s with no_text', (_what, message) => {
    expect(send(message)).toMatchObject({ status: 400, body: 'no_text' });
  });

  it.each([
    ['blocks', { blocks: [divider] }],
    ['an attachment with text', { attachments: [{ text: 'x' }] }],
    ['an attachment with a fallback', { attachments: [{ fallback: 'x' }] }],
    ['an attachment with blocks', { attachments: [{ blocks: [divider] }] }],
  ])('needs no text beside %s', (_what, message) => {
    expect(send(message).body).toBe('ok');
  });
});

describe('the double of a Slack webhook, over the whole message,', () => {
  it.each([
    [50, 'ok'],
    [51, 'invalid_blocks'],
  ])('answers %i blocks with %s', (count, word) => {
    expect(send({ blocks: times(count, () => divider) }).body).toBe(word);
  });

  it('refuses blocks that are no array with invalid_blocks_format', () => {
    expect(send({ text: 'x', blocks: divider })).toMatchObject({ status: 400, body: 'invalid_blocks_format' });
  });

  it('counts markdown blocks together', () => {
    const blocks = times(2, () => ({ type: 'markdown', text: long(6001) }));

    expect(send({ blocks }).body).toBe('invalid_blocks');
  });

  it.each([
    ['within the blocks', { blocks: times(2, () => ({ ...divider, block_id: 'a' })) }, '/blocks/1'],
    [
      'across an attachment',
      { blocks: [{ ...divider, block_id: 'a' }], attachments: [{ blocks: [{ ...divider, block_id: 'a' }] }] },
      '/attachments/0/blocks/0',
    ],
  ])('refuses a block_id that repeats %s with invalid_blocks', (_where, message, place) => {
    const answer = send(message);

    expect(answer).toMatchObject({ status: 400, body: 'invalid_blocks' });
    expect(answer.reason).toContain(`${place}/block_id is wrong.`);
  });

  it('accepts one action_id in two blocks', () => {
    expect(send({ blocks: times(2, () => ({ type: 'actions', elements: [button] })) }).body).toBe('ok');
  });

  it('refuses a second table with invalid_attachments', () => {
    const message = { blocks: [table], attachments: [{ blocks: [table] }] };

    expect(send(message)).toMatchObject({ status: 400, body: 'invalid_attachments' });
  });

  it.each([
    [100, 'ok'],
    [101, 'too_many_attachments'],
  ])('answers %i attachments with %s', (count, word) => {
    expect(send({ attachments: times(count, () => ({ text: 'x' })) }).body).toBe(word);
  });

  it.each([
    ['that are no array', { text: 'x' }],
    ['that hold a bare string', ['x']],
    ['with an unknown colour', [{ text: 'x', color: 'blue' }]],
    ['with half a hex colour', [{ text: 'x', color: '#1D9B' }]],
    ['with a fallback that is no string', [{ text: 'x', fallback: 5 }]],
  ])('refuses attachments %s with invalid_attachments', (_what, attachments) => {
    expect(send({ text: 'x', attachments })).toMatchObject({ status: 400, body: 'invalid_attachments' });
  });

  it.each(['good', 'warning', 'danger', '#2EB886', '36a64f', '#abc'])('accepts the colour %s', (color) => {
    expect(send({ attachments: [{ text: 'x', color }] }).body).toBe('ok');
  });

  it('refuses more than 13,200 characters in all blocks with msg_blocks_too_long', () => {
    const blocks = times(4, () => section(3000));
    const attached = (length: number) => [{ blocks: [section(length)] }];

    expect(send({ text: long(5000), blocks, attachments: attached(1200) }).body).toBe('ok');
    expect(send({ blocks, attachments: attached(1201) })).toMatchObject({ status: 400, body: 'msg_blocks_too_long' });
  });
});

const samples = fileURLToPath(new URL('../../fixtures/messages/', import.meta.url));

it('Slack accepts every sample message', () => {
  const names = readdirSync(samples).filter((name) => name.endsWith('.slack.json'));
  const answers = names.map((name) => [name, send(JSON.parse(readFileSync(`${samples}${name}`, 'utf8'))).reason]);

  expect(answers).toStrictEqual(names.map((name) => [name, undefined]));
  expect(names).not.toHaveLength(0);
});

describe('the double of a Slack webhook never throws', () => {
  const shape = fc.record(
    { text: fc.jsonValue(), blocks: fc.jsonValue(), attachments: fc.array(fc.jsonValue()) },
    { requiredKeys: [] },
  );
  const almost = fc.record({
    type: fc.constantFrom('section', 'actions', 'rich_text', 'table', 'image'),
    elements: fc.jsonValue(),
    text: fc.jsonValue(),
    rows: fc.jsonValue(),
    block_id: fc.jsonValue(),
  });
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    shape.map((message) => JSON.stringify(message)),
    fc.array(almost).map((blocks) => JSON.stringify({ blocks, attachments: [{ blocks }] })),
  );

  it('whatever the body', () => {
    fc.assert(
      fc.property(body, fc.option(fc.string(), { nil: undefined }), (text, contentType) => {
        expect([200, 400]).toContain(answerSlack({ contentType, body: text }).status);
        expect([200, 400]).toContain(answerSlack({ contentType: 'application/json', body: text }).status);
      }),
    );
  });

  it('however deep the body', () => {
    const depth = 50_000;
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const overflow = `{"type":"overflow","options":${deep}}`;

    expect(answerSlack({ contentType: 'application/json', body: `{"text":${deep}}` }).body).toBe('no_text');
    expect(
      answerSlack({
        contentType: 'application/json',
        body: `{"blocks":[{"type":"actions","elements":[${overflow}]}]}`,
      }).body,
    ).toBe('ok');
  });
});
