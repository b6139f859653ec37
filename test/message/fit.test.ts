import { describe, expect, it } from 'vitest';
import { fit as fitInto, type Limits } from '../../src/message/fit.ts';
import type { Reading } from '../../src/message/slots.ts';
import { BUDGET, trim } from '../../src/message/trim.ts';

const reading: Reading = {
  locale: 'en',
  id: 'a1b2c3',
  occurrence: 'd4e5f6',
  tone: 'info',
  emoji: '📈',
  sentence: 'Scaled out: shop-web to 6 instances.',
  state: 'Scaled out',
  subject: { text: 'shop-web', url: 'https://portal.azure.com/', where: ' (prod)' },
  figure: '3 → 6',
  facts: Array.from({ length: 6 }, (_, index) => ({ label: `label ${index}`, value: `value ${index}` })),
  body: { label: 'Reason', text: 'b'.repeat(500) },
  list: { label: 'Why', items: ['one', 'two', 'three', 'four', 'five'].map((text) => ({ text })), more: 2 },
  more: 0,
  moreItems: (count) => `… and ${count} more`,
  mentions: [],
  actions: ['one', 'two', 'three'].map((title) => ({ title, hint: title, url: `https://example.com/${title}` })),
  origin: { source: 'Azure autoscale', occurredAt: '2026-11-20T14:05:09.962Z', written: '2026-11-20 14:05 UTC' },
};

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');

describe('a reading that is within its budgets', () => {
  it('is left as it is', () => {
    expect(trim(reading)).toStrictEqual(reading);
  });
});

describe('a reading that is trimmed', () => {
  it.each<[string, (long: string) => Partial<Reading>, (trimmed: Reading) => string | undefined, number]>([
    ['sentence', (long) => ({ sentence: long }), ({ sentence }) => sentence, 300],
    ['state', (long) => ({ state: long }), ({ state }) => state, 40],
    ['subject of wide letters', (long) => ({ subject: { text: long, where: '' } }), ({ subject }) => subject.text, 60],
    ['label', (long) => ({ facts: [{ label: long, value: 'v' }] }), ({ facts }) => facts[0]?.label, 40],
    ['value', (long) => ({ facts: [{ label: 'l', value: long }] }), ({ facts }) => facts[0]?.value, 120],
    ['body', (long) => ({ body: { label: 'l', text: long } }), ({ body }) => body?.text, 600],
    ['label of a body', (long) => ({ body: { label: long, text: 't' } }), ({ body }) => body?.label, 40],
    ['hint', (long) => ({ actions: [{ title: 't', hint: long, url: 'u' }] }), ({ actions }) => actions[0]?.hint, 75],
  ])('has a %s within its budget, with a mark where it was cut', (_slot, put, take, budget) => {
    expect(take(trim({ ...reading, ...put('한'.repeat(1_000)) }))).toBe(`${'한'.repeat(budget - 1)}…`);
    expect(take(trim({ ...reading, ...put('한'.repeat(budget)) }))).toContain('한'.repeat(budget));
  });

  it('has a subject of narrow letters twice as long', () => {
    expect(trim({ ...reading, subject: { text: 'vm_app_01'.repeat(20), where: '' } }).subject.text).toHaveLength(120);
  });

  it('has no figure longer than the budget', () => {
    expect(trim({ ...reading, figure: '9'.repeat(40) }).figure).toHaveLength(BUDGET.figure);
    expect(trim({ ...reading, figure: undefined }).figure).toBeUndefined();
  });

  it('has the first facts and the first buttons', () => {
    const facts = Array.from({ length: 20 }, (_, index) => ({ label: `${index}`, value: 'v', code: true }));
    const actions = Array.from({ length: 6 }, (_, index) => ({ title: `${index}`, hint: 'h', url: 'u' }));
    const trimmed = trim({ ...reading, facts, actions });

    expect(trimmed.facts).toStrictEqual(facts.slice(0, 8));
    expect(trimmed.actions).toStrictEqual(actions.slice(0, 3));
  });

  it('counts the facts that it has no room for', () => {
    const facts = Array.from({ length: 14 }, (_, index) => ({ label: `${index}`, value: 'v' }));

    expect(trim({ ...reading, facts }).more).toBe(6);
    expect(trim(trim({ ...reading, facts, more: 2 })).more).toBe(8);
    expect(trim({ ...reading, facts: facts.slice(0, 8) }).more).toBe(0);
  });

  it('has a body of eight lines, the mark for the rest among them', () => {
    expect(trim({ ...reading, body: { label: 'l', text: lines(8) } }).body?.text).toBe(lines(8));
    expect(trim({ ...reading, body: { label: 'l', text: lines(9) } }).body?.text).toBe(`${lines(7)}\n…`);
  });

  it('has one mark where both lines and letters are too many', () => {
    const text = Array.from({ length: 20 }, () => 'x'.repeat(100)).join('\n');

    expect(trim({ ...reading, body: { label: 'l', text } }).body?.text.match(/…/g)).toHaveLength(1);
  });

  it('has a body within its budget where both lines and letters are too many', () => {
    const text = Array.from({ length: 20 }, () => 'x'.repeat(100)).join('\n');

    expect(trim({ ...reading, body: { label: 'l', text } }).body?.text.length).toBeLessThanOrEqual(600);
  });

  it('has the first five items of a list, and counts all others', () => {
    const items = Array.from({ length: 9 }, (_, index) => ({ text: `${index}${'한'.repeat(200)}` }));
    const { list } = trim({ ...reading, list: { label: 'l'.repeat(50), items, more: 4 } });

    expect(list?.items).toStrictEqual(items.slice(0, 5).map(({ text }) => ({ text: `${text.slice(0, 119)}…` })));
    expect([list?.more, list?.label.length]).toStrictEqual([8, 40]);
  });

  it.each([
    ['of a program has the last lines', 'output', `…\n${lines(12).split('\n').slice(-7).join('\n')}`],
    ['that quotes has the first lines', undefined, `${lines(7)}\n…`],
    ['that is a command is left out rather than cut', 'command', undefined],
  ] as const)('has a body that %s', (_what, form, text) => {
    const body = { label: 'l', text: lines(12), ...(form && { form }) };

    expect(trim({ ...reading, body }).body?.text).toBe(text);
  });

  it('has a whole command where there is room for it', () => {
    const body = { label: 'l', text: 'c'.repeat(600), form: 'command' } as const;

    expect(trim({ ...reading, body }).body).toStrictEqual(body);
    expect(trim({ ...reading, body: { ...body, text: 'c'.repeat(601) } })).toMatchObject({ body: undefined, more: 1 });
  });

  it('has both ends of an id, and the start of any other value', () => {
    const value = `/subscriptions/${'0'.repeat(200)}/asp-web-prod`;
    const [id, text] = trim({
      ...reading,
      facts: [
        { label: 'l', value, code: true },
        { label: 'l', value },
      ],
    }).facts;

    expect(id?.value).toMatch(/^\/subscriptions\/.*….*\/asp-web-prod$/);
    expect(text?.value).toBe(`${value.slice(0, 119)}…`);
  });

  it('has a sentence that ends, with a full stop or with the mark of a cut', () => {
    expect(trim({ ...reading, sentence: 'Scaled out' }).sentence).toBe('Scaled out.');
    expect(trim({ ...reading, sentence: 'x'.repeat(400) }).sentence).toMatch(/x…$/);
  });

  it('never has half an emoji', () => {
    const { subject } = trim({ ...reading, subject: { text: '👨‍👩‍👧‍👦'.repeat(50), where: '' } });

    expect(subject.text).toMatch(/^(👨‍👩‍👧‍👦)+…$/u);
  });
});

