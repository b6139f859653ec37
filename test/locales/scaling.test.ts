import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../src/event/event.ts';
import { type LocaleName, locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';
import { localeNames } from '../support/payloads.ts';

type Scale = EventOf<'scale'>;

const { region: _, ...resource } = examples.scale.resource;
const plain: Scale = { ...examples.scale, resource };
const tell = (name: LocaleName, change: Partial<Scale>) =>
  locales[name].sentence.scale({ ...plain, ...change }).replaceAll('\u00a0', ' ');

const IN = { direction: 'in', from: 6, to: 3 } as const;

describe('a scaling', () => {
  it.each([
    ['en', 'Scaling out: shop-web (prod) 3 → 6.', 'Scaling in: shop-web (prod) 6 → 3.'],
    [
      'ko',
      '스케일 아웃 시작: shop-web (prod), 인스턴스 3개 → 6개.',
      '스케일 인 시작: shop-web (prod), 인스턴스 6개 → 3개.',
    ],
    ['cs', 'Přidávají se instance: shop-web (prod), 3 → 6.', 'Odebírají se instance: shop-web (prod), 6 → 3.'],
    ['vi', 'Đang tăng số instance: shop-web (prod), 3 → 6.', 'Đang giảm số instance: shop-web (prod), 6 → 3.'],
  ] as const)('that begins is not done: %s', (name, out, inwards) => {
    expect(tell(name, {})).toBe(out);
    expect(tell(name, IN)).toBe(inwards);
  });

  it.each([
    ['en', 'Scaled out: shop-web (prod) 3 → 6, took 4 min.'],
    ['ko', '스케일 아웃 완료: shop-web (prod), 인스턴스 3개 → 6개, 4분 소요.'],
    ['cs', 'Instance přidány: shop-web (prod), 3 → 6, trvalo 4 min.'],
    ['vi', 'Đã tăng số instance: shop-web (prod), 3 → 6, mất 4 phút.'],
  ] as const)('that is done says how long it took: %s', (name, sentence) => {
    expect(tell(name, { phase: 'succeeded', duration: 240 })).toBe(sentence);
  });

  it.each([
    [
      'en',
      'Machines added: shop-web (prod) 3 → 6: 3 instances',
      'Machines removed: shop-web (prod) 6 → 3: 3 instances',
    ],
    ['ko', '머신 추가 완료: shop-web (prod)', '머신 제거 완료: shop-web (prod)'],
    ['cs', 'Stroje přidány: shop-web (prod)', 'Stroje odebrány: shop-web (prod)'],
    ['vi', 'Đã thêm máy: shop-web (prod)', 'Đã gỡ máy: shop-web (prod)'],
  ] as const)('has machines, which are told under a headline of their own: %s', (name, out, inwards) => {
    const phase = 'succeeded';
    const machines = { named: [], count: 3, seconds: 130 };

    expect(tell(name, { phase, machines })).toContain(out);
    expect(tell(name, { ...IN, phase, machines })).toContain(inwards);
    const waiting: Partial<Scale> = { phase: 'started', machines: { named: [], count: 2, waiting: 1 } };
    for (const way of [{}, IN] as const) {
      const [before, after] = [tell(name, { ...way, phase: 'started' }), tell(name, { ...way, ...waiting })];
      expect(after.split(':')[0]).not.toBe(before.split(':')[0]);
    }
  });

  it.each([
    ['en', 'Scaling in failed: shop-web (prod) stays at 6, 3 wanted.'],
    ['ko', '스케일 인 실패: shop-web (prod), 인스턴스 6개 유지, 목표 3개.'],
    ['cs', 'Odebrání instancí selhalo: shop-web (prod), dál běží 6 instancí, požadováno: 3.'],
    ['vi', 'Giảm số instance thất bại: shop-web (prod), vẫn chạy 6 instance, mục tiêu 3.'],
  ] as const)('that failed says which way, and what stays: %s', (name, sentence) => {
    expect(tell(name, { ...IN, phase: 'failed' })).toBe(sentence);
  });

  it.each(localeNames)('claims no change where the counts are equal: %s', (name) => {
    for (const phase of ['started', 'succeeded', 'failed', 'held'] as const) {
      const sentence = tell(name, { phase, from: 3, to: 3 });

      expect(sentence).not.toContain('→');
      expect(sentence.match(/3/g)).toHaveLength(1);
    }
  });

  it.each(localeNames)('is never told in the same words at two of its steps: %s', (name) => {
    const told = (['started', 'succeeded', 'failed', 'held'] as const).flatMap((phase) =>
      (['out', 'in'] as const).map((direction) => tell(name, { phase, direction }).split(':')[0]),
    );

    expect(new Set(told).size).toBe(8);
  });
});

it('a scaling that failed says why, also where the reason begins with the counts', () => {
  const counts =
    "The autoscale engine attempting to scale resource '/x/y' from 3 instances count to 6 instances count.";
  const reason = `${counts} Operation failed: quota exceeded.`;

  expect(tell('en', { phase: 'failed', reason })).toContain('Operation failed: quota exceeded');
  expect(tell('en', { phase: 'failed', reason: counts, errorCode: undefined })).not.toContain('attempting');
});
