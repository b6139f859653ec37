import { describe, expect, it } from 'vitest';
import { locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';
import { localeNames, objectsIn, teamsPayload } from '../support/payloads.ts';

describe('the plain form for Teams', () => {
  it('is the sentence and the first button', () => {
    const sentence = 'Scaling out: shop-web (prod, Korea Central) 3 → 6.';
    const { summary, attachments } = teamsPayload(examples.scale, { form: 'plain' });
    const [{ content }] = attachments;

    expect([summary, content.fallbackText, content.speak]).toStrictEqual([sentence, sentence, sentence]);
    expect(content.body).toStrictEqual([{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: sentence }] }]);
    expect(content.actions).toMatchObject([{ type: 'Action.OpenUrl', title: 'Open resource' }]);
  });
});

describe('a card about something that no link leads to', () => {
  it('has no list of buttons', () => {
    expect(teamsPayload({ ...examples.scale, links: [] }).attachments[0].content).not.toHaveProperty('actions');
  });

  it('names it all the same', () => {
    const runs = objectsIn(teamsPayload({ ...examples.scale, links: [] }), 'TextRun');

    expect(runs[0]).toStrictEqual({ type: 'TextRun', text: 'shop-web', size: 'Large', weight: 'Bolder' });
  });
});

describe('a card that mentions somebody', () => {
  const mention = { type: 'user', id: 'kim@example.com', name: 'Kim Min-ji' } as const;
  const event = { ...examples.drift, modelChangedAt: '2026-11-19T21:10:00.000Z' };

  it('has no times for the client to write, which iOS would show as they are, and the times all the same', () => {
    const [told, plain] = [{ mention }, {}].map((manner) => JSON.stringify(teamsPayload(event, manner)));

    expect(plain).toMatch(/\{\{DATE\(2026-11-20.*\}\}/);
    expect(told).not.toMatch(/\{\{|\}\} |· *"/);
    expect(told).toContain('· 2026-11-20 14:05 UTC"');
    expect(told).toContain('"(2026-11-19 21:10 UTC)"');
  });
});

const many = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`label ${index}`, 'v']));
const runsOf = (payload: unknown) => objectsIn(payload, 'TextRun').map(({ text }) => String(text));

describe.each(localeNames)('a card with more than it has room for (%s)', (locale) => {
  const more = locales[locale].more;

  it('says how many facts are not on it, after the last of them', () => {
    const texts = runsOf(teamsPayload({ ...examples.custom, properties: many }, { locale }));

    expect(texts.filter((text) => text.includes('label'))).toHaveLength(5);
    expect(texts.slice(texts.indexOf('label 4'))).toContain(more(5));
  });

  it('says how many dimensions are not on it', () => {
    const texts = runsOf(teamsPayload({ ...examples.alert, dimensions: many }, { locale }));

    expect(texts.filter((text) => text.includes('label'))).toHaveLength(5);
    expect(texts).toContain(more(5));
  });
});
