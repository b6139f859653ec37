import { describe, expect, it } from 'vitest';
import { sources } from '../../src/sources/registry.ts';
import { fixturesOf, receive } from '../support/fixtures.ts';
import { read } from '../support/normalize.ts';

const LONG_BEFORE = '2006-11-20T14:05:10.000Z';

const RECEIVED = '2026-11-20T14:05:10.000Z';

const eventsOf = (result: ReturnType<typeof read>) => ('reply' in result ? [] : result);

describe.each(sources.map(({ name }) => name).filter((name) => name !== 'custom'))('a time that %s tells', (source) => {
  it('is not believed where it is still far off: it happened when it came, and the time is shown', () => {
    for (const { name, body, headers } of fixturesOf(source)) {
      const events = eventsOf(read(receive(body, undefined, headers), source));
      const early = eventsOf(read({ ...receive(body, undefined, headers), receivedAt: LONG_BEFORE }, source));
      for (const [index, { occurredAt, properties, ...event }] of early.entries()) {
        expect(event, name).not.toHaveProperty('firedAt', expect.any(String));
        const told = events[index]?.occurredAt;
        expect(occurredAt, name).toBe(LONG_BEFORE);
        if (told !== RECEIVED) expect(properties, name).toMatchObject({ occurredAt: told });
      }
    }
  });
});
