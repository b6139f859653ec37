import { describe, expect, it } from 'vitest';
import { bundle } from '../../src/delivery/rules/bundle.ts';
import { conversationOf } from '../../src/delivery/rules/conversation.ts';
import { digest as digestSchema } from '../../src/event/digest.ts';
import type { EventOf, RelayEvent } from '../../src/event/event.ts';
import { conversationsIn, withThreadLinks } from '../../src/event/thread-links.ts';
import { examples } from '../support/examples.ts';

const alert = (story: string): RelayEvent => ({ ...examples.alert, id: `id-${story}`, story });
/** News by itself, which has no thread. */
const custom: RelayEvent = { ...examples.custom, id: 'id-custom' };

const digestOf = (events: readonly RelayEvent[], window?: string): EventOf<'digest'> => {
  const { event } = bundle(
    events.map((each) => ({ event: each })),
    'ops',
    window === undefined ? {} : { window },
  );
  if (event.kind !== 'digest') throw new Error('no digest');
  return event;
};

describe('the lines of a digest', () => {
  const alerts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(alert);
  const keys = new Set(alerts.map((each) => conversationOf(each)?.key));

  it('say which conversation each story is, so that its thread is found', () => {
    const { stories } = digestOf([alert('a'), alert('b'), custom]);
    expect(stories.map(({ conversation }) => conversation)).toStrictEqual([
      ...[alert('a'), alert('b')].map((each) => conversationOf(each)?.key),
      undefined,
    ]);
    expect(new Set(conversationsIn(digestOf(alerts, 'night')))).toStrictEqual(keys);
  });

  it('say that of the conversation that they join, where somebody knows it', () => {
    const waiting = [alert('a'), alert('b')].map((event) => ({ event }));
    const joined = '0'.repeat(32);
    const { event } = bundle(waiting, 'ops', { conversationFor: () => joined });
    expect(event.kind === 'digest' && conversationsIn(event)).toStrictEqual([joined]);
  });

  it('lead to the threads, also those for which a queue message has no room for links, and else where they led before', () => {
    const told = digestOf(alerts, 'night');
    const [first] = conversationsIn(told);
    const linked = withThreadLinks(told, (key) => (key === first ? undefined : `https://chat.example.com/${key}`));

    expect(linked.stories[0]?.url).toBe(told.stories[0]?.url);
    for (const { url, conversation } of [...linked.stories, ...(linked.others ?? [])].slice(1)) {
      expect(url).toBe(`https://chat.example.com/${conversation}`);
    }
    expect(linked.others?.length).toBe(3);
    expect(digestSchema.parse(linked)).toStrictEqual(linked);
    expect(withThreadLinks(told, () => undefined)).toStrictEqual(told);
    expect(withThreadLinks(told, () => `https://chat.example.com/${'x'.repeat(1_000)}`)).toStrictEqual(told);
  });

  it('that belong to no conversation are asked after by nobody, and stay as they are', () => {
    const told = digestOf([alert('a'), custom]);
    const asked: string[] = [];
    const linked = withThreadLinks(told, (key) => {
      asked.push(key);
      return 'https://chat.example.com/thread';
    });

    expect(asked).toStrictEqual(conversationsIn(told));
    expect(linked.stories.filter(({ conversation }) => conversation === undefined)).toStrictEqual(
      told.stories.filter(({ conversation }) => conversation === undefined),
    );
  });

  it('may say more than a release knows, which takes them without it', () => {
    const told = digestOf([alert('a'), alert('b')]);
    const later = { ...told, stories: told.stories.map((story) => ({ ...story, unheardOf: 'x' })) };
    expect(digestSchema.parse(later)).toStrictEqual(told);
  });
});
