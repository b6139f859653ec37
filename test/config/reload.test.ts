import { describe, expect, it } from 'vitest';
import { FRESH_MILLISECONDS, reloading, type Version } from '../../src/config/reload.ts';
import { ConfigurationError, type Problem, StorageError } from '../../src/problems/errors.ts';

const AT = '2026-11-20T14:00:00.000Z';
const gone = new ConfigurationError([{ path: 'RELAY_CONFIG_BLOB', message: 'the blob that it names is not there' }]);

/** A text that tests change: what begins with "bad" cannot be used. */
function source(first: string | Error) {
  const state = {
    stored: first,
    reads: 0,
    time: 0,
    told: [] as (readonly Problem[])[],
    states: [] as string[],
    made: 0,
  };
  const current = reloading({
    async read(etag): Promise<Version | 'unchanged'> {
      state.reads += 1;
      const { stored } = state;
      if (stored instanceof Error) throw stored;
      return etag === stored ? 'unchanged' : { text: stored, etag: stored, changedAt: AT };
    },
    async make(text) {
      state.made += 1;
      if (text.startsWith('bad')) throw new ConfigurationError([{ path: 'line 1', message: text }]);
      return { text };
    },
    onProblem(problems, _at, what) {
      state.told.push(problems);
      state.states.push(what);
    },
    now: () => state.time,
  });
  const later = () => {
    state.time += FRESH_MILLISECONDS;
    return current();
  };
  return { state, current, later };
}

describe('a configuration that may change', () => {
  it('is read when first used, and not again for a while', async () => {
    const { state, current } = source('one');

    const [first] = await Promise.all([current(), current(), current()]);
    state.time = FRESH_MILLISECONDS - 1;

    expect(await current()).toBe(first);
    expect(state.reads).toBe(1);
  });

  it('stays the very same where it has not changed', async () => {
    const { state, current, later } = source('one');
    const first = await current();

    expect(await later()).toBe(first);
    expect(state).toMatchObject({ reads: 2, made: 1 });
  });

  it('is taken over as a whole once it has changed', async () => {
    const { state, current, later } = source('one');
    await current();
    state.stored = 'two';

    expect(await current()).toStrictEqual({ text: 'one' });
    expect(await later()).toStrictEqual({ text: 'two' });
    expect(state.told).toStrictEqual([]);
  });

  it('that is bad is told once, and the last good one stays in force', async () => {
    const { state, current, later } = source('one');
    const first = await current();
    state.stored = 'bad';

    expect(await later()).toBe(first);
    expect(await later()).toBe(first);
    expect(state.told).toStrictEqual([[{ path: 'line 1', message: 'bad' }]]);
  });

  it('that is bad in another way is told again, and mended takes over', async () => {
    const { state, current, later } = source('one');
    await current();
    for (const text of ['bad', 'bad as well', 'two']) {
      state.stored = text;
      await later();
    }

    expect(state.told).toHaveLength(2);
    expect(await current()).toStrictEqual({ text: 'two' });
  });

  it('that is taken away is told once, and comes back', async () => {
    const { state, current, later } = source('one');
    const first = await current();
    state.stored = gone;

    expect(await later()).toBe(first);
    expect(await later()).toBe(first);
    expect(state.told).toStrictEqual([gone.problems]);
    state.stored = 'two';
    expect(await later()).toStrictEqual({ text: 'two' });
  });

  it('that is taken away is one matter for all who had the same', async () => {
    const states = await Promise.all(
      [1, 2].map(async (instance) => {
        const { state, current, later } = source('one');
        await current();
        state.stored = gone;
        state.time += instance;
        await later();
        return state.states;
      }),
    );

    expect(states[0]).toHaveLength(1);
    expect(states[1]).toStrictEqual(states[0]);
  });

  it('stays in force while storage does not answer, and nobody is told', async () => {
    const { state, current, later } = source('one');
    const first = await current();
    state.stored = new StorageError('the configuration could not be read', 'no answer');

    expect(await later()).toBe(first);
    expect(state.told).toStrictEqual([]);
  });

  it.each([
    ['bad', ConfigurationError],
    [gone, ConfigurationError],
    [new StorageError('the configuration could not be read', 'no answer'), StorageError],
  ])('that never was good is a failure until it is (%s)', async (text, kind) => {
    const { state, current, later } = source(text);

    await expect(current()).rejects.toThrow(kind);
    await expect(later()).rejects.toThrow(kind);
    expect(state.told).toStrictEqual([]);
    state.stored = 'one';
    await expect(current()).rejects.toThrow(kind);
    expect(await later()).toStrictEqual({ text: 'one' });
  });

  it('stays in use while a look gets no answer', async () => {
    const { promise: never } = Promise.withResolvers<Version>();
    let time = 0;
    let reads = 0;
    const current = reloading({
      read: () => {
        reads += 1;
        return reads === 1 ? Promise.resolve({ text: 'one', etag: 'one', changedAt: AT }) : never;
      },
      make: async (text) => ({ text }),
      onProblem: () => undefined,
      now: () => time,
    });
    const first = await current();
    time = FRESH_MILLISECONDS;

    expect(await Promise.all([current(), current(), current()])).toStrictEqual([first, first, first]);
    expect(await current()).toBe(first);
    expect(reads).toBe(2);
  });

  it('that was not to be had at first is looked for again by the next call, at most once a second', async () => {
    const { state, current } = source(new StorageError('the configuration could not be read', 'no answer'));
    await expect(current()).rejects.toThrow(StorageError);
    state.stored = 'one';
    state.time = 999;
    await expect(current()).rejects.toThrow(StorageError);
    expect(state.reads).toBe(1);

    state.time = 1_000;

    expect(await current()).toStrictEqual({ text: 'one' });
  });
});
