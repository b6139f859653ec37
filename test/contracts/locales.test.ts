import { describe, expect, it } from 'vitest';
import { locales } from '../../src/locales/registry.ts';
import { sources } from '../../src/sources/registry.ts';
import { examples } from '../support/examples.ts';
import { localeNames } from '../support/payloads.ts';

const tooLong = (words: Readonly<Record<string, string>>, most: number) =>
  Object.entries(words).filter(([, text]) => text.length > most || text.trim() === '');

describe.each(localeNames)('the language %s', (name) => {
  const say = locales[name];

  it('names itself as a browser would', () => {
    expect(Intl.getCanonicalLocales(say.locale)).toStrictEqual([say.locale]);
  });

  it('has a word for every state, of at most 40 characters, no two alike', () => {
    const states = [say.state, say.deployment, say.artifact];
    const words = states.flatMap((each) => Object.values<string>(each));

    expect(states.flatMap((each) => tooLong(each, 40))).toStrictEqual([]);
    expect(new Set(words).size).toBe(words.length);
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

  it('names every source as people know it', () => {
    expect(sources.map((source) => source.name).filter((source) => !say.source[source])).toStrictEqual([]);
  });

  it.each([0, 1, 2, 3, 5, 21, 1_000_000])('counts %i instances, with number and word on one line', (count) => {
    expect(say.instances(count).replace(/\D/g, '')).toBe(`${count}`);
    expect(say.instances(count)).not.toMatch(/ $|\d /);
    expect(say.instances(count)).toContain('\u00a0');
  });

  it('says how many more there are', () => {
    expect(say.more(4)).toMatch(/4/);
    expect(say.more(4)).not.toBe(say.more(5));
  });

  it.each([undefined, 3])('has a sentence for every way of scaling (from %s)', (from) => {
    const { from: _, ...event } = { ...examples.scale, to: 6 };
    for (const phase of ['started', 'succeeded', 'failed', 'held'] as const) {
      for (const direction of ['out', 'in'] as const) {
        const sentence = say.sentence.scale({ ...event, phase, direction, from });

        expect(sentence).toMatch(/^\S.*shop-web.*\.$/s);
        expect(sentence).not.toMatch(/undefined|null|NaN| {2}| \./);
        expect(sentence.includes('3')).toBe(from === 3);
      }
    }
  });

  it.each(['info', 'warning', 'error', 'critical'] as const)(
    'has a sentence for an event of severity %s',
    (severity) => {
      const sentence = say.sentence.custom({ ...examples.custom, severity, title: 'Disk full!' });

      expect(sentence).toMatch(/^\S.*Disk full.*\.$/);
      expect(sentence).not.toContain('..');
    },
  );
});
