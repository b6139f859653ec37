import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerTeams } from '../../../dev/emulators/teams.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';

const send = (message: unknown, contentType = 'application/json; charset=utf-8') =>
  answerTeams({ contentType, body: JSON.stringify(message) });

const holding = (content: unknown) => ({ type: 'message', attachments: [{ contentType: CARD, content }] });
const card = (rest: object = {}) => ({ type: 'AdaptiveCard', version: '1.4', body: [], ...rest });
const post = (rest: object) => send(holding(card(rest)));
const code = (answer: { body: string }): unknown => (answer.body === '' ? '' : JSON.parse(answer.body).error.code);

describe('the double of a Teams workflow', () => {
  it('queues a good message: 202 and an empty body', () => {
    expect(send(holding(card()))).toStrictEqual({ status: 202, body: '' });
  });

  it.each([
    ['a body that is not JSON', '{"type":'],
    ['JSON that is no object', '"message"'],
    ['a bare card', JSON.stringify(card())],
    ['a message without attachments', '{"type":"message"}'],
    ['a message of no attachment', '{"type":"message","attachments":[]}'],
    ['attachments that are no array', '{"type":"message","attachments":{}}'],
    ['an attachment without a card', JSON.stringify({ type: 'message', attachments: [{ contentType: CARD }] })],
    ['another type', JSON.stringify({ ...holding(card()), type: 'event' })],
    [
      'another content type of an attachment',
      JSON.stringify({ type: 'message', attachments: [{ contentType: 'application/json', content: card() }] }),
    ],
  ])('refuses %s with TriggerInputSchemaMismatch', (_what, body) => {
    const answer = answerTeams({ contentType: 'application/json', body });

    expect(answer.status).toBe(400);
    expect(code(answer)).toBe('TriggerInputSchemaMismatch');
    expect(answer.reason).toMatch(/\.$/);
  });

  it.each(['text/plain', undefined])('refuses the content type %s with TriggerInputSchemaMismatch', (contentType) => {
    const answer = answerTeams({ contentType, body: JSON.stringify(holding(card())) });

    expect(code(answer)).toBe('TriggerInputSchemaMismatch');
  });

  it('names what is missing as Power Automate does', () => {
    expect(JSON.parse(send({ text: 'x' }).body)).toStrictEqual({
      error: {
        code: 'TriggerInputSchemaMismatch',
        message:
          "The input body for trigger 'manual' of type 'Request' did not match its schema definition. " +
          "Error details: 'Required properties are missing from object: type, attachments.'.",
      },
    });
  });

  it('refuses a date in a card that mentions somebody', () => {
    const body = [{ type: 'TextBlock', text: 'at {{DATE(2026-11-20T14:05:09Z,SHORT)}} <at>Kim</at>' }];
    const mention = { type: 'mention', text: '<at>Kim</at>', mentioned: { id: 'kim@example.com', name: 'Kim' } };
    const plain = [{ type: 'TextBlock', text: 'at 14:05 <at>Kim</at>' }];

    expect(post({ body }).status).toBe(202);
    expect(post({ body: plain, msteams: { entities: [mention] } }).status).toBe(202);
    expect(post({ body, msteams: { entities: [mention] } }).reason).toContain('mentions somebody');
  });

  it('looks at every attachment', () => {
    const { attachments } = holding(card());
    const bad = { contentType: CARD, content: card({ version: '1.6' }) };
    const answer = send({ type: 'message', attachments: [...attachments, bad] });

    expect(answer.reason).toContain('/attachments/1/content/version is wrong.');
  });
});

describe('the double of a Teams workflow measures a card as JSON inside JSON and', () => {
  const empty = Buffer.byteLength(JSON.stringify(JSON.stringify(card({ speak: '' }))));

  it('accepts 28,672 bytes', () => {
    expect(post({ speak: 'x'.repeat(28_672 - empty) }).status).toBe(202);
  });

  it('refuses one byte more with MessageSizeExceeded', () => {
    const answer = post({ speak: 'x'.repeat(28_673 - empty) });

    expect(answer.status).toBe(400);
    expect(code(answer)).toBe('MessageSizeExceeded');
    expect(answer.body).toContain(
      'Actual message properties size: 28673 bytes, whereas max allowed size is 28672 bytes',
    );
  });

  it.each([
    ['한', 3],
    ['"', 4],
    ['\n', 3],
  ])('counts %j as %i bytes', (character, bytes) => {
    expect(post({ speak: character.repeat(Math.floor((28_672 - empty) / bytes)) }).status).toBe(202);
    expect(post({ speak: character.repeat(Math.floor((28_672 - empty) / bytes) + 1) }).status).toBe(400);
  });
});

const samples = fileURLToPath(new URL('../../fixtures/messages/', import.meta.url));

it('Teams accepts every sample message', () => {
  const names = readdirSync(samples).filter((name) => name.endsWith('.teams.json'));
  const answers = names.map((name) => [name, send(JSON.parse(readFileSync(`${samples}${name}`, 'utf8'))).reason]);

  expect(answers).toStrictEqual(names.map((name) => [name, undefined]));
  expect(names).not.toHaveLength(0);
});

describe('the double of a Teams workflow never throws', () => {
  const almost = fc.record({
    type: fc.constantFrom('TextBlock', 'Container', 'ColumnSet', 'Table', 'ActionSet', 'Badge'),
    text: fc.jsonValue(),
    items: fc.jsonValue(),
    columns: fc.jsonValue(),
    rows: fc.jsonValue(),
    actions: fc.jsonValue(),
    fallback: fc.jsonValue(),
  });
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((content) => JSON.stringify(holding(content))),
    fc.array(almost).map((elements) => JSON.stringify(holding(card({ body: elements, actions: elements })))),
  );

  it('whatever the body', () => {
    fc.assert(
      fc.property(body, fc.option(fc.string(), { nil: undefined }), (text, contentType) => {
        expect([202, 400]).toContain(answerTeams({ contentType, body: text }).status);
        expect([202, 400]).toContain(answerTeams({ contentType: 'application/json', body: text }).status);
      }),
    );
  });

  it('however deep the card', () => {
    const depth = 50_000;
    const deep = `${'{"type":"Container","items":['.repeat(depth)}${']}'.repeat(depth)}`;
    const message = JSON.stringify(holding(card({ body: ['deep'] }))).replace('"deep"', deep);
    const answer = answerTeams({ contentType: 'application/json', body: message });

    expect(answer.reason).toBe('/attachments/0/content is nested more than 100 levels deep.');
  });
});
