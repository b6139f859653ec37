import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isShort, isTooShort, keyOf, keysOf, secretFault } from '../../src/event/webhook-secret.ts';

const bytes = fc.uint8Array({ minLength: 12, maxLength: 64 }).map((each) => Buffer.from(each));
const printed = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });

describe('the key of a secret', () => {
  it('is what Base64 after whsec_ says, and nothing else', () => {
    fc.assert(
      fc.property(bytes, (key) => {
        const secret = `whsec_${key.toString('base64')}`;

        expect(keyOf(secret)).toStrictEqual(key);
        expect(keysOf(secret)).toStrictEqual([key]);
        expect(secretFault(secret)).toBeUndefined();
      }),
    );
  });

  it('is the bytes of any other text; what may be Base64 is read as that too', () => {
    fc.assert(
      fc.property(bytes, (key) => {
        const secret = key.toString('base64');

        expect(keysOf(secret)).toStrictEqual([Buffer.from(secret), key]);
        expect(keysOf(`-${secret}`)).toStrictEqual([Buffer.from(`-${secret}`)]);
      }),
    );
  });

  it('is the text alone where that is too short to be Base64 of a key', () => {
    expect(keysOf('c2VjcmV0')).toStrictEqual([Buffer.from('c2VjcmV0')]);
  });
});

describe('a secret', () => {
  it('has no fault where it is ASCII, and no Base64 is promised', () => {
    fc.assert(
      fc.property(printed, (text) => {
        fc.pre(!text.startsWith('whsec_'));
        expect(secretFault(text)).toBeUndefined();
      }),
    );
  });

  it.each([
    ['pässwort-of-the-shop', /^expected ASCII/],
    ['two\nlines', /^expected ASCII/],
    ['whsec_of-the-shop', /^expected Base64/],
  ])('that is none says why, and not what it is: %j', (secret, why) => {
    expect(secretFault(secret)).toMatch(why);
    expect(secretFault(secret)).not.toContain(secret);
  });

  it('is measured by its key, not by its letters', () => {
    const of = (length: number) => `whsec_${Buffer.alloc(length, 7).toString('base64')}`;

    expect([15, 16, 23, 24].map((length) => isTooShort(of(length)))).toStrictEqual([true, false, false, false]);
    expect([15, 16, 23, 24].map((length) => isShort(of(length)))).toStrictEqual([true, true, true, false]);
  });
});
