import { describe, expect, it } from 'vitest';
import type { Range } from '../../src/delivery/ports.ts';
import { memoryPorts } from '../support/ports.ts';
import { post, receiverAt, relayWith, requestOf } from '../support/relay.ts';

const there = () => relayWith([receiverAt('slack', 'http://127.0.0.1:1')]);

const long = (count: number, length: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, 'x'.repeat(length)]));

describe('a silence', () => {
  it.each([
    ['without a condition', '{}'],
    ['with no property', '{"properties":{}}'],
    ['with a property that no object can have', '{"properties":{"__proto__":"x"}}'],
    ['with more than the ledger can give back', JSON.stringify({ properties: long(1_200, 200) })],
    ['with a name as long as a book', JSON.stringify({ properties: { ['x'.repeat(100_000)]: 'x' } })],
  ])('%s is refused', async (_what, match) => {
    const { relay, ports } = there();

    expect((await relay.silences(post(`{"match":${match},"for":"1h"}`))).status).toBe(422);
    expect(ports.ledger.rows('~quiet')).toStrictEqual([]);
  });

  it('of everything has to be asked for', async () => {
    expect((await there().relay.silences(post({ match: { resource: '*' }, for: '1h' }))).status).toBe(201);
  });
});

describe('what is wrong with an operator’s wish', () => {
  it.each([
    ['many names', long(20_000, 1)],
    ['a long name', { ['k'.repeat(100_000)]: 1 }],
  ])('is told in few words: %s', async (_what, body) => {
    const { relay } = there();

    for (const answer of [await relay.replay(post(body)), await relay.silences(post(body))]) {
      expect(answer.status).toBe(422);
      expect(JSON.stringify(answer.jsonBody).length).toBeLessThan(8_000);
    }
  });
});

it.each(['999999d', '0001-01-01T00:00:00Z', '1600-12-31T00:00:00Z'])(
  'no row is older than 1970 (%s)',
  async (since) => {
    const ports = memoryPorts();
    const asked: Range[] = [];
    const list = ports.ledger.list.bind(ports.ledger);
    ports.ledger.list = (partition: string, range: Range) => {
      asked.push(range);
      return list(partition, range);
    };
    const { relay } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')], ports);

    expect((await relay.deliveries(requestOf('', { method: 'GET', query: `since=${since}` }))).status).toBe(200);
    expect((await relay.replay(post({ since }))).status).toBe(200);
    expect(asked.map((range) => range.since)).toStrictEqual(Array(2).fill('1970-01-01T00:00:00.000Z'));
  },
);
