import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messageIn, queueText } from '../../../src/delivery/rules/queue-text.ts';

it('gives a function what the host gives it: JSON where a text is JSON, and else the text', () => {
  expect(['hello', '', '{"a":', 'undefined'].map(messageIn)).toStrictEqual(['hello', '', '{"a":', 'undefined']);
  expect(messageIn('null')).toBeNull();
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(messageIn(text)).toStrictEqual(JSON.parse(text));
    }),
  );
});

it('reads any text from its Base64, however it is broken into lines, and nothing from what is none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '\r\n', ' '), (text, between) => {
      const raw = Buffer.from(text).toString('base64').replace(/.{4}/g, `$&${between}`);
      expect(queueText(raw)).toStrictEqual({ kind: 'text', text });
    }),
  );
  expect(queueText('{"a":1}')).toStrictEqual({ kind: 'foreign' });
  expect(queueText(Buffer.from([0xff, 0xfe]).toString('base64'))).toStrictEqual({ kind: 'unreadable' });
});
