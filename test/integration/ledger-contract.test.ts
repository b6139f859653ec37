import { describe, expect, inject, it, vi } from 'vitest';
import type { Change, Ledger, Range, Row } from '../../src/delivery/ports.ts';
import { azureLedger } from '../../src/outbound/storage/ledger.ts';
import { MemoryLedger } from '../support/ports.ts';
import { newTableName } from './storage-names.ts';

const insert = (key: string, value: unknown): Change => ({ kind: 'insert', key, value });
const put = (key: string, value: unknown): Change => ({ kind: 'put', key, value });
const remove = (key: string): Change => ({ kind: 'delete', key });
const replace = (key: string, value: unknown, etag = ''): Change => ({ kind: 'replace', key, value, etag });

const ALL: Range = { from: 'a', to: 'z' };

async function rowsOf(ledger: Ledger, partition: string, range = ALL): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const page of ledger.list(partition, range)) rows.push(...page);
  return rows;
}

const keysOf = async (ledger: Ledger, partition: string, range = ALL) =>
  (await rowsOf(ledger, partition, range)).map(({ key }) => key);

/** Writes what must not be refused, and resolves with the new etags. */
async function written(ledger: Ledger, partition: string, ...changes: readonly Change[]) {
  const etags = await ledger.write(partition, changes);
  if (etags === 'conflict') throw new Error('expected the change to be taken');
  return etags;
}

