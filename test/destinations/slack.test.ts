import { describe, expect, it } from 'vitest';
import { locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';
import { localeNames, objectsIn, slackPayload, visibleTexts } from '../support/payloads.ts';

const [headline] = objectsIn(slackPayload({ ...examples.scale, links: [] }), 'rich_text_section');

describe('a Slack message about something that no link leads to', () => {
  it('names it in its headline all the same', () => {
    expect(headline?.['elements']).toStrictEqual([
      { type: 'text', text: '📈 ' },
      { type: 'text', text: 'Scaling out', style: { bold: true } },
      { type: 'text', text: ' · ' },
      { type: 'text', text: 'shop-web' },
      { type: 'text', text: ' (prod)' },
      { type: 'text', text: ' 3 → 6', style: { bold: true } },
    ]);
  });

  it('has no buttons, and in its plain form the sentence alone', () => {
    const event = { ...examples.scale, links: [] };

    expect(objectsIn(slackPayload(event), 'actions')).toStrictEqual([]);
    expect(slackPayload(event, { form: 'plain' }).text).toBe('Scaling out: shop-web (prod, Korea Central) 3 → 6.');
  });
});

describe('the plain form for Slack', () => {
  it('is the sentence and the first link', () => {
    const { text, blocks, attachments } = slackPayload(examples.custom, { form: 'plain' });

    expect(text).toBe(
      'Warning: Certificate of shop.example.com expires in 7 days (prod) on shop-web. Renew it before 2026-11-27.\nhttps://wiki.example.com/runbooks/certificates',
    );
    expect([blocks, attachments]).toStrictEqual([undefined, undefined]);
  });
});

const many = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`label ${index}`, 'v']));
const blockOf = (payload: unknown, id: string) =>
  objectsIn(payload, 'rich_text').find(({ block_id }) => block_id === id);

describe.each(localeNames)('a Slack message with more than it has room for (%s)', (locale) => {
  const more = locales[locale].more;

  it('says how many facts are not in it', () => {
    const texts = visibleTexts(blockOf(slackPayload({ ...examples.custom, properties: many }, { locale }), 'facts'));

    expect(texts.filter((text) => text.includes('label'))).toHaveLength(5);
    expect(texts.at(-1)).toBe(`\n${more(5)}`);
  });

  it('says how many dimensions are not in it', () => {
    const texts = visibleTexts(blockOf(slackPayload({ ...examples.alert, dimensions: many }, { locale }), 'list'));

    expect(texts.slice(1)).toStrictEqual([...[0, 1, 2, 3, 4].map((index) => `label ${index}: v`), more(5)]);
  });
});
