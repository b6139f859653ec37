import { describe, expect, it } from 'vitest';
import { locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';
import { localeNames } from '../support/payloads.ts';

const { ko, cs, vi } = locales;

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
    [1, 'nově 1\u00a0instance.'],
    [2, 'nově 2\u00a0instance.'],
    [6, 'nově 6\u00a0instancí.'],
  ])('are counted in Czech sentences: to %d', (to, end) => {
    expect(cs.sentence.scale({ ...examples.scale, from: undefined, to }).endsWith(end)).toBe(true);
  });
});

describe('what Czech counts', () => {
  it.each([
    [1, '1\u00a0škálovací sada', '1\u00a0prostředek', '1\u00a0událost'],
    [3, '3\u00a0škálovací sady', '3\u00a0prostředky', '3\u00a0události'],
    [5, '5\u00a0škálovacích sad', '5\u00a0prostředků', '5\u00a0událostí'],
    [1.5, '1,5\u00a0škálovací sady', '1,5\u00a0prostředku', '1,5\u00a0události'],
  ])('has the plural that the number asks for: %d', (count, scaleSets, resources, events) => {
    expect([cs.scaleSets(count), cs.resources(count), cs.events(count)]).toStrictEqual([scaleSets, resources, events]);
    expect(cs.digest.steps(count)).toBe(events);
  });

  it.each([
    [1, 'mimo aktuální model: 1\u00a0instance, celkem 10.'],
    [2, 'mimo aktuální model: 2\u00a0instance, celkem 10.'],
    [6, 'mimo aktuální model: 6\u00a0instancí, celkem 10.'],
  ])('agrees in a sentence about drift: %d', (behind, end) => {
    expect(cs.sentence.drift({ ...examples.drift, behind }).endsWith(end)).toBe(true);
  });

  it.each([
    [1, '1\u00a0škálovací sada s instancemi mimo model.'],
    [4, '4\u00a0škálovací sady s instancemi mimo model.'],
    [34, '34\u00a0škálovacích sad s instancemi mimo model.'],
  ])('agrees in a sentence about many scale sets: %d', (total, end) => {
    const { unread: _, ...digest } = examples.digest;

    expect(cs.sentence.digest({ ...digest, cause: 'many', total, more: 0 }).endsWith(end)).toBe(true);
  });
});

describe.each(['instances', 'scaleSets', 'resources', 'events'] as const)('%s', (thing) => {
  it.each([1, 3, 5, 1.5])('have one form in Korean and Vietnamese: %d', (count) => {
    for (const say of [ko, vi]) {
      expect(say[thing](count).replace(/[\d.,]+/, 'n')).toBe(say[thing](2).replace('2', 'n'));
    }
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

  it.each([
    ['en', 0.004, '0.004 (threshold > 0.0025)'],
    ['cs', 0.0456, '0,046 (práh > 0,0025)'],
    ['en', -0.000_035, '-0.000035 (threshold > 0.0025)'],
    ['en', 0, '0 (threshold > 0.0025)'],
    ['en', 0.456, '0.46 (threshold > 0.0025)'],
  ] as const)('keep what a small number says: %s %d', (name, value, said) => {
    expect(locales[name].measured({ value, threshold: 0.0025, operator: '>' })).toBe(said);
  });
});

describe.each(localeNames)('the words of %s', (name) => {
  const say = locales[name];

  it('tell a fired alert from a resolved one, and an alert from a warning', () => {
    const told = (['fired', 'resolved'] as const).map((state) => say.sentence.alert({ ...examples.alert, state }));
    const warned = say.sentence.custom({ ...examples.custom, title: examples.alert.rule });

    expect(new Set([...told, warned].map((sentence) => sentence.slice(0, sentence.search(/[(:]/)))).size).toBe(3);
  });

  it('tell the numbers, the step that failed, and who must approve', () => {
    expect(say.sentence.deployment(examples.deployment)).toMatch(
      /shop \/ deploy.*prod.*v2\.41\.0.*Run smoke tests; GET \/health returned 503 after 5 attempts\.$/,
    );
    expect(say.sentence.deployment({ ...examples.deployment, phase: 'waiting' })).toMatch(/release-managers\.$/);
    expect(say.sentence.alert(examples.alert)).toMatch(
      /Sev1.*shop-web.*93[.,]4\u00a0%.*90\u00a0%\)\. Checkout workers are saturated/,
    );
    expect(say.sentence.alert({ ...examples.alert, rule: 'shop-web' })).not.toMatch(/shop-web.*shop-web/);
  });
});
