import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { quantity } from '../../src/sources/azure-monitor/words.ts';
import { number, numberIn } from '../../src/sources/fields.ts';

it.each([
  ['3', 3],
  [' 93.25 ', 93.25],
  ['-0.5', -0.5],
  ['.5', 0.5],
  ['5.', 5],
  ['1e3', 1000],
  ['1,234', 1234],
  ['1,234,567.5', 1_234_567.5],
  ['87,5', 87.5],
  ['1,5', 1.5],
  ['0,125', 0.125],
  ['-12,25', -12.25],
  ['1,2345', 1.2345],
])('reads %j as %d', (text, expected) => {
  expect(numberIn(text)).toBe(expected);
  expect(number.parse(text)).toBe(expected);
  expect(quantity.parse(text)).toBe(expected);
});

it.each([
  '',
  ',',
  '.',
  'e5',
  '1.234,5',
  '1,23,456',
  '12,',
  ',5',
  '1,5,0',
  '1 234',
  '0x10',
  'Infinity',
  'NaN',
  '5 %',
  `${'9'.repeat(200)}`,
])('takes %j for no number', (text) => {
  expect(numberIn(text)).toBeUndefined();
  expect(number.parse(text)).toBeUndefined();
});

it('gives every number back that a program writes, with and without groups', () => {
  void fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 99 }), (whole, part) => {
      const value = Number(`${whole}.${part}`);
      expect(numberIn(`${value}`)).toBe(value);
      expect(numberIn(value.toLocaleString('en-US'))).toBe(value);
    }),
  );
});
