import { describe, expect, inject, it } from 'vitest';
import { StorageError } from '../../src/errors.ts';
import { azureLedger } from '../../src/outbound/azure-ledger.ts';
import type { Ledger } from '../../src/ports.ts';
import { MemoryLedger } from '../support/ports.ts';
import { at, claimed, ended, wish } from './claims.ts';
import { newTableName } from './storage-names.ts';

describe.each([
  ['in memory', (): Ledger => new MemoryLedger()],
  ['of Azure Storage', (): Ledger => azureLedger({ connectionString: inject('storage') }, newTableName())],
] as const)('a ledger %s', (_where, open) => {
  it('gives the first claim, as an entry that is being sent', async () => {
    const { entry } = await claimed(open());

    expect(entry).toStrictEqual({
      eventId: wish().eventId,
      receiver: 'ops-slack',
      state: 'sending',
      attempt: 0,
      owner: 'first',
      leaseUntil: at(30),
      updatedAt: at(0),
      attempts: [],
    });
  });

  it('tells another owner until when the claim is leased', async () => {
    const ledger = open();
    await claimed(ledger);

    expect(await ledger.claim(wish({ owner: 'second', now: at(5), leaseUntil: at(35) }))).toStrictEqual({
      kind: 'leased',
      until: at(30),
    });
  });

  it('gives one of twenty claims at the same time, and leases it to the rest', async () => {
    const ledger = open();

    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ledger.claim(wish({ owner: `owner-${index}` }))),
    );

    expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === 'leased')).toHaveLength(19);
  });

  it('gives an expired lease to one of twenty claims at the same time', async () => {
    const ledger = open();
    await claimed(ledger);

    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        ledger.claim(wish({ owner: `owner-${index}`, now: at(31), leaseUntil: at(61) })),
      ),
    );

    expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === 'leased')).toHaveLength(19);
  });

  it('lets the same owner take over at once', async () => {
    const ledger = open();
    await claimed(ledger);

    const { entry } = await claimed(ledger, { now: at(5), leaseUntil: at(35) });

    expect(entry).toMatchObject({ state: 'sending', leaseUntil: at(35) });
  });

  it.each([
    [29, 'leased'],
    [30, 'claimed'],
  ] as const)('at second %i of a lease until second 30, is %s for another owner', async (second, kind) => {
    const ledger = open();
    await claimed(ledger);

    const claim = await ledger.claim(wish({ owner: 'second', now: at(second), leaseUntil: at(second + 30) }));

    expect(claim.kind).toBe(kind);
  });

  it.each(['sent', 'dead'] as const)('is settled once it is recorded as %s, even for the same owner', async (state) => {
    const ledger = open();
    const claim = await claimed(ledger);
    const outcome = ended(claim.entry, { state });

    await claim.record(outcome);

    expect(await ledger.claim(wish({ now: at(99), leaseUntil: at(129) }))).toStrictEqual({
      kind: 'settled',
      entry: outcome,
    });
  });

  it('gives a waiting entry to anybody who comes for the awaited attempt, with its history', async () => {
    const ledger = open();
    const claim = await claimed(ledger);
    const outcome = ended(claim.entry, { state: 'waiting', attempt: 1 });
    await claim.record(outcome);

    const { entry } = await claimed(ledger, { owner: 'second', attempt: 1, now: at(6), leaseUntil: at(36) });

    expect(entry).toMatchObject({ attempt: 1, owner: 'second', attempts: outcome.attempts });
  });

  it('is settled for an attempt that is over', async () => {
    const ledger = open();
    const claim = await claimed(ledger);
    await claim.record(ended(claim.entry, { state: 'waiting', attempt: 1 }));

    expect((await ledger.claim(wish({ attempt: 0 }))).kind).toBe('settled');
  });

  it('refuses the record of a claim that was taken over, and keeps the record of who took it', async () => {
    const ledger = open();
    const early = await claimed(ledger);
    const late = await claimed(ledger, { owner: 'second', now: at(31), leaseUntil: at(61) });

    await expect(early.record(ended(early.entry, { state: 'dead' }))).rejects.toBeInstanceOf(StorageError);

    await late.record(ended(late.entry, { state: 'sent' }));
    expect(await ledger.claim(wish())).toMatchObject({ kind: 'settled', entry: { state: 'sent', owner: 'second' } });
  });

  it('keeps receivers of one event apart', async () => {
    const ledger = open();
    await claimed(ledger);

    expect((await claimed(ledger, { receiver: 'ops-teams', owner: 'second' })).entry.receiver).toBe('ops-teams');
  });

  it('takes ids of any characters and keeps them apart', async () => {
    const ledger = open();
    const ids = ['a/b', 'a\\b', 'a#b', 'a?b', 'a%2Fb', 'a\nb', 'a\u0000b', "a'b", '확장 ☂ 🚀', ' ', 'x'.repeat(2_000)];

    const entries = await Promise.all(ids.map(async (eventId) => (await claimed(ledger, { eventId })).entry));

    expect(entries.map(({ eventId }) => eventId)).toStrictEqual(ids);
    const again = await Promise.all(ids.map((eventId) => ledger.claim(wish({ eventId, owner: 'second' }))));
    expect(again.map(({ kind }) => kind)).toStrictEqual(ids.map(() => 'leased'));
  });

  it('gives every receiver its claim when many are the first at the same time', async () => {
    const ledger = open();
    const names = Array.from({ length: 20 }, (_, index) => `receiver-${index}`);

    const entries = await Promise.all(names.map(async (receiver) => (await claimed(ledger, { receiver })).entry));

    expect(entries.map(({ receiver }) => receiver)).toStrictEqual(names);
  });

  it('can be checked before anything was claimed', async () => {
    await expect(open().check()).resolves.toBeUndefined();
  });
});
