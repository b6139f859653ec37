import { describe, expect, it } from 'vitest';
import { locales } from '../../src/locales/registry.ts';
import { sources } from '../../src/sources/registry.ts';
import { examples } from '../support/examples.ts';
import { localeNames } from '../support/payloads.ts';

/** The words of a table that are empty, or longer than their slot in a message. */
const tooLong = (words: Readonly<Record<string, string>>, most: number) =>
  Object.entries(words).filter(([, text]) => text.length > most || text.trim() === '');

describe.each(localeNames)('the language %s', (name) => {
  const say = locales[name];

  it('names itself as a browser would', () => {
    expect(Intl.getCanonicalLocales(say.locale)).toStrictEqual([say.locale]);
  });

  it('has a word for every state, of at most 40 characters, no two alike', () => {
    const states: Readonly<Record<string, string>>[] = Object.values(say.state);
    const words = states.flatMap((each) => Object.values(each));

    expect(states.flatMap((each) => tooLong(each, 40))).toStrictEqual([]);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toStrictEqual([]);
  });

  it('has labels of at most 40 characters', () => {
    expect(tooLong(say.label, 40)).toStrictEqual([]);
  });

  it('has titles of buttons of at most 16 characters, no two alike', () => {
    expect(tooLong(say.action, 16)).toStrictEqual([]);
    expect(new Set(Object.values(say.action)).size).toBe(Object.keys(say.action).length);
  });

  it('says what a button does in at most 75 characters, and of what', () => {
    const subject = 's'.repeat(40);
    const hints = Object.values(say.action).map((title) => say.actionHint(title, subject));

    for (const hint of hints) {
      expect(hint).toContain(subject);
      expect(hint.length).toBeLessThanOrEqual(75);
    }
    expect(new Set(hints).size).toBe(hints.length);
  });

  it('says what a command does in at most 40 characters, and why in as many, no two alike', () => {
    for (const words of [say.drift.advice, say.drift.reason]) {
      expect(tooLong(words, 40)).toStrictEqual([]);
      expect(new Set(Object.values(words)).size).toBe(Object.keys(words).length);
    }
  });

  it('says what to do about flapping in at most 60 characters', () => {
    expect(tooLong({ flapping: say.digest.flapping }, 60)).toStrictEqual([]);
  });

  it('says what to do about every trouble in at most 120 characters, without a full stop', () => {
    const { advice } = say.notice;

    expect(tooLong(advice, 120)).toStrictEqual([]);
    expect(Object.values(advice).filter((text) => /[.\s]$/.test(text))).toStrictEqual([]);
    expect(new Set(Object.values(advice)).size).toBe(Object.keys(advice).length);
  });

  it('keeps the markers of a message short', () => {
    const [late, repeated] = [say.origin.late('13:52 UTC', undefined), say.origin.repeated(4, '13:40 UTC')];
    const again = say.origin.replayed('13:52 UTC', '14:20 UTC');

    expect(late).toContain('13:52 UTC');
    expect(repeated).toMatch(/4.*13:40 UTC|13:40 UTC.*4/);
    expect(again).toMatch(/13:52 UTC.*14:20 UTC/);
    expect(again).toContain(say.origin.over('14:20 UTC'));
    expect(tooLong({ late, repeated, begun: say.origin.replayed('13:52 UTC', undefined) }, 40)).toStrictEqual([]);
    expect(tooLong({ again }, 60)).toStrictEqual([]);
  });

  it('names every source as people know it, and the relay, in letters, spaces and hyphens', () => {
    const names = [...sources.map((source) => source.name), 'custom', 'drift', 'relay'];

    expect(names.filter((source) => !/^\p{L}+(?:[ -]\p{L}+)*$/u.test(say.source[source] ?? ''))).toStrictEqual([]);
  });

  it.each(['instances', 'scaleSets', 'resources', 'events', 'subscriptions'] as const)(
    'counts %s on one line',
    (thing) => {
      for (const count of [0, 1, 2, 3, 5, 21, 1_000_000]) {
        const told = say[thing](count);

        expect(told.replace(/\D/g, '')).toBe(`${count}`);
        expect(told).not.toMatch(/ $|\d /);
        expect(told).toContain('\u00a0');
      }
    },
  );

  it('counts each thing with its own word', () => {
    const told = [say.instances, say.scaleSets, say.resources, say.events, say.subscriptions].map((count) => count(3));

    expect(new Set(told).size).toBe(5);
  });

  it('tells numbers apart in all that it makes of them', () => {
    const { more, drift } = say;
    const made = [
      more,
      say.digest.steps,
      say.digest.others,
      drift.models,
      (count: number) => drift.behind(count, 10),
      (count: number) => drift.behind(2, count),
      (done: number) => drift.rollout({ done, failed: 1, pending: 1 }),
      (failed: number) => drift.rollout({ done: 1, failed, pending: 1 }),
      (pending: number) => drift.rollout({ done: 1, failed: 1, pending }),
      (count: number) => say.atLeast(say.duration(count)),
      (count: number) => say.origin.repeated(count, '13:40 UTC'),
    ];

    expect(made.filter((tell) => !tell(4).includes('4') || tell(4) === tell(5))).toStrictEqual([]);
  });

  it('joins names in their order, and leaves one alone as it is', () => {
    expect(say.list(['web-1'])).toBe('web-1');
    expect(say.list(['web-1', 'web-2', 'web-3'])).toMatch(/^web-1\b.+\bweb-2\b.+\bweb-3$/);
  });

  it.each([undefined, 3])('has a sentence for every way of scaling (from %s)', (from) => {
    const { from: _, ...event } = { ...examples.scale, to: 6 };
    for (const phase of ['started', 'succeeded', 'failed', 'held'] as const) {
      for (const direction of ['out', 'in'] as const) {
        const sentence = say.sentence.scale({ ...event, phase, direction, from });

        expect(sentence).toMatch(/^\S.*shop-web.*6.*\.$/s);
        expect(sentence.includes('3')).toBe(from === 3);
      }
    }
  });

  it('brings the full stop of a title itself', () => {
    const { text: _, ...custom } = examples.custom;

    expect(say.sentence.custom({ ...custom, title: 'Disk full!' })).toMatch(
      /^\S.*: Disk full \(prod\)[^.!]*shop-web\.$/,
    );
  });
});
