import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type EventOf, event as eventSchema, type RelayEvent } from '../../src/event/event.ts';
import { toBrief } from '../../src/event/importance.ts';
import { outline } from '../../src/event/outline.ts';
import { type LocaleName, locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';
import { localeNames } from '../support/payloads.ts';
import { everyWay, kinds, sentenceOf } from './told.ts';

const everySentence = localeNames.flatMap((name) => kinds.map((kind) => ({ name, kind })));
const { drift, notice, digest } = examples;

/** What a mended sentence still shows where a part of it was absent. */
const SEAM = /undefined|null|NaN|\[object|\s{2}|[\s\u00a0][,.;:)]|\(\)|[(,;:] ?[,.;:)]|\.\.$|\u00a0 | \u00a0|^\s/;

describe.each(everySentence)('the sentence in $name about $kind', ({ name, kind }) => {
  const told = everyWay(kind).map((event) => ({ event, sentence: sentenceOf(name, event) }));

  it('is one line that ends with a full stop and shows no seam, whatever its event leaves out', () => {
    const sentences = told.map(({ sentence }) => sentence);

    expect(sentences.length).toBeGreaterThan(10);
    expect(sentences.filter((sentence) => SEAM.test(sentence) || !/^[^\n]+[^.]\.$/.test(sentence))).toStrictEqual([]);
    expect(sentences.filter((sentence) => sentence !== sentence.normalize('NFC'))).toStrictEqual([]);
  });

  it('begins with its state', () => {
    const words = Object.entries<string>(locales[name].state[kind]);
    const wrong = told.filter(({ event, sentence }) => {
      const { state } = outline(event);
      // A digest begins with what leads it.
      if (event.kind === 'digest' && event.stories.length > 0) return false;
      return !sentence.startsWith(words.find(([key]) => key === state)?.[1] ?? 'no word');
    });

    expect(wrong).toStrictEqual([]);
  });

  it('names its subject', () => {
    const subject = (event: (typeof told)[number]['event']) =>
      event.kind === 'digest' ? '' : event.kind === 'deployment' ? event.subject : outline(event).subject;

    expect(told.filter(({ event, sentence }) => !sentence.includes(subject(event)))).toStrictEqual([]);
  });
});

describe.each(localeNames)('the sentence in %s', (name) => {
  const { sentence } = locales[name];

  it('of drift tells how many instances of how many', () => {
    const told = sentence.drift({ ...drift, behind: 37, total: 41 });

    expect(told).toMatch(/37\D+41|41\D+37/);
    expect(sentence.drift({ ...drift, change: 'resolved', behind: 0, total: 41 })).toContain('41');
  });

  it('of drift does not call an older image another model', () => {
    const [hidden, pending] = (['hidden', 'pending'] as const).map((verdict) => {
      const told = sentence.drift({ ...drift, verdict });
      return told.slice(told.indexOf(': '));
    });

    expect(hidden).not.toBe(pending);
  });

  it('of a digest tells how much there is, how much is not listed, and what could not be read', () => {
    expect(sentence.digest({ ...digest, cause: 'rate', total: 48, resources: 9 })).toMatch(/48.*9|9.*48/);
    expect(sentence.digest({ ...digest, cause: 'many', total: 34, more: 29, unread: 2 })).toMatch(/34.*29.*2/);
  });

  it('of a digest tells how many of the rest are as severe, and that none are, and no number of no resources', () => {
    const told = (asSevere: number) => sentence.digest({ ...digest, asSevere });
    const { asSevere } = locales[name].digest;

    expect(told(3)).toContain(`, ${asSevere(3, 9)}. `);
    expect(told(0)).toContain(`, ${asSevere(0, 9)}. `);
    expect(asSevere(0, 9)).not.toMatch(/\d/);
    expect(sentence.digest({ ...digest, cause: 'rate', total: 7, resources: 0, stories: [], more: 0 })).not.toMatch(
      /\b0/,
    );
  });

  it('of a notice tells how much waits, and what to do', () => {
    const told = sentence.notice({ ...notice, count: 12, reason: 'status-404' });

    expect(told).toMatch(/ops-slack.*12/);
    expect(told.endsWith(`; ${locales[name].notice.advice.gone}.`)).toBe(true);
  });
});

describe('a large number', () => {
  it.each([
    ['en', '1,234', '5,678'],
    ['ko', '1,234', '5,678'],
    ['cs', '1\u00a0234', '5\u00a0678'],
    ['vi', '1.234', '5.678'],
  ] satisfies [LocaleName, string, string][])('is written as %s does, in every sentence', (name, less, more) => {
    const { sentence, drift: words, more: others } = locales[name];
    const told = [
      sentence.scale({ ...examples.scale, from: 1_234, to: 5_678 }),
      sentence.scale({ ...examples.scale, from: 1_234, to: 5_678, phase: 'failed' }),
      sentence.drift({ ...drift, behind: 1_234, total: 5_678 }),
      sentence.digest({ ...digest, cause: 'rate', resources: 1_234, total: 5_678 }),
      sentence.digest({ ...digest, cause: 'baseline', more: 1_234, total: 5_678 }),
      words.behind(1_234, 5_678),
      words.rollout({ done: 1_234, failed: 5_678, pending: 0 }),
    ];

    expect(told.filter((text) => !text.includes(less) || !text.includes(more))).toStrictEqual([]);
    expect(others(1_234)).toContain(less);
  });
});

describe('English', () => {
  it.each<[Partial<EventOf<'drift'>>, string]>([
    [{ behind: 1, total: 10 }, '1 of 10\u00a0instances is not on the current model.'],
    [{ behind: 6, total: 10 }, '6 of 10\u00a0instances are not on the current model.'],
    [{ behind: 1, total: 10, verdict: 'hidden' }, '1 of 10\u00a0instances runs an older image.'],
    [{ behind: 6, total: 10, verdict: 'hidden' }, '6 of 10\u00a0instances run an older image.'],
    [{ change: 'resolved', total: 1 }, '1 of 1\u00a0instance is up to date.'],
    [{ change: 'resolved', total: 10 }, '10 of 10\u00a0instances are up to date.'],
  ])('agrees with its numbers: %o', (change, end) => {
    const told = locales.en.sentence.drift({ ...drift, ...change });

    expect(told.slice(told.indexOf(': '))).toBe(`: shop-web (prod, Korea Central), ${end}`);
  });
});

it('no Korean particle that asks for a last sound hangs on a name or a number', () => {
  const { ko } = locales;
  const texts = [
    ...kinds.flatMap((kind) => everyWay(kind).map((event) => sentenceOf('ko', event))),
    ko.list(['web-1', 'web-2', 'web-3']),
    ko.drift.models(3),
    ko.origin.late('13:52 UTC', undefined),
    ko.origin.replayed('13:52 UTC', '14:20 UTC'),
    ko.origin.repeated(4, '13:40 UTC'),
  ];

  expect(texts.filter((text) => /[\w)](?:은|는|이|가|을|를|과|와|으로|로)(?:[ ,.])/.test(text))).toStrictEqual([]);
});

