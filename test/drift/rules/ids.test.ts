import { describe, expect, it } from 'vitest';
import { setKey, subscriptionOf } from '../../../src/drift/rules/ids.ts';
import { SUBSCRIPTION, scaleSet } from '../support/models.ts';

describe('an ARM id', () => {
  const shouted = { id: scaleSet().id.toUpperCase() };

  it('is the same key in whatever case Azure writes it', () => {
    expect(setKey(shouted)).toBe(setKey(scaleSet()));
  });

  it('names its subscription, in lower case; what is no id of a subscription names none', () => {
    expect(subscriptionOf(shouted.id)).toBe(SUBSCRIPTION);
    expect(['', '/subscriptions/', '/providers/x', 'subscriptions/a1'].map(subscriptionOf)).toStrictEqual([
      '',
      '',
      '',
      '',
    ]);
  });
});
