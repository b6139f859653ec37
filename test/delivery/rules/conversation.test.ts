import { describe, expect, it } from 'vitest';
import { conversationOf } from '../../../src/delivery/rules/conversation.ts';
import type { EventOf } from '../../../src/event/event.ts';
import { examples } from '../../support/examples.ts';

const keyOf = (event: Parameters<typeof conversationOf>[0]) => conversationOf(event)?.key;
const notice = (topic: EventOf<'notice'>['topic'], about = 'ops') => ({ ...examples.notice, topic, about });

describe('the conversation of a notice', () => {
  it.each([
    ['receiverBroken', 'receiverBack'],
    ['driftUnreadable', 'driftReadable'],
  ] as const)('that begins with %s ends with %s, of the same thing alone', (begins, ends) => {
    expect(keyOf(notice(begins))).toMatch(/^[0-9a-f]{32}$/);
    expect(conversationOf(notice(begins))).toStrictEqual({ key: keyOf(notice(ends)), ends: false });
    expect(conversationOf(notice(ends))?.ends).toBe(true);
    expect(keyOf(notice(ends, 'dev'))).not.toBe(keyOf(notice(begins)));
  });

  it('is none of what is told by itself', () => {
    expect(conversationOf(notice('deadLetters'))).toBeUndefined();
  });
});

describe('the conversation of drift', () => {
  const { story: _, ...drift } = examples.drift;
  const { id, ...unnamed } = drift.resource;

  it('is that of its set: by its story, or by the id, or by the name of what it is about', () => {
    const shouted = { ...drift, resource: { ...drift.resource, id: id?.toUpperCase() } };

    expect(keyOf(drift)).toBe(keyOf(examples.drift));
    expect(keyOf(shouted)).toBe(keyOf(drift));
    expect(keyOf({ ...drift, resource: unnamed })).toBe(keyOf({ ...examples.drift, story: 'shop-web' }));
  });
});
