import { describe, expect, it } from 'vitest';
import { event, eventKinds } from '../../src/event/event.ts';
import { anyRelease } from '../../src/event/later.ts';
import { examples } from '../support/examples.ts';

const { title: _, text: __, ...known } = examples.custom;

describe('an event of a kind that only a later release knows', () => {
  const read = anyRelease.parse({ ...known, kind: 'forecast', peak: { at: 'noon' }, properties: { team: 'shop' } });

  it('is told by what every kind has, with its own kind beside the name', () => {
    expect(read).toStrictEqual({
      ...known,
      kind: 'custom',
      title: 'shop-web · forecast',
      properties: { team: 'shop' },
    });
  });

  it('is an event of this release from then on', () => {
    expect(event.parse(read)).toStrictEqual(read);
    expect(anyRelease.parse(read)).toStrictEqual(read);
  });

  it.each([
    ['no resource', { resource: undefined }],
    ['no kind', { kind: '' }],
    ['a kind that is no text', { kind: 7 }],
    ['a link that is not https', { links: [{ rel: 'resource', url: 'http://example.com/' }] }],
  ])('is refused with %s', (_what, change) => {
    expect(anyRelease.safeParse({ ...known, kind: 'forecast', ...change }).success).toBe(false);
  });
});

describe('an event of a known kind', () => {
  it.each(eventKinds)('is read as it is (%s)', (kind) => {
    expect(anyRelease.parse(examples[kind])).toStrictEqual(examples[kind]);
  });

  it('is refused where it is wrong, and never told by half', () => {
    expect(anyRelease.safeParse({ ...examples.scale, to: -1 }).success).toBe(false);
  });
});