describe.each([
  ['in memory', (): Ledger => new MemoryLedger()],
  ['of Azure Storage', (): Ledger => azureLedger({ connectionString: inject('storage') }, newTableName())],
] as const)('a ledger %s', (_where, open) => {
  it('is empty at first, and can be read, listed, cleaned and checked before anything was written', async () => {
    const ledger = open();

    expect(await ledger.read('ops', 'event:1')).toBeUndefined();
    expect(await rowsOf(ledger, 'ops')).toStrictEqual([]);
    expect(await ledger.clean('event:', '2100-01-01T00:00:00.000Z')).toBe(0);
    await expect(ledger.check()).resolves.toBeUndefined();
  });

  it.each([
    ['an object', { state: 'sent', list: [1, null, { deep: true }], at: '2026-11-20T14:05:09.000Z' }],
    ['text beyond ASCII', '확장됨 – ☂ 🚀 "<&>\\ \u0001 \n'],
    ['nothing much', {}],
    ['a number', 0],
    ['48 KiB of Korean', { text: '확'.repeat(16 * 1024) }],
    ['48 KiB of ASCII', { text: 'x'.repeat(48 * 1024) }],
    ['48 KiB of emoji, which a row must not cut in two', { text: `-${'🚀'.repeat(12 * 1024)}` }],
  ])('gives %s back as it was written', async (_what, value) => {
    const ledger = open();

    const etags = await written(ledger, 'ops', insert('event:1', value));

    expect(await ledger.read('ops', 'event:1')).toStrictEqual({
      key: 'event:1',
      etag: etags.get('event:1'),
      value,
      changedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  it('writes twenty large events, each with a copy, in one transaction', async () => {
    const ledger = open();
    // As many as leave with a digest at once, each as large as a queue message can be.
    const text = '확'.repeat(16 * 1024);
    const changes = Array.from({ length: 20 }, (_, index) => [put(`dead:${index}`, text), put(`event:${index}`, text)]);

    await written(ledger, 'ops', ...changes.flat());

    expect(await rowsOf(ledger, 'ops')).toHaveLength(40);
  });

  it('takes keys of all characters that they may have, and keeps partitions apart', async () => {
    const ledger = open();
    const keys = ['state', 'parked:2026-11-20T14:05:09.962Z:0af3', 'dead:a_b-c.d~e', "quote'd"];
    for (const partition of ['ops', 'ops-2', '~unread']) {
      await written(ledger, partition, ...keys.map((key) => insert(key, `${partition} ${key}`)));
    }

    for (const partition of ['ops', 'ops-2', '~unread']) {
      for (const key of keys) expect((await ledger.read(partition, key))?.value).toBe(`${partition} ${key}`);
    }
  });

  describe('inserts', () => {
    it('a row that is not there, once', async () => {
      const ledger = open();
      await written(ledger, 'ops', insert('event:1', 'first'));

      expect(await ledger.write('ops', [insert('event:1', 'second')])).toBe('conflict');
      expect((await ledger.read('ops', 'event:1'))?.value).toBe('first');
    });

    it('for one of twenty at the same moment', async () => {
      const ledger = open();

      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) => ledger.write('ops', [insert('event:1', index)])),
      );

      expect(results.filter((result) => result !== 'conflict')).toHaveLength(1);
    });
  });

  describe('replaces', () => {
    it('a row that is as it was read, and gives another etag', async () => {
      const ledger = open();
      const before = await written(ledger, 'ops', insert('state', 1));

      const after = await written(ledger, 'ops', replace('state', 2, before.get('state')));

      expect(after.get('state')).not.toBe(before.get('state'));
      expect(await ledger.read('ops', 'state')).toMatchObject({ value: 2, etag: after.get('state') });
    });

    it('no row that somebody else has changed, and none that is not there', async () => {
      const ledger = open();
      const before = await written(ledger, 'ops', insert('state', 1));
      await written(ledger, 'ops', put('state', 2));

      expect(await ledger.write('ops', [replace('state', 3, before.get('state'))])).toBe('conflict');
      expect(await ledger.write('ops', [replace('other', 3, before.get('state'))])).toBe('conflict');
      expect((await ledger.read('ops', 'state'))?.value).toBe(2);
    });

    it('for one of twenty who read the same', async () => {
      const ledger = open();
      const before = await written(ledger, 'ops', insert('state', 0));

      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          ledger.write('ops', [replace('state', index, before.get('state')), put(`event:${index}`, index)]),
        ),
      );

      expect(results.filter((result) => result !== 'conflict')).toHaveLength(1);
      expect(await keysOf(ledger, 'ops', { from: 'event:', to: 'event:~' })).toHaveLength(1);
    });

    it('a large value by a small one, whole', async () => {
      const ledger = open();
      await written(ledger, 'ops', put('event:1', 'x'.repeat(100_000)));
      await written(ledger, 'ops', put('event:1', 'y'));

      expect((await ledger.read('ops', 'event:1'))?.value).toBe('y');
    });
  });

  describe('deletes', () => {
    it('a row that is there, once', async () => {
      const ledger = open();
      await written(ledger, 'ops', put('parked:1', 1), put('parked:2', 2));

      await written(ledger, 'ops', remove('parked:1'));

      expect(await ledger.write('ops', [remove('parked:1')])).toBe('conflict');
      expect(await keysOf(ledger, 'ops')).toStrictEqual(['parked:2']);
    });

    it('no row together with others where it is not there', async () => {
      const ledger = open();
      await written(ledger, 'ops', put('state', 1));

      expect(await ledger.write('ops', [put('event:1', 1), remove('parked:1')])).toBe('conflict');
      expect(await keysOf(ledger, 'ops')).toStrictEqual(['state']);
    });
  });

  describe('several changes together', () => {
    it('may delete some rows and write others', async () => {
      const ledger = open();
      await written(ledger, 'ops', put('parked:1', 1), put('parked:2', 1));

      const etags = await written(
        ledger,
        'ops',
        remove('parked:1'),
        put('event:1', 1),
        remove('parked:2'),
        put('a', 1),
      );

      expect(await keysOf(ledger, 'ops')).toStrictEqual(['a', 'event:1']);
      for (const key of ['a', 'event:1']) expect((await ledger.read('ops', key))?.etag).toBe(etags.get(key));
    });

    it.each<[string, (etag: string | undefined) => Change]>([
      ['an insert of what is there', () => insert('there', 2)],
      [
        'a replacement of what was changed',
        () => replace('changed', 2, 'W/"datetime\'2020-01-01T00%3A00%3A00.000Z\'"'),
      ],
      ['a deletion of what is not there', () => remove('not-there')],
    ])('are none where one is refused: %s', async (_what, refused) => {
      const ledger = open();
      const etags = await written(ledger, 'ops', put('there', 1), put('changed', 1), put('state', 1));

      const result = await ledger.write('ops', [
        insert('event:1', 1),
        replace('state', 2, etags.get('state')),
        refused(etags.get('changed')),
        put('story:1', 1),
      ]);

      expect(result).toBe('conflict');
      expect(await keysOf(ledger, 'ops')).toStrictEqual(['changed', 'state', 'there']);
      expect((await ledger.read('ops', 'state'))?.value).toBe(1);
    });

    it('give an etag for each that is written, which the next change can go by', async () => {
      const ledger = open();

      const etags = await written(ledger, 'ops', insert('state', 1), insert('event:1', 1), put('story:1', 1));

      expect([...etags.keys()]).toStrictEqual(['state', 'event:1', 'story:1']);
      for (const [key, etag] of etags) {
        expect((await ledger.read('ops', key))?.etag).toBe(etag);
        await written(ledger, 'ops', replace(key, 2, etag));
      }
    });

    it('are up to a hundred', async () => {
      const ledger = open();

      await written(ledger, 'ops', ...Array.from({ length: 100 }, (_, index) => put(`event:${index}`, index)));

      expect(await rowsOf(ledger, 'ops')).toHaveLength(100);
    });

    it('make the table where there is none, however many are the first', async () => {
      const ledger = open();

      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          written(ledger, `ops-${index}`, insert('state', index), insert('event:1', index)),
        ),
      );

      for (let index = 0; index < 20; index += 1) expect(await rowsOf(ledger, `ops-${index}`)).toHaveLength(2);
    });
  });

  describe('lists', () => {
    it('in the order of the keys, from the first to before the last, of one partition', async () => {
      const ledger = open();
      const keys = ['parked:2026-11-20T14:05:10.000Z:b', 'parked:2026-11-20T14:05:09.000Z:c', 'event:1', 'state'];
      await written(ledger, 'ops', ...keys.map((key) => put(key, key)));
      await written(ledger, 'other', put('parked:0', 0));

      expect(await keysOf(ledger, 'ops', { from: 'parked:', to: 'parked:~' })).toStrictEqual([keys[1], keys[0]]);
      expect(await keysOf(ledger, 'ops', { from: 'event:1', to: 'state' })).toStrictEqual([
        'event:1',
        keys[1],
        keys[0],
      ]);
    });

    it('what has changed since, by its own clock', async () => {
      const ledger = open();
      await written(ledger, 'ops', put('event:1', 1), put('event:2', 2));
      await new Promise((done) => setTimeout(done, 20));
      await written(ledger, 'ops', put('event:2', 3));
      const since = (await ledger.read('ops', 'event:2'))?.changedAt ?? '';

      expect(await keysOf(ledger, 'ops', { ...ALL, since })).toStrictEqual(['event:2']);
      expect(await keysOf(ledger, 'ops', { ...ALL, since: '1970-01-01T00:00:00.000Z' })).toHaveLength(2);
      expect(await keysOf(ledger, 'ops', { ...ALL, since: '2100-01-01T00:00:00.000Z' })).toStrictEqual([]);
    });

    it('more than fit into one page, each once', async () => {
      const ledger = open();
      for (let page = 0; page < 13; page += 1) {
        const changes = Array.from({ length: 100 }, (_, index) => put(`event:${page * 100 + index + 1_000}`, index));
        await written(ledger, 'ops', ...changes);
      }

      const keys = await keysOf(ledger, 'ops');

      expect(keys).toHaveLength(1_300);
      expect(keys).toStrictEqual([...new Set(keys)].sort());
    });
  });

  describe('cleans', () => {
    it('every row of a prefix in every partition that was last changed before, and no other', async () => {
      const ledger = open();
      for (const partition of ['ops', 'audit']) {
        await written(ledger, partition, put('event:1', 1), put('event:2', 2), put('dead:1', 1), put('state', 1));
      }
      await new Promise((done) => setTimeout(done, 20));
      await written(ledger, 'ops', put('event:2', 3));
      const before = (await ledger.read('ops', 'event:2'))?.changedAt ?? '';

      expect(await ledger.clean('event:', before)).toBe(3);

      expect(await keysOf(ledger, 'ops')).toStrictEqual(['dead:1', 'event:2', 'state']);
      expect(await keysOf(ledger, 'audit')).toStrictEqual(['dead:1', 'state']);
    });

    it('more than fit into one transaction', async () => {
      const ledger = open();
      for (let page = 0; page < 3; page += 1) {
        await written(ledger, 'ops', ...Array.from({ length: 90 }, (_, at) => put(`event:${page}-${at}`, at)));
      }

      expect(await ledger.clean('event:', '2100-01-01T00:00:00.000Z')).toBe(270);
      expect(await rowsOf(ledger, 'ops')).toStrictEqual([]);
    });
  });
});

describe('a ledger of Azure Storage', () => {
  it('can be listed as slowly as its reader likes: each page has a limit of its own', async () => {
    const ledger = azureLedger({ connectionString: inject('storage') }, newTableName());
    for (let page = 0; page < 11; page += 1) {
      const changes = Array.from({ length: 100 }, (_, index) => put(`dead:${page * 100 + index + 10_000}`, index));
      await written(ledger, 'ops', ...changes);
    }
    const limits: AbortController[] = [];
    using _ = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      const limit = new AbortController();
      limits.push(limit);
      return limit.signal;
    });

    let rows = 0;
    for await (const page of ledger.list('ops', ALL)) {
      rows += page.length;
      // So much time passes that all limits are over.
      for (const limit of limits) limit.abort();
    }

    expect(rows).toBe(1_100);
    expect(limits.length).toBeGreaterThan(1);
  });
});
