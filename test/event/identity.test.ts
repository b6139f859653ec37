import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identity, shortId } from '../../src/event/identity.ts';

describe('an identity', () => {
  it('is 32 hex digits, the same on every machine and in every release', () => {
    // Beginning of SHA-256 of ["azure-autoscale","2026-11-20T14:05:09.9622398Z"].
    expect(identity('azure-autoscale', '2026-11-20T14:05:09.9622398Z')).toBe('4d7c717914dec0070e93e2f98fb7ebca');
  });

  it('is another for other parts, however they are divided', () => {
    const ids = [identity('a', 'b'), identity('ab'), identity('b', 'a'), identity('a', '', 'b'), identity('a","b')];

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is made of any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }), (parts) => {
        expect(identity(...parts)).toMatch(/^[0-9a-f]{32}$/);
        expect(identity(...parts)).toBe(identity(...parts));
      }),
    );
  });
});

describe('a short id', () => {
  it('is the start of an identity, so that it can be searched for', () => {
    const id = identity('a');

    expect(shortId(id)).toBe(id.slice(0, 6));
  });

  it('is six hex digits for any id of a sender, the same each time', () => {
    expect(shortId('nightly-backup')).toBe(identity('nightly-backup').slice(0, 6));
    expect(shortId('')).toMatch(/^[0-9a-f]{6}$/);
    expect(shortId('ABCDEF')).toMatch(/^[0-9a-f]{6}$/);
  });
});