describe.each(localeNames)('in %s, the push text', (name) => {
  const { output: _, ...failed } = examples.deployment;
  const deployment = (output: string) => sentenceOf(name, { ...failed, output } as EventOf<'deployment'>);
  const custom = (text: string, title = 'Backup') => sentenceOf(name, { ...examples.custom, title, text });

  it('of a failed deployment says why, shortened, where its sender says it', () => {
    expect(deployment('Health check gave 503.')).toMatch(/; Health check gave 503\.$/);
    expect(deployment('Health check gave 503\nexpected 200')).toMatch(/; Health check gave 503\.$/);
    expect(deployment('e'.repeat(500)).length).toBeLessThan(
      sentenceOf(name, failed as EventOf<'deployment'>).length + 130,
    );
    // A log.
    expect(deployment('one\ntwo\nthree\nfour')).toBe(sentenceOf(name, failed as EventOf<'deployment'>));
    expect(sentenceOf(name, { ...examples.deployment, phase: 'succeeded' })).not.toContain('503');
  });

  it('of a custom event has the first sentence of its text', () => {
    expect(custom('Disk of v1.4 is full. Somebody must look.')).toMatch(/\. Disk of v1\.4 is full\.$/);
    expect(custom('디스크가 가득 찼습니다. 확인하세요.')).toMatch(/\. 디스크가 가득 찼습니다\.$/);
    expect(custom('Backup failed\non db-1')).toMatch(/\. Backup failed\.$/);
    expect(custom('backup', 'Nightly backup')).not.toMatch(/backup\. backup/i);
  });
});

