import { expect, it } from 'vitest';
import { RelayError } from '../../src/problems/errors.ts';
import { receive } from '../support/fixtures.ts';
import { normalize } from '../support/normalize.ts';

const body = { kind: 'custom', title: 'Nightly backup finished' };
const read = (payload: object) => normalize(receive({ ...body, ...payload }), 'custom')[0];

function refusal(payload: object): RelayError {
  try {
    read(payload);
  } catch (error) {
    if (error instanceof RelayError) return error;
  }
  throw new Error('expected a refusal');
}

it('two long ids that differ only at their ends name two occurrences', () => {
  const start = 'i'.repeat(250);

  expect(read({ id: `${start}1` })?.id).not.toBe(read({ id: `${start}2` })?.id);
});

it('a link that is too long is refused for its length', () => {
  const links = [{ rel: 'run', url: `https://a.example/${'x'.repeat(1_983)}` }];

  expect(refusal({ links }).problems).toStrictEqual([
    { path: 'links.0.url', message: expect.stringContaining('2000') },
  ]);
});

it('a refusal lists a few problems, and says how many more there are', () => {
  const properties = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`key ${index}`, index]));

  expect(JSON.stringify(refusal({ properties }).problems).length).toBeLessThan(10_000);
});

it('a refusal does not repeat a long key', () => {
  const properties = { ['k'.repeat(100_000)]: 3 };
  const { message, problems } = refusal({ properties });

  expect(`${message}${JSON.stringify(problems)}`.length).toBeLessThan(1_000);
});
