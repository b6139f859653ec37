import { TableClient } from '@azure/data-tables';
import { describe, expect, inject, it } from 'vitest';
import { eventKey, STATE } from '../../src/delivery/rules/keys.ts';
import { azureLedger } from '../../src/outbound/storage/ledger.ts';
import { deliveryTo, OK } from '../support/deliveries.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { listen } from '../support/server.ts';
import { newTableName } from './storage-names.ts';

/** A relay whose ledger is a real table, and the table. */
async function tabled() {
  const name = newTableName();
  const connectionString = inject('storage');
  const table = TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true });
  await table.createTable();
  const chat = await listen(OK.slack);
  const ledger = azureLedger({ connectionString }, name);
  const { relay } = relayWith([{ ...receiverAt('slack', chat.url), rate: { perSecond: 1 } }], {
    ...memoryPorts(),
    ledger,
  });
  return { table, chat, relay, ledger, [Symbol.asyncDispose]: chat[Symbol.asyncDispose] };
}

const row = (rowKey: string, columns: object) => ({ partitionKey: 'slack', rowKey, ...columns });

describe('a row that is not of this form', () => {
  it.each([
    ['nothing but its keys', {}],
    ['text that is no JSON', { json0: '{"state":' }],
    ['a number where text belongs', { json0: 7 }],
    ['a state that this version does not know', { json0: JSON.stringify({ state: 'pondering' }) }],
    ['the columns of an older release', { state: 'sent', attempts: '[]', owner: 'm0' }],
  ])('is overwritten, at the cost of one message twice: %s', async (_what, columns) => {
    await using there = await tabled();
    for (const key of [eventKey(examples.scale.id), STATE]) await there.table.createEntity(row(key, columns));

    expect(await there.relay.deliver(deliveryTo(['slack']), 'm1')).toMatchObject([{ outcome: 'sent' }]);
    expect(await there.relay.deliver(deliveryTo(['slack']), 'm2')).toMatchObject([
      { outcome: 'duplicate', reason: 'sent' },
    ]);
    expect(there.chat.received).toHaveLength(1);
  });

  it('of an event of a later release is read by what every kind has, and not sent again', async () => {
    await using there = await tabled();
    const { title: _, text: __, ...known } = examples.custom;
    const event = { ...known, kind: 'forecast', peak: 9 };
    await there.relay.deliver(deliveryTo(['slack'], { event: examples.custom }), 'm1');
    const found = await there.ledger.read('slack', eventKey(known.id));
    const value = { ...(found?.value as object), event };
    await there.ledger.write('slack', [{ kind: 'put', key: eventKey(known.id), value }]);

    expect(await there.relay.deliver({ ...deliveryTo(['slack']), event }, 'm2')).toMatchObject([
      { outcome: 'duplicate', reason: 'sent' },
    ]);
  });

  it('does not keep the others of a list from being read', async () => {
    await using there = await tabled();
    await there.table.createEntity(row('event:0', { json0: '{"state":' }));
    await there.relay.deliver(deliveryTo(['slack']), 'm1');

    const values: unknown[] = [];
    for await (const page of there.ledger.list('slack', { from: 'event:', to: 'event:~' })) {
      values.push(...page.map(({ value }) => value));
    }
    expect(values).toMatchObject([undefined, { state: 'sent' }]);
  });
});

describe('a large row', () => {
  const of = (text: string) => ({ kind: 'put', key: 'event:large', value: { text } }) as const;

  it('is read as it was written', async () => {
    await using there = await tabled();
    const change = of('x'.repeat(450_000));

    await there.ledger.write('slack', [change]);

    const read = await there.ledger.read('slack', change.key);
    expect(JSON.stringify(read?.value) === JSON.stringify(change.value)).toBe(true);
  });

  // Two, because every second cut falls into a character. As many as Azurite reads in one piece: it breaks characters between two.
  it.each(['', 'x'])('is cut between characters, whatever comes first (%j)', async (first) => {
    await using there = await tabled();
    const change = of(first + '😀'.repeat(15_200));

    await there.ledger.write('slack', [change]);

    const { json0, json1 } = await there.table.getEntity<Record<string, string>>('slack', change.key);
    expect([json0, json1].map((each) => each?.isWellFormed())).toStrictEqual([true, true]);
    expect(`${json0}${json1}` === JSON.stringify(change.value)).toBe(true);
  });

  it('that no row can hold is refused, and not written in part', async () => {
    await using there = await tabled();
    const change = of('x'.repeat(500_000));

    await expect(there.ledger.write('slack', [change])).rejects.toMatchObject({
      code: 'storage',
      message: 'the ledger did not take the change: EntityTooLarge',
    });
    expect(await there.ledger.read('slack', change.key)).toBeUndefined();
  });
});
