import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardText, slackNotification } from '../../src/message/text.ts';

const visible = (text: string) => text.replaceAll('\u200b', '');

describe('text in a notification of Slack', () => {
  it.each([
    ['a mention', '<!channel> & <@U1>', '&lt;!channel&gt; &amp; &lt;@U1&gt;'],
    ['a link', '<https://e.vil|bank>', '&lt;https://e.vil|bank&gt;'],
    ['an entity, which is shown as it was written', '&lt;', '&amp;lt;'],
    ['an emoji', ':tada:', ':\u200btada:'],
    ['emoji in a row', ':a::b:', ':\u200ba::\u200bb:'],
    ['an emoji with signs', ':+1: :e-mail: :man_dancing:', ':\u200b+1: :\u200be-mail: :\u200bman_dancing:'],
  ])('holds no %s', (_what, text, escaped) => {
    expect(slackNotification(text)).toBe(escaped);
  });

  it.each([['at 14:05 o’clock'], ['a: b'], ['key:value'], ['::'], ['*b* _i_'], ['']])('leaves %j as it is', (text) => {
    expect(slackNotification(text)).toBe(text);
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>&:;ltgamp a1_') }), (text) => {
        const escaped = slackNotification(text);
        const read = escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

        expect(visible(read)).toBe(text);
        expect(escaped).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)|:[a-z0-9_+'-]+:/i);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('text in a card', () => {
  it.each([
    ['a date', '{{DATE(2026-01-01T00:00:00Z)}}', '{\u200b{DATE(2026-01-01T00:00:00Z)}}'],
    ['a time', '{{TIME(2026-01-01T00:00:00Z)}}', '{\u200b{TIME(2026-01-01T00:00:00Z)}}'],
    ['three braces', '{{{', '{\u200b{\u200b{'],
  ])('holds no %s', (_what, text, parted) => {
    expect(cardText(text)).toBe(parted);
  });

  it.each([['{ {'], ['{a}'], ['}}'], ['**b** [x](y) <at>z</at>']])('leaves %j as it is', (text) => {
    expect(cardText(text)).toBe(text);
  });

  it('is read as it was written, without two braces side by side', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}(DATE) ') }), (text) => {
        expect(cardText(text)).not.toContain('{{');
        expect(visible(cardText(text))).toBe(text);
      }),
    );
  });
});
