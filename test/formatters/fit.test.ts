import { describe, expect, it } from 'vitest';
import { BUDGET, fit as fitInto, type Limits, trim } from '../../src/formatters/fit.ts';
import type { Reading } from '../../src/formatters/slots.ts';

const reading: Reading = {
  locale: 'en',
  id: 'a1b2c3',
  tone: 'info',
  emoji: '📈',
  sentence: 'Scaled out: shop-web to 6 instances.',
  state: 'Scaled out',
  subject: { text: 'shop-web', url: 'https://portal.azure.com/' },
  figure: '3 → 6',
  facts: Array.from({ length: 6 }, (_, index) => ({ label: `label ${index}`, value: `value ${index}` })),
  body: { label: 'Reason', text: 'b'.repeat(500) },
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
    ['subject', (long) => ({ subject: { text: long } }), ({ subject }) => subject.text, 120],
    ['label', (long) => ({ facts: [{ label: long, value: 'v' }] }), ({ facts }) => facts[0]?.label, 40],
    ['value', (long) => ({ facts: [{ label: 'l', value: long }] }), ({ facts }) => facts[0]?.value, 120],
    ['body', (long) => ({ body: { label: 'l', text: long } }), ({ body }) => body?.text, 600],
    ['label of a body', (long) => ({ body: { label: long, text: 't' } }), ({ body }) => body?.label, 40],
    ['hint', (long) => ({ actions: [{ title: 't', hint: long, url: 'u' }] }), ({ actions }) => actions[0]?.hint, 75],
  ])('has a %s within its budget, with a mark where it was cut', (_slot, put, take, budget) => {
    expect(take(trim({ ...reading, ...put('한'.repeat(1_000)) }))).toBe(`${'한'.repeat(budget - 1)}…`);
    expect(take(trim({ ...reading, ...put('한'.repeat(budget)) }))).toContain('한'.repeat(budget));
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

  it('has a body of eight lines, and a mark on a line of its own for the rest', () => {
    expect(trim({ ...reading, body: { label: 'l', text: lines(8) } }).body?.text).toBe(lines(8));
    expect(trim({ ...reading, body: { label: 'l', text: lines(9) } }).body?.text).toBe(`${lines(8)}\n…`);
  });

  it('has a body within its budget where both lines and letters are too many', () => {
    const text = Array.from({ length: 20 }, () => 'x'.repeat(100)).join('\n');

    expect(trim({ ...reading, body: { label: 'l', text } }).body?.text.length).toBeLessThanOrEqual(600);
  });

  it('has a sentence that ends, with a full stop or with the mark of a cut', () => {
    expect(trim({ ...reading, sentence: 'Scaled out' }).sentence).toBe('Scaled out.');
    expect(trim({ ...reading, sentence: 'x'.repeat(400) }).sentence).toMatch(/x…$/);
  });

  it('never has half an emoji', () => {
    const { subject } = trim({ ...reading, subject: { text: '👨‍👩‍👧‍👦'.repeat(50) } });

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
      : (payload.body?.text.length ?? 0) + 100 * payload.facts.length + 1_000 * payload.actions.length,
  most,
});

const outline = (payload: Reading | 'plain') =>
  payload === 'plain' ? payload : [payload.body?.text.length ?? 0, payload.facts.length, payload.actions.length];

describe('a message that is too large', () => {
  // As it is: 500 letters, 6 facts, 3 buttons.
  it.each([
    [4_100, [500, 6, 3]],
    [4_099, [200, 6, 3]],
    [3_799, [200, 4, 3]],
    [3_599, [200, 4, 1]],
    [1_599, [0, 4, 1]],
    [1_399, [0, 0, 1]],
    [999, 'plain'],
  ])('for %i gives up what matters least, in this order', (most, left) => {
    expect(outline(fitInto(reading, whole, plain, limit(most)))).toStrictEqual(left);
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
