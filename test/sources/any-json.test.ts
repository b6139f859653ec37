import fc from 'fast-check';
import { expect, it } from 'vitest';
import { event as eventSchema, type RelayEvent } from '../../src/event/event.ts';
import { RelayError } from '../../src/problems/errors.ts';
import { sources } from '../../src/sources/registry.ts';
import { changed, fixturesOf, receive } from '../support/fixtures.ts';
import { read as readFrom } from '../support/normalize.ts';

/** The events of a body, or the refusal that was foreseen; anything else is thrown. */
function read(payload: unknown, source?: string): readonly RelayEvent[] | RelayError {
  try {
    const result = readFrom(receive(payload), source);
    return 'reply' in result ? [] : result;
  } catch (error) {
    if (error instanceof RelayError) return error;
    throw error;
  }
}

const anyJson = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' });
const anyText = fc.string({ unit: 'binary', maxLength: 3_000 });

/** Mostly what the field holds, so that some bodies get through; sometimes anything. */
const mostly = (...good: readonly fc.Arbitrary<unknown>[]) =>
  fc.oneof({ weight: 20, arbitrary: fc.oneof(...good) }, { weight: 1, arbitrary: anyJson });

const autoscale = fc.record(
  {
    operation: mostly(fc.constantFrom('Scale Out', 'Scale In')),
    context: fc.record(
      {
        timestamp: mostly(fc.constant('2026-11-20T14:05:09.1234567Z')),
        id: mostly(anyText),
        name: mostly(anyText),
        details: mostly(anyText),
        resourceName: mostly(anyText),
        resourceId: mostly(
          anyText,
          fc.webPath().map((path) => `/subscriptions${path}`),
        ),
        portalLink: mostly(anyText, fc.webUrl()),
        oldCapacity: mostly(fc.nat(1_000_000), fc.nat(1_000_000).map(String)),
        newCapacity: mostly(fc.nat(1_000_000), fc.nat(1_000_000).map(String)),
      },
      { requiredKeys: ['timestamp', 'resourceName', 'newCapacity'] },
    ),
    properties: mostly(fc.dictionary(anyText, anyJson)),
  },
  { requiredKeys: ['operation', 'context'] },
);

it.each([undefined, ...sources.map(({ name }) => name)])('any JSON gives events or a refusal (source %s)', (source) => {
  fc.assert(
    fc.property(anyJson, (payload) => {
      read(payload, source);
    }),
    { numRuns: 500 },
  );
});

it('any JSON that looks like an autoscale webhook gives one event or a refusal', () => {
  let events = 0;
  fc.assert(
    fc.property(autoscale, (payload) => {
      const result = read(payload);
      if (result instanceof RelayError) return;
      events += 1;
      expect(result).toHaveLength(1);
    }),
    { numRuns: 500 },
  );

  expect(events).toBeGreaterThan(50);
});

it('any value in one field of a good body gives events that the schema takes, or a refusal with paths', () => {
  const { body } = fixturesOf('azure-autoscale').find(({ name }) => name === 'scale-set-out') ?? {};
  const { context, ...rest } = body as { context: Record<string, unknown> };
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(context)), anyJson, (field, value) => {
      const result = read({ ...rest, context: changed(context, { [field]: value }) });

      if (result instanceof RelayError) expect(result.problems.length).toBeGreaterThan(0);
      else expect(result.map((each) => eventSchema.safeParse(each).success)).toStrictEqual([true]);
    }),
    { numRuns: 500 },
  );
});
