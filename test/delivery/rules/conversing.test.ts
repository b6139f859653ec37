import { describe, expect, it } from 'vitest';
import { NO_CONVERSATION } from '../../../src/delivery/rules/conversation-row.ts';
import { afterFailed, begun, markOf, trailWith, withDoubts } from '../../../src/delivery/rules/conversing.ts';
import { withStep } from '../../../src/event/trail.ts';
import { examples } from '../../support/examples.ts';

const NOW = Date.parse('2026-11-20T14:05:09.000Z');
const fired = { ...examples.alert, id: 'fired', occurredAt: '2026-11-20T14:00:00.000Z' };
const over = { ...fired, id: 'over', state: 'resolved' as const, occurredAt: '2026-11-20T14:03:00.000Z' };
const writing = (row = NO_CONVERSATION, event = fired) => begun(row, { owner: 'one', event, ends: false, now: NOW });

describe('what somebody wrote and nobody heard of', () => {
  it('is taken for shown by whoever comes next, and not by the event itself', () => {
    expect(withDoubts(writing(), over).shown?.event).toBe('fired');
    expect(withDoubts(writing(), fired).shown).toBeUndefined();
  });

  it('takes nothing from a row in which nothing is unsure', () => {
    expect(withDoubts(NO_CONVERSATION, fired)).toStrictEqual(NO_CONVERSATION);
  });

  it('stays unsure where it may stand in the chat, and else is forgotten, with nothing that others are unsure of', () => {
    const both = writing(writing(), over);
    const marks = (row: typeof both) => row.unsure?.map(({ event }) => event);

    expect(marks(afterFailed(both, over, true))).toStrictEqual([markOf(fired), markOf(over)]);
    expect(marks(afterFailed(both, over, false))).toStrictEqual([markOf(fired)]);
    expect(afterFailed(writing(), fired, false)).toStrictEqual(NO_CONVERSATION);
    expect(afterFailed(NO_CONVERSATION, fired, true)).toStrictEqual(NO_CONVERSATION);
  });
});

it('what somebody does is no step of how a conversation came to be what it is', () => {
  const trail = withStep([], fired);

  expect(trailWith({ ...NO_CONVERSATION, trail: [...trail] }, examples.act)).toStrictEqual(trail);
  expect(trailWith(NO_CONVERSATION, examples.act)).toStrictEqual([]);
  expect(trailWith({ ...NO_CONVERSATION, trail: [...trail] }, over)).toHaveLength(2);
});