/** A format that is the reading itself, measured by what is left in it. */
const whole = (each: Reading): Reading | 'plain' => each;
const plain = (): Reading | 'plain' => 'plain';
const limit = (most: number): Limits<Reading | 'plain'> => ({
  size: (payload) =>
    payload === 'plain'
      ? 0
      : (payload.body?.text.length ?? 0) +
        100 * payload.facts.length +
        1_000 * payload.actions.length +
        1_000 * (payload.list?.items.length ?? 0),
  most,
});

const outline = (payload: Reading | 'plain') => {
  if (payload === 'plain') return payload;
  const { list, body, facts, actions } = payload;
  return [list?.items.length ?? 0, list?.more ?? 0, body?.text.length ?? 0, facts.length, actions.length];
};

describe('a message that is too large', () => {
  // As it is: 5 items of 7, 500 letters, 6 facts, 3 buttons.
  it.each([
    [9_100, [5, 2, 500, 6, 3]],
    [9_099, [3, 4, 500, 6, 3]],
    [7_099, [3, 4, 200, 6, 3]],
    [6_799, [3, 4, 200, 4, 3]],
    [6_599, [3, 4, 200, 4, 1]],
    [4_599, [3, 4, 0, 4, 1]],
    [4_399, [0, 0, 0, 0, 1]],
    [999, 'plain'],
  ])('for %i gives up what matters least, in this order', (most, left) => {
    expect(outline(fitInto(reading, whole, plain, limit(most)))).toStrictEqual(left);
  });

  it('has no half of a command, and all of what comes before it', () => {
    const body = { label: 'Update the rest', text: 'c'.repeat(300), form: 'command' } as const;

    expect(fitInto({ ...reading, body }, whole, plain, limit(6_900))).toMatchObject({ body });
    expect(outline(fitInto({ ...reading, body }, whole, plain, limit(6_899)))).toStrictEqual([3, 4, 0, 6, 3]);
  });

  it.each([
    [6_799, 2],
    [4_599, 3],
    [4_399, 14],
  ])('for %i says how much that is: %i', (most, more) => {
    expect(fitInto(reading, whole, plain, limit(most))).toMatchObject({ more });
  });

  it('keeps sentence, headline and origin as long as it has any form', () => {
    expect(fitInto(reading, whole, plain, limit(1_000))).toMatchObject({
      sentence: reading.sentence,
      state: reading.state,
      subject: reading.subject,
      figure: reading.figure,
      origin: reading.origin,
      actions: reading.actions.slice(0, 1),
    });
  });
});
