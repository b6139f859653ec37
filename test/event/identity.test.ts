import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identity, shortId, shownId } from '../../src/event/identity.ts';
import { isMeant } from '../../src/event/meant.ts';

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

    expect(shortId(id)).toBe(id.slice(0, 8));
  });

  it('is eight hex digits for any id of a sender, the same each time', () => {
    expect(shortId('nightly-backup')).toBe(identity('nightly-backup').slice(0, 8));
    expect(shortId('')).toMatch(/^[0-9a-f]{8}$/);
    expect(shortId('ABCDEF')).toMatch(/^[0-9a-f]{8}$/);
  });

  it('tells ids apart that begin alike, also where they begin with hex digits', () => {
    const ids = ['202611-backup-a', '202611-backup-b', 'deadbeef-1', 'deadbeef-2', 'deadbeef'];

    expect(new Set(ids.map(shortId)).size).toBe(ids.length);
  });
});

describe('an event', () => {
  const hex = identity('some event');
  const alert = { kind: 'alert', id: hex, story: 'azure-monitor/alert-7' };

  it('is meant by what its message shows, by its own id, and by its story, each or the beginning of it', () => {
    const names = [shownId(alert), hex, alert.story, identity(alert.story)];

    expect(names.filter((name) => !isMeant(alert, name) || !isMeant(alert, name.slice(0, 6)))).toStrictEqual([]);
    expect(shownId(alert)).toBe(identity(alert.story).slice(0, 8));
  });

  it('is meant by what messages of the release before show: six digits, of hex digits that a sender began an id with', () => {
    const shownBefore = (id: string) => (/^[0-9a-f]{6}/.test(id) ? id : identity(id)).slice(0, 6);

    for (const id of [hex, '202611-backup-a', 'nightly', identity('x')]) {
      expect(isMeant({ kind: 'custom', id }, shownBefore(id))).toBe(true);
      expect(isMeant({ kind: 'alert', id: 'another', story: id }, shownBefore(id))).toBe(true);
    }
  });

  it('is meant by two letters only where they are its whole id', () => {
    expect(isMeant({ kind: 'custom', id: '42' }, '42')).toBe(true);
    expect(isMeant({ kind: 'custom', id: '4242' }, '42')).toBe(false);
    expect(isMeant(alert, hex.slice(0, 3))).toBe(false);
  });
});
