import fc from 'fast-check';
import { expect, it } from 'vitest';
import { delivery } from '../../src/delivery/rules/delivery.ts';
import { slackLimits } from '../../src/destinations/slack/message.ts';
import { teamsLimits } from '../../src/destinations/teams/message.ts';
import { event as eventSchema } from '../../src/event/event.ts';
import { anyEvent } from '../support/any-event.ts';
import { anyInstant, someText } from '../support/any-text.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { wire } from '../support/fixtures.ts';
import {
  destinationNames,
  localeNames,
  type Manner,
  payloadOf,
  refusalOf,
  slackPayload,
  teamsPayload,
} from '../support/payloads.ts';
import { share } from '../support/sweep.ts';

const manner: fc.Arbitrary<Manner> = fc.record(
  {
    locale: fc.constantFrom(...localeNames),
    timeZone: fc.constantFrom('UTC', 'Asia/Seoul', 'America/St_Johns'),
    form: fc.constantFrom('format', 'plain'),
    telling: fc.record(
      {
        late: fc.boolean(),
        replayed: fc.record({ over: anyInstant }, { requiredKeys: [] }),
        repeated: fc.record({ count: fc.integer({ min: 2, max: 100_000 }), since: anyInstant }),
      },
      { requiredKeys: [] },
    ),
    mention: fc.record({
      type: fc.constantFrom('user', 'group'),
      id: fc.stringMatching(/^[A-Z0-9]{1,40}$/),
      name: someText.map((text) => text.slice(0, 80).toWellFormed()),
    }),
  },
  { requiredKeys: ['locale', 'timeZone', 'form'] },
);

it.each(destinationNames)('any event makes a message that %s takes', (name) => {
  fc.assert(
    fc.property(anyEvent, manner, (event, how) => {
      expect(refusalOf(name, payloadOf(name, event, how))).toBeUndefined();
    }),
    { numRuns: share(400) },
  );
});

it('any event makes messages within the limits of each chat', () => {
  fc.assert(
    fc.property(anyEvent, manner, (event, how) => {
      expect(slackLimits.size(slackPayload(event, how))).toBeLessThanOrEqual(slackLimits.most);
      expect(teamsLimits.size(teamsPayload(event, how))).toBeLessThanOrEqual(teamsLimits.most);
    }),
    { numRuns: share(400) },
  );
});

it('any event is in the form for programs, by its schema and whole or without its long texts', () => {
  fc.assert(
    fc.property(anyEvent, manner, (event, how) => {
      const { data } = payloadOf('webhook', event, how) as { data: unknown };

      expect(wire(eventSchema.parse(data))).toStrictEqual(wire(data));
      if (how.form === 'format') expect(data).toStrictEqual(event);
    }),
    { numRuns: share(400) },
  );
});

it('any event is small enough for a message of the queue', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      expect(Buffer.byteLength(JSON.stringify(deliveryTo(['ops'], { event })))).toBeLessThan(48 * 1024);
    }),
    { numRuns: share(200) },
  );
});

it('any event has a sentence of at most 300 characters', () => {
  fc.assert(
    fc.property(anyEvent, manner, (event, how) => {
      const { summary } = teamsPayload(event, how);

      expect(summary.replaceAll('\u200b', '').length).toBeLessThanOrEqual(300);
      expect(summary).toMatch(/[.…]$/);
    }),
    { numRuns: share(400) },
  );
});

it('any event can be read from the queue', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      expect(delivery.safeParse(wire(deliveryTo(['ops'], { event }))).success).toBe(true);
    }),
    { numRuns: share(200) },
  );
});
