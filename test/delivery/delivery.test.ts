import { expect, it } from 'vitest';
import { delivery, receiverName } from '../../src/delivery/delivery.ts';
import { examples } from '../support/examples.ts';
import { changed } from '../support/fixtures.ts';

const message = {
  version: 1,
  event: examples.scale,
  receivers: ['ops-slack'],
  attempt: 0,
  acceptedAt: '2026-11-20T14:05:09.000Z',
};

it('takes a delivery of this version unchanged', () => {
  expect(delivery.parse(message)).toStrictEqual(message);
});

it.each([
  ['another version', { version: 2 }],
  ['no version', { version: undefined }],
  ['no receiver', { receivers: [] }],
  ['a receiver that is a URL', { receivers: ['https://hooks.slack.com/services/T/B/x'] }],
  ['a negative attempt', { attempt: -1 }],
  ['no event', { event: undefined }],
  ['an event of an unknown kind', { event: { ...examples.scale, kind: 'party' } }],
])('refuses a delivery with %s', (_what, change) => {
  expect(delivery.safeParse(changed(message, change)).success).toBe(false);
});

it('drops what a delivery does not hold, such as a URL', () => {
  expect(delivery.parse({ ...message, url: 'https://hooks.slack.com/services/T/B/x' })).toStrictEqual(message);
});

it.each([['ops'], ['ops-slack_2'], ['A'], ['a'.repeat(63)]])('takes %s for the name of a receiver', (name) => {
  expect(receiverName.safeParse(name).success).toBe(true);
});

it.each([[''], ['-ops'], ['_ops'], ['ops/slack'], ['ops slack'], ['운영'], ['a'.repeat(64)], ['ops\n']])(
  'refuses %j as the name of a receiver',
  (name) => {
    expect(receiverName.safeParse(name).success).toBe(false);
  },
);
