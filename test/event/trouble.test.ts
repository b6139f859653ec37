import { describe, expect, it } from 'vitest';
import { troublesOf } from '../../src/event/trouble.ts';

const of = (...reasons: readonly (readonly [reason: string, status: number | undefined, count: number])[]) =>
  troublesOf({
    topic: 'driftUnreadable',
    reason: reasons.map(([reason]) => reason).join(', '),
    reasons: reasons.map(([reason, status, count]) => ({ reason, count, ...(status !== undefined && { status }) })),
  });

describe('what is wrong with what Azure does not let itself be read', () => {
  it.each([
    ['Conflict', 409, 'azureBusy'],
    ['OperationNotAllowed', 409, 'azureBusy'],
    ['TooManyRequests', 429, 'azureBusy'],
    ['InternalServerError', 500, 'azureBusy'],
    ['503', 503, 'azureBusy'],
    ['TimedOut', undefined, 'azureBusy'],
    ['NotUnderstood', 200, 'azureStrange'],
    ['LinkedAuthorizationFailed', 403, 'noRole'],
    ['AuthorizationFailed', 403, 'noRole'],
    ['SubscriptionNotFound', 404, 'driftUnreadable'],
  ])('%s (%s) is %s', (reason, status, trouble) => {
    expect(of([reason, status, 3])).toStrictEqual([{ trouble, count: 3 }]);
  });

  it('comes with what somebody has to do first, and counts what is alike together', () => {
    expect(of(['Conflict', 409, 2], ['503', 503, 2], ['AuthorizationFailed', 403, 1])).toStrictEqual([
      { trouble: 'noRole', count: 1 },
      { trouble: 'azureBusy', count: 4 },
    ]);
  });

  it('comes with what most things have, of what somebody has to do', () => {
    expect(of(['SubscriptionNotFound', 404, 2], ['AuthorizationFailed', 403, 5])).toStrictEqual([
      { trouble: 'noRole', count: 5 },
      { trouble: 'driftUnreadable', count: 2 },
    ]);
  });

  it.each([
    ['Conflict', 'azureBusy'],
    ['409, 503', 'azureBusy'],
    ['Conflict, AuthorizationFailed', 'noRole'],
  ])('as the release before told it, %s, is %s', (reason, trouble) => {
    expect(troublesOf({ topic: 'driftUnreadable', reason })).toStrictEqual([{ trouble }]);
  });

  it('is never a status of something else', () => {
    expect(troublesOf({ topic: 'configuration', reason: '409' })).toStrictEqual([{ trouble: 'configuration' }]);
  });
});

describe('what is wrong where nothing of a sender is accepted', () => {
  it.each([
    [401, 'senderKey'],
    [403, 'senderKey'],
    [404, 'senderAddress'],
    [413, 'senderBody'],
    [422, 'senderBody'],
  ])('answered %i is %s', (status, trouble) => {
    const reasons = [{ reason: 'refused', status, count: 2 }];
    expect(troublesOf({ topic: 'silent', reason: 'refused', reasons })).toStrictEqual([{ trouble, count: 2 }]);
  });
});
