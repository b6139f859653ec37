import { describe, expect, it } from 'vitest';
import { webhookLine } from '../../src/local/webhook-line.ts';

const facts = (more: object): string =>
  JSON.stringify({
    ...{ outcome: 'accepted', source: 'custom', kinds: ['custom'], count: 1 },
    ...{ ids: ['578fc737ca9026977df9ea2ccc34fce9'], receivers: ['ops'], unrouted: 0, ...more },
  });

describe('the line about an accepted webhook', () => {
  it.each<[string, object, string | undefined]>([
    ['one event and its receivers', {}, 'accepted   custom  event 578fc737ca90  for ops'],
    ['many events', { count: 12, receivers: ['ops', 'dev'] }, 'accepted   custom  12 events  for ops, dev'],
    [
      'an event that nobody wants',
      { receivers: [], unrouted: 1 },
      'accepted   custom  event 578fc737ca90  no route takes it',
    ],
    [
      'some that nobody wants',
      { count: 3, unrouted: 2 },
      'accepted   custom  3 events  for ops  no route takes 2 of them',
    ],
    ['nothing that is reported', { count: 0, ids: [], receivers: [] }, undefined],
  ])('tells of %s', (_what, more, line) => {
    expect(webhookLine(facts(more))).toBe(line);
  });

  it('is none for a webhook that was refused: the line about the request says it', () => {
    expect(webhookLine(JSON.stringify({ outcome: 'refused', status: 422, reason: 'payload' }))).toBeUndefined();
  });
});
