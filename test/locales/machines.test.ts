import { describe, expect, it } from 'vitest';
import { whichOf } from '../../src/locales/machines.ts';
import { locales } from '../../src/locales/registry.ts';
import { localeNames } from '../support/payloads.ts';

const named = (...zones: readonly (string | undefined)[]) =>
  zones.map((zone, at) => ({ name: `vm-${at + 1}`, ...(zone !== undefined && { zone }) }));

const told = (some: ReturnType<typeof named>, count = some.length, name: (typeof localeNames)[number] = 'en') =>
  whichOf({ named: some, count }, locales[name].machines).replaceAll('\u00a0', ' ');

describe('names of machines', () => {
  it.each([
    [named('1', '2', '3'), 'vm-1, vm-2, vm-3 in zones 1, 2, 3'],
    [named('2', '2'), 'vm-1, vm-2 in zone 2'],
    [named('2'), 'vm-1 in zone 2'],
    [named('1', '2', '1'), 'vm-1, vm-3 in zone 1, vm-2 in zone 2'],
    [named(undefined, undefined), 'vm-1, vm-2'],
    [named('1', undefined), 'vm-1 in zone 1, vm-2'],
  ])('stand with their zones: %j', (some, text) => {
    expect(told(some)).toBe(text);
  });

  it.each(localeNames)('are five at most, and the others are counted (%s)', (name) => {
    const text = told(named('1', '1', '1', '1', '1', '1'), 1_000, name);

    expect(text).toContain('vm-5');
    expect(text).not.toContain('vm-6');
    expect(text).toMatch(/995/);
  });

  it.each(localeNames)('are left out where nobody knows them (%s)', (name) => {
    expect(told([], 3, name)).toMatch(/3/);
  });
});