describe('an alert that measured nothing that has a name', () => {
  const fixture = (name: string): RelayEvent => {
    const path = new URL(`../fixtures/${name}.expected.json`, import.meta.url);
    return (
      z
        .array(eventSchema)
        .min(1)
        .parse(JSON.parse(readFileSync(path, 'utf8')))[0] ?? examples.alert
    );
  };

  it.each([
    ['azure-monitor/service-health', 'Virtual Machines - Korea Central'],
    ['azure-monitor/resource-health', 'Rebooted by the platform'],
  ])('says what it says of itself: %s', (name, words) => {
    const event = fixture(name);
    if (event.kind !== 'alert') throw new Error('no alert');
    for (const { sentence } of Object.values(locales))
      expect(sentence.alert(event)).toMatch(new RegExp(`\\. ${words}\\.$`));
  });

  it.each<[string, Partial<EventOf<'alert'>>]>([
    ['what it measured has a name, and nobody is woken', { metric: 'CPU', severity: 'warning' }],
    ['it is over', { state: 'resolved', metric: undefined }],
    ['it is about an operation, and its words are those of its rule', { phase: 'failed', metric: undefined }],
    ['its rule says it already', { metric: undefined, rule: 'Disk full', description: 'Disk full' }],
    ['it says nothing', { metric: undefined, description: undefined }],
  ])('and nothing more where %s', (_what, more) => {
    const plain = { ...examples.alert, description: 'A word of its own', ...more };

    expect(locales.en.sentence.alert(plain)).not.toContain('A word of its own');
    expect(locales.en.sentence.alert(plain)).not.toMatch(/full\. Disk full/);
  });

  it('says as much as a telephone shows', () => {
    const long = { ...examples.alert, metric: undefined, description: 'word '.repeat(300) };

    expect(locales.en.sentence.alert(long).length).toBeLessThan(300);
  });
});

describe('an alert without a level', () => {
  const { level: _, ...plain } = examples.alert;

  it('says how severe it is where somebody has to look now', () => {
    const told = (more: Partial<EventOf<'alert'>>) => locales.en.sentence.alert({ ...plain, ...more });

    expect(told({ state: 'fired', severity: 'critical' })).toMatch(/^Alert fired \(Critical\): /);
    expect(told({ state: 'fired', severity: 'error' })).toMatch(/^Alert fired \(Error\): /);
    expect(told({ state: 'fired', severity: 'warning' })).toMatch(/^Alert fired \(Warning\): /);
    expect(told({ state: 'fired', severity: 'info' })).toMatch(/^Alert fired: /);
    expect(told({ state: 'resolved', severity: 'critical' })).toMatch(/^Alert resolved \(Critical\): /);
  });
});

describe.each(localeNames)('a severity that the configuration overrules, in %s', (name) => {
  const { sentence, treated, state, digest } = locales[name];
  const word = treated(state.custom.critical);

  it('is said with the level of the sender, alone and in a digest', () => {
    const raised = { ...examples.alert, level: 'Sev3', severity: 'critical' } as const;
    const story = { ...toBrief(raised), count: 1 };

    expect(sentence.alert(raised)).toContain(`(Sev3, ${word}): `);
    expect(sentence.alert({ ...raised, level: 'Sev0' })).toContain('(Sev0): ');
    expect(sentence.digest({ ...examples.digest, stories: [story] })).toMatch(new RegExp(`^Sev3 \\(${word}\\) `));
  });

  it('of an alert without a level leads a digest as well, which says that all the rest is as severe', () => {
    const { level: _, ...plain } = examples.alert;
    const story = { ...toBrief({ ...plain, severity: 'warning' }), count: 1 };
    const told = sentence.digest({
      ...examples.digest,
      stories: [story, story, story],
      named: [],
      more: 0,
      asSevere: 2,
    });

    expect(told.startsWith(`${state.alert.fired} (${state.custom.warning}): `)).toBe(true);
    expect(told).toContain(`, ${digest.asSevere(2, 2)}. `);
    expect(digest.asSevere(2, 2)).not.toMatch(/\d/);
  });
});
