import { describe, expect, it } from 'vitest';
import { type LocaleName, locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';
import { localeNames } from '../support/payloads.ts';

const { ko, cs, vi } = locales;

/** Every text that a language holds or makes, as far as it can be had without an event. */
const textsOf = (name: LocaleName): string[] => {
  const { state, deployment, artifact, label, action, source, level, more, measured } = locales[name];
  const words = [state, deployment, artifact, label, action, source, level].flatMap((each): string[] =>
    Object.values(each),
  );
  return [...words, more(4), measured({ threshold: 90 }) ?? ''];
};

describe('instances', () => {
  it.each([
    [0, '0\u00a0instancí'],
    [1, '1\u00a0instance'],
    [1.5, '1,5\u00a0instance'],
    [2, '2\u00a0instance'],
    [3, '3\u00a0instance'],
    [4, '4\u00a0instance'],
    [5, '5\u00a0instancí'],
    [21, '21\u00a0instancí'],
    [1_234, '1\u00a0234\u00a0instancí'],
  ])('have a Czech plural: %d', (count, text) => {
    expect(cs.instances(count)).toBe(text);
  });

  it.each([1, 3, 5, 1.5])('have one form in Korean and Vietnamese: %d', (count) => {
    const digits = /[\d.,]+/;

    expect(ko.instances(count).replace(digits, 'n')).toBe('인스턴스\u00a0n개');
    expect(vi.instances(count).replace(digits, 'n')).toBe('n\u00a0instance');
  });

  it.each([
    [1, 'původně 3, nově 1\u00a0instance.'],
    [2, 'původně 3, nově 2\u00a0instance.'],
    [6, 'původně 3, nově 6\u00a0instancí.'],
  ])('are counted in Czech sentences: to %d', (to, end) => {
    expect(cs.sentence.scale({ ...examples.scale, from: 3, to }).endsWith(end)).toBe(true);
  });
});

describe('a duration', () => {
  it.each([
    ['en', '0\u00a0sec', '4\u00a0min 12\u00a0sec', '1\u00a0day 1\u00a0hr'],
    ['ko', '0초', '4분 12초', '1일 1시간'],
    ['cs', '0\u00a0s', '4\u00a0min 12\u00a0s', '1\u00a0den 1\u00a0h'],
    ['vi', '0\u00a0giây', '4\u00a0phút 12\u00a0giây', '1\u00a0ngày 1\u00a0giờ'],
  ] as const)('is written as %s does', (name, none, minutes, days) => {
    expect([0, 251.6, 90_061].map(locales[name].duration)).toStrictEqual([none, minutes, days]);
  });
});

describe('a number', () => {
  const event = { value: 1_234_567.891, threshold: 90.5, unit: '%', operator: '>' } as const;

  it.each([
    ['en', '1,234,567.89\u00a0% (threshold > 90.5\u00a0%)', 'threshold 90'],
    ['ko', '1,234,567.89\u00a0% (임계값 > 90.5\u00a0%)', '임계값 90'],
    ['cs', '1\u00a0234\u00a0567,89\u00a0% (práh > 90,5\u00a0%)', 'práh 90'],
    ['vi', '1.234.567,89\u00a0% (ngưỡng > 90,5\u00a0%)', 'ngưỡng 90'],
  ] as const)('is written as %s does', (name, both, bound) => {
    const { measured } = locales[name];

    expect(measured(event)).toBe(both);
    expect(measured({ threshold: 90 })).toBe(bound);
    expect(measured({ value: 'NoData', unit: undefined })).toBe('NoData');
    expect(measured({})).toBeUndefined();
  });
});

describe.each(localeNames)('the words of %s', (name) => {
  const say = locales[name];

  it('are composed Unicode, without a space at either end', () => {
    const texts = textsOf(name);

    expect(texts.filter((text) => text !== text.normalize('NFC') || text !== text.trim())).toStrictEqual([]);
  });

  it('tell every state of a deployment apart in its sentence, and begin it with the state', () => {
    const { deployment } = examples;
    const phases = ['requested', 'waiting', 'started', 'succeeded', 'failed', 'cancelled', 'approved', 'rejected'];
    const heads = phases.map((phase) => {
      const told = say.sentence.deployment({ ...deployment, phase: phase as typeof deployment.phase });
      return told.slice(0, told.indexOf(': '));
    });
    expect(heads).toStrictEqual(phases.map((phase) => say.deployment[phase as typeof deployment.phase]));
  });

  it('tell a fired alert from a resolved one, and an alert from a warning', () => {
    const told = (['fired', 'resolved'] as const).map((state) => say.sentence.alert({ ...examples.alert, state }));
    const warned = say.sentence.custom({ ...examples.custom, title: examples.alert.rule });

    expect(new Set([...told, warned].map((sentence) => sentence.slice(0, sentence.search(/[(:]/)))).size).toBe(3);
  });

  it('tell the numbers, the step that failed, and who must approve', () => {
    expect(say.sentence.deployment(examples.deployment)).toMatch(/shop \/ deploy.*prod.*v2\.41\.0.*Run smoke tests\.$/);
    expect(say.sentence.deployment({ ...examples.deployment, phase: 'waiting' })).toMatch(/release-managers\.$/);
    expect(say.sentence.alert(examples.alert)).toMatch(/Sev1.*shop-web.*93[.,]4\u00a0%.*90\u00a0%\)\.$/);
    expect(say.sentence.alert({ ...examples.alert, rule: 'shop-web' })).not.toMatch(/shop-web.*shop-web/);
  });
});

it.each([1, 3, 6, 8, 10])('no Korean particle hangs on a name or a number: %i', (to) => {
  const sentences = [
    ko.sentence.scale({ ...examples.scale, to }),
    ko.sentence.scale({ ...examples.scale, to, phase: 'failed' }),
    ko.sentence.deployment({ ...examples.deployment, phase: 'approved' }),
    ko.sentence.alert(examples.alert),
  ];

  expect(sentences.filter((text) => /[\w)](?:은|는|이|가|을|를|과|와|으로|로)(?:[ ,.])/.test(text))).toStrictEqual([]);
});
