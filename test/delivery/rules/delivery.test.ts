import { expect, it } from 'vitest';
import { delivery, queueMessage, receiverName } from '../../../src/delivery/rules/delivery.ts';
import { examples } from '../../support/examples.ts';
import { changed } from '../../support/fixtures.ts';

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
  ['an event that is none', { event: { kind: 'party' } }],
  ['another replay than there is', { replay: true }],
])('refuses a delivery with %s', (_what, change) => {
  expect(delivery.safeParse(changed(message, change)).success).toBe(false);
});

it('names each receiver once', () => {
  const receivers = ['ops', 'ops-slack', 'ops'];

  expect(delivery.parse({ ...message, receivers }).receivers).toStrictEqual(['ops', 'ops-slack']);
});

it('drops what a delivery does not hold, such as a URL', () => {
  expect(delivery.parse({ ...message, url: 'https://hooks.slack.com/services/T/B/x' })).toStrictEqual(message);
});

it('takes an event of a kind that only a later release knows for one of its own', () => {
  const { event } = delivery.parse({ ...message, event: { ...examples.custom, kind: 'forecast' } });

  expect(event).toMatchObject({ kind: 'custom', id: examples.custom.id });
});

it('takes a flush, and refuses one of another version or for a URL', () => {
  const flush = { version: 1, flush: 'ops-slack' };

  expect(queueMessage.parse(flush)).toStrictEqual(flush);
  for (const change of [{ version: 2 }, { flush: 'https://hooks.slack.com/services/T/B/x' }, { flush: undefined }]) {
    expect(queueMessage.safeParse(changed(flush, change)).success).toBe(false);
  }
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
