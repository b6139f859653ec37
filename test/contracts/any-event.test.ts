import fc from 'fast-check';
import { expect, it } from 'vitest';
import { delivery } from '../../src/delivery/delivery.ts';
import { slackLimits } from '../../src/formatters/slack.ts';
import { teamsLimits } from '../../src/formatters/teams.ts';
import { anyEvent } from '../support/any-event.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { wire } from '../support/fixtures.ts';
import {
  destinationNames,
  localeNames,
  payloadOf,
  refusalOf,
  slackPayload,
  teamsPayload,
} from '../support/payloads.ts';

const look = fc.record({
  locale: fc.constantFrom(...localeNames),
  timeZone: fc.constantFrom('UTC', 'Asia/Seoul', 'America/St_Johns'),
  form: fc.constantFrom('format', 'plain'),
});

it.each(destinationNames)('any event makes a message that %s takes', (name) => {
  fc.assert(
    fc.property(anyEvent, look, (event, how) => {
      expect(refusalOf(name, payloadOf(name, event, how))).toBeUndefined();
    }),
    { numRuns: 400 },
  );
});

it('any event makes messages within the limits of each chat', () => {
  fc.assert(
    fc.property(anyEvent, look, (event, how) => {
      expect(slackLimits.size(slackPayload(event, how))).toBeLessThanOrEqual(slackLimits.most);
      expect(teamsLimits.size(teamsPayload(event, how))).toBeLessThanOrEqual(teamsLimits.most);
    }),
    { numRuns: 400 },
  );
});

it('any event is small enough for a message of the queue', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      expect(Buffer.byteLength(JSON.stringify(deliveryTo(['ops'], { event })))).toBeLessThan(48 * 1024);
    }),
    { numRuns: 200 },
  );
});

it('any event has a sentence of at most 300 characters', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const { summary } = teamsPayload(event);

      expect(summary.replaceAll('\u200b', '').length).toBeLessThanOrEqual(300);
      expect(summary).toMatch(/[.…]$/);
    }),
    { numRuns: 400 },
  );
});

it('any event can be read from the queue', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      expect(delivery.safeParse(wire(deliveryTo(['ops'], { event }))).success).toBe(true);
    }),
    { numRuns: 200 },
  );
});
