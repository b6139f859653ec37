import { describe, expect, it } from 'vitest';
import { entriesMeant } from '../../src/delivery/find.ts';
import { conversationOf } from '../../src/delivery/rules/conversation.ts';
import type { Answer } from '../../src/destinations/answer.ts';
import type { Room } from '../../src/destinations/living.ts';
import type { Receiver } from '../../src/destinations/receiver.ts';
import type { Transport } from '../../src/destinations/transport.ts';
import type { EventOf, RelayEvent } from '../../src/event/event.ts';
import { shownId } from '../../src/event/identity.ts';
import { toBrief } from '../../src/event/importance.ts';
import type { Relay } from '../../src/relay/relay.ts';
import type { Joins } from '../../src/routing/joins.ts';
import { deliveryTo, entriesOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { type Mishap, mortal } from '../support/killed.ts';
import { type MemoryPorts, memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { slackChat } from './support/slack-chat.ts';

type Stories = Room['stories'];

const roomOf = (stories: Stories, broadcast = false): Room => ({ channel: 'C1', stories, broadcast });

const receiverOf = (stories: Stories, more: Partial<Receiver> = {}): Receiver => ({
  ...receiverAt('slack-app', 'https://slack.com/api/', 'ops'),
  room: roomOf(stories),
  ...more,
});

const second = (at: number): string => new Date(Date.parse('2026-11-20T14:05:09.000Z') + at * 1000).toISOString();

const alert = (id: string, at: number, state: 'fired' | 'resolved', story = 'web-cpu'): EventOf<'alert'> => ({
  ...examples.alert,
  id,
  story,
  state,
  occurredAt: second(at),
  firedAt: second(0),
});

const deployment = (id: string, at: number, phase: EventOf<'deployment'>['phase']): RelayEvent => ({
  ...examples.deployment,
  id,
  story: 'run 41',
  phase,
  occurredAt: second(at),
});

const flows: Readonly<Record<string, readonly RelayEvent[]>> = {
  'an alert and its end': [alert('fired', 0, 'fired'), alert('resolved', 60, 'resolved')],
  'a deployment of four steps': [
    deployment('requested', 0, 'requested'),
    deployment('approved', 5, 'approved'),
    deployment('started', 10, 'started'),
    deployment('done', 90, 'succeeded'),
  ],
  'steps out of their order': [
    deployment('started', 10, 'started'),
    deployment('requested', 0, 'requested'),
    deployment('done', 90, 'succeeded'),
  ],
};

class Killed extends Error {}

/** Delivers events, one process after the other meeting with a mishap; the last one finds what they left. */
async function run(
  {
    events,
    receiver,
    apart = 5,
    joins,
  }: { events: readonly RelayEvent[]; receiver: Receiver; apart?: number; joins?: Joins },
  chatroom: ReturnType<typeof slackChat>,
  ...mishaps: readonly Mishap[]
): Promise<{ readonly ports: MemoryPorts; readonly calls: readonly string[] }> {
  const ports = memoryPorts();
  const outside = { ...ports, transports: { ...ports.transports, 'slack-web-api': chatroom.transport } };
  for (const [at, event] of events.entries()) await ports.deliveries.send(deliveryTo(['ops'], { event }), at * apart);
  const calls: string[] = [];
  for (const mishap of [...mishaps, undefined]) {
    const mine = mortal(outside, mishap);
    const doomed = relayWith([receiver], { ...outside, ...mine.ports }, { joins }).relay;
    const dying: Relay = {
      ...doomed,
      deliver: (message, owner) =>
        Promise.race([doomed.deliver(message, owner), mine.dead.then(() => Promise.reject(new Killed()))]),
    };
    try {
      await drain(dying, ports);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      for (const taken of ports.deliveries.waiting)
        if (taken.dequeueCount > 0) taken.visibleAt = Math.max(taken.visibleAt, ports.time.now + 10_000);
    }
    calls.push(...mine.calls);
  }
  return { ports, calls };
}

/** The laws of a story in one receiver, whatever happened. */
function lawful(
  events: readonly RelayEvent[],
  stories: Stories,
  { ports, room, where }: { ports: MemoryPorts; room: ReturnType<typeof slackChat>; where: string },
): void {
  const entries = entriesOf(ports.ledger, 'ops').filter(({ event }) => event.kind !== 'notice');
  const told = entries.filter(({ state }) => state === 'sent').map(({ event, digest }) => digest ?? event.id);
  const timeOf = (id: string): string => events.find((each) => each.id === id)?.occurredAt ?? '';
  const roots = room.roots();
  expect(roots.length, `${where}: one message`).toBe(1);
  const [root] = roots;
  const shown = root?.states ?? [];
  const all = [...shown, ...room.replies()];
  for (const { id } of events)
    expect(
      entries.map(({ event }) => event.id),
      `${where}: nothing is lost`,
    ).toContain(id);
  for (const id of told) expect(all, `${where}: ${id} was told`).toContain(id);
  expect(new Set(room.replies()).size, `${where}: nothing stands twice in the thread`).toBe(room.replies().length);
  const times = shown.map(timeOf);
  expect(times, `${where}: never back`).toStrictEqual(times.toSorted());
  if (stories === 'thread') expect(new Set(shown).size, `${where}: the first stays`).toBe(1);
  else expect(times.at(-1), `${where}: the latest state`).toBe(told.map(timeOf).toSorted().at(-1));
  expect(ports.deliveries.waiting, where).toStrictEqual([]);
  expect(ports.ledger.rows('ops', 'parked:'), where).toStrictEqual([]);
}

const ways: readonly Stories[] = ['both', 'update', 'thread'];

describe.each(Object.entries(flows))('%s', (_name, events) => {
  describe.each(ways)('told by %s', (stories) => {
    it('is one message, where nothing happens, by as few calls as there can be', async () => {
      const room = slackChat();
      const { ports } = await run({ events, receiver: receiverOf(stories) }, room);

      lawful(events, stories, { ports, room, where: 'in peace' });
      expect(room.calls.length).toBeLessThanOrEqual(stories === 'both' ? 2 * events.length : events.length);
      expect(room.calls).not.toContain('conversations.history');
    });

    it.each([
      ['the process is killed', 'before', 'killed'],
      ['the process is killed', 'after', 'killed'],
      ['storage fails', 'before', 'fault'],
      ['storage fails', 'after', 'fault'],
    ] as const)(
      'is one message whose thread says each step once, where %s %s any step',
      async (_what, moment, kind) => {
        const { calls } = await run({ events, receiver: receiverOf(stories) }, slackChat());
        for (const call of calls.keys()) {
          const room = slackChat();
          const mishap = { call: call + 1, moment, kind };
          const { ports } = await run({ events, receiver: receiverOf(stories) }, room, mishap);
          lawful(events, stories, { ports, room, where: `${kind} ${moment} ${call + 1} of ${calls.join(', ')}` });
        }
      },
    );

    it('is one message where one process after the other is killed', async () => {
      const { calls } = await run({ events, receiver: receiverOf(stories) }, slackChat());
      const sends = [...calls.keys()].filter((at) => calls[at] === 'send' || calls[at] === 'write');
      for (const first of sends) {
        for (const next of [3, 4, 5, 6, 7, 8, 9]) {
          const room = slackChat();
          const killed = { moment: 'after', kind: 'killed' } as const;
          const mishaps = [
            { call: first + 1, ...killed },
            { call: next, ...killed },
          ];
          const { ports } = await run({ events, receiver: receiverOf(stories) }, room, ...mishaps);
          lawful(events, stories, { ports, room, where: `killed after ${first + 1} and ${next}` });
        }
      }
    });

    it('is one message where its steps come at once, within a rate', async () => {
      const limited = receiverOf(stories, { rate: { perSecond: 1, gather: [1_000, 10_000] } });
      const room = slackChat();
      const { ports } = await run({ events, receiver: limited, apart: 0 }, room);

      lawful(events, stories, { ports, room, where: 'at once' });
    });

    it.each(['answered', 'unanswered'] as const)('is one message where any call ends badly, %s', async (how) => {
      const bad: Answer =
        how === 'answered'
          ? { kind: 'answered', status: 200, body: '{"ok":false,"error":"internal_error"}' }
          : { kind: 'unanswered', reason: 'timeout' };
      for (let at = 1; at <= 2 * events.length; at += 1) {
        const room = slackChat((_call, count) => (count === at ? bad : undefined));
        const { ports } = await run({ events, receiver: receiverOf(stories) }, room);
        lawful(events, stories, { ports, room, where: `call ${at}` });
      }
    });
  });
});

describe('a story', () => {
  it('begins a new message where somebody has deleted the first, and goes on there', async () => {
    const events = flows['a deployment of four steps'] ?? [];
    const room = slackChat((_call, count) => {
      if (count === 4) for (const message of room.messages) message.deleted = true;
      return undefined;
    });
    const { ports } = await run({ events, receiver: receiverOf('both') }, room);

    expect(room.roots().filter(({ deleted }) => !deleted)).toHaveLength(1);
    expect(room.roots().at(-1)?.states.at(-1)).toBe('done');
    expect(entriesOf(ports.ledger, 'ops').map(({ state }) => state)).toStrictEqual(Array(4).fill('sent'));
  });

  it('goes on in the new channel, where its receiver has another one', async () => {
    const moved: Receiver = { ...receiverOf('both'), room: { channel: 'C2', stories: 'both', broadcast: false } };
    const room = slackChat();
    const { ports } = await run({ events: [alert('fired', 0, 'fired')], receiver: receiverOf('both') }, room);
    const outside = { ...ports, transports: { ...ports.transports, 'slack-web-api': room.transport } };
    await ports.deliveries.send(deliveryTo(['ops'], { event: alert('end', 60, 'resolved') }), 60);
    await drain(relayWith([moved], outside).relay, ports);

    expect(room.roots().map(({ states }) => states)).toStrictEqual([['fired'], ['end']]);
  });

  it('that failed and is over still shows who deals with it', async () => {
    const act = { ...acted('act', 90), conversation: conversationOf(deployment('failed', 60, 'failed'))?.key };
    const events = [{ ...deployment('failed', 60, 'failed'), severity: 'error' as const }, act];
    const room = slackChat();
    await run({ events, receiver: receiverOf('both') }, room);

    expect(room.roots().map(({ states }) => states)).toStrictEqual([['failed', 'failed']]);
  });

  it('that begins once more begins a new message', async () => {
    const again = { ...alert('again', 600, 'fired'), firedAt: second(600) };
    const events = [alert('fired', 0, 'fired'), alert('resolved', 60, 'resolved'), again];
    const room = slackChat();
    await run({ events, receiver: receiverOf('both'), apart: 300 }, room);

    expect(room.roots().map(({ states }) => states)).toStrictEqual([['fired', 'resolved'], ['again']]);
  });

  it('that its sender does not number begins a new message after its end', async () => {
    const events = [
      deployment('started', 0, 'started'),
      deployment('failed', 60, 'failed'),
      deployment('rerun', 120, 'started'),
      deployment('done', 200, 'succeeded'),
    ];
    const room = slackChat();
    await run({ events, receiver: receiverOf('update'), apart: 60 }, room);

    expect(room.roots().map(({ states }) => states)).toStrictEqual([
      ['started', 'failed'],
      ['rerun', 'done'],
    ]);
  });

  it('says worse news in the channel too, where that is wanted', async () => {
    const events = [
      { ...deployment('started', 0, 'started'), severity: 'info' as const },
      { ...deployment('failed', 60, 'failed'), severity: 'error' as const },
    ];
    const loud = { ...receiverOf('both'), room: roomOf('both', true) };
    const room = slackChat();
    await run({ events, receiver: loud, apart: 60 }, room);

    expect(room.messages.filter(({ thread }) => thread !== undefined).map(({ loud }) => loud)).toStrictEqual([
      false,
      true,
    ]);
  });

  it('of twenty steps is told by as few calls as the chat has to take', async () => {
    const events = Array.from({ length: 20 }, (_, at) => alert(`step ${at}`, at, 'fired'));
    for (const [stories, most] of [
      ['update', 21],
      ['thread', 21],
      ['both', 41],
    ] as const) {
      const room = slackChat();
      const { ports } = await run({ events, receiver: receiverOf(stories), apart: 5 }, room);
      lawful(events, stories, { ports, room, where: stories });
      expect(room.calls.length).toBeLessThanOrEqual(most);
    }
  });

  it('takes at most five transactions of the ledger a step', async () => {
    const events = Array.from({ length: 20 }, (_, at) => alert(`step ${at}`, at, 'fired'));
    const { calls } = await run({ events, receiver: receiverOf('both'), apart: 5 }, slackChat());

    // Besides, a process reads the state of its receiver and the silences that there are, once.
    const ofLedger = calls.filter((call) => call !== 'send' && call !== 'queue');
    expect(ofLedger.length).toBeLessThanOrEqual(5 * events.length + 2);
  });

  it('changes its first message once for what comes within two seconds', async () => {
    const events = Array.from({ length: 12 }, (_, at) => alert(`step ${at}`, at, 'fired'));
    const room = slackChat();
    const { ports } = await run({ events, receiver: receiverOf('both'), apart: 0 }, room);

    lawful(events, 'both', { ports, room, where: 'at once' });
    expect(room.calls.filter((method) => method === 'chat.update').length).toBeLessThanOrEqual(2);
  });
});

const acted = (id: string, at: number): EventOf<'act'> => ({
  ...examples.act,
  id,
  occurredAt: second(at),
  conversation: conversationOf(alert('fired', 0, 'fired'))?.key,
});

describe('what somebody does with a story', () => {
  it.each(ways)('stands beside the state that there is, told by %s', async (stories) => {
    const events = [alert('fired', 0, 'fired'), acted('act', 30), alert('resolved', 60, 'resolved')];
    const room = slackChat();
    const { ports } = await run({ events, receiver: receiverOf(stories) }, room);

    const [root] = room.roots();
    expect(room.roots()).toHaveLength(1);
    // The message that is changed for it is that of the alert.
    expect(root?.states).toStrictEqual(stories === 'thread' ? ['fired'] : ['fired', 'fired', 'resolved']);
    const replies = { update: [], thread: ['act', 'resolved'], both: ['fired', 'act', 'resolved'] };
    expect(room.replies()).toStrictEqual(replies[stories]);
    expect(entriesOf(ports.ledger, 'ops').map(({ state }) => state)).toStrictEqual(Array(3).fill('sent'));
  });

  it('is found with its story, by the id that messages show', async () => {
    const fired = alert('fired', 0, 'fired');
    const act = { ...acted('act', 30), story: fired.story, event: fired.id, of: toBrief(fired) };
    const { ports } = await run({ events: [fired, act], receiver: receiverOf('both') }, slackChat());

    const found = await entriesMeant(ports, ['ops'], shownId(fired));
    expect(found.map(({ event }) => event.id)).toStrictEqual(['fired', 'act']);
  });

  it('after its end stands in the thread, and changes nothing', async () => {
    const events = [alert('fired', 0, 'fired'), alert('resolved', 60, 'resolved'), acted('act', 90)];
    const room = slackChat();
    await run({ events, receiver: receiverOf('update') }, room);

    expect(room.roots().map(({ states }) => states)).toStrictEqual([['fired', 'resolved']]);
    expect(room.replies()).toStrictEqual(['act']);
  });

  it('is lost by no crash', async () => {
    const events = [alert('fired', 0, 'fired'), acted('act', 30), alert('resolved', 60, 'resolved')];
    const { calls } = await run({ events, receiver: receiverOf('both') }, slackChat());
    for (const call of calls.keys()) {
      const room = slackChat();
      await run({ events, receiver: receiverOf('both') }, room, { call: call + 1, moment: 'after', kind: 'killed' });
      const where = `after ${call + 1} of ${calls.join(', ')}`;
      expect(room.roots().length, where).toBe(1);
      expect([...room.replies(), ...(room.roots()[0]?.states ?? [])], where).toContain('act');
      expect(room.roots()[0]?.states.at(-1), where).toBe('resolved');
    }
  });
});

describe('stories that are joined', () => {
  const joins = {
    kinds: new Set(['scale', 'deployment'] as const),
    same: ['resource'] as const,
    within: 7_200_000,
    match: () => true,
  };
  const { resource } = examples.scale;
  const steps = [
    { ...deployment('started', 0, 'started'), resource },
    { ...examples.scale, id: 'out', occurredAt: second(60) },
    { ...deployment('done', 600, 'succeeded'), resource },
  ];

  it('are one message, which none of them ends', async () => {
    const room = slackChat();
    await run({ events: steps, receiver: receiverOf('both'), joins }, room);

    expect(room.roots().map(({ states }) => states)).toStrictEqual([['started', 'out', 'done']]);
    expect(room.replies()).toStrictEqual(['started', 'out', 'done']);
  });

  it('begin another once the time for it has passed', async () => {
    const room = slackChat();
    await run({ events: steps, receiver: receiverOf('both'), joins: { ...joins, within: 1_000 } }, room);

    expect(room.roots()).toHaveLength(3);
  });

  it('are as many messages without the rule', async () => {
    const room = slackChat();
    await run({ events: steps, receiver: receiverOf('both') }, room);

    expect(room.roots().map(({ states }) => states)).toStrictEqual([['started', 'done'], ['out']]);
  });
});

describe('a digest', () => {
  it('has lines that lead to the threads of their stories', async () => {
    const room = slackChat();
    const { ports } = await run({ events: [alert('fired', 0, 'fired')], receiver: receiverOf('both') }, room);
    const outside = { ...ports, transports: { ...ports.transports, 'slack-web-api': room.transport } };
    const { key } = conversationOf(alert('fired', 0, 'fired')) ?? {};
    const [story] = examples.digest.stories;
    const event = {
      ...examples.digest,
      id: 'many',
      stories: [{ ...story, kind: 'alert', state: 'fired', subject: 'web-cpu', count: 2, conversation: key }],
    };

    await relayWith([receiverOf('both')], outside).relay.deliver(deliveryTo(['ops'], { event }), 'one more');

    expect(room.bodies.at(-1)).toContain('https://example.slack.com/archives/C1/p1764500000000001');
  });
});

describe('two instances at one story', () => {
  it.each(ways)('tell it by %s in one message', async (stories) => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const events = [
        deployment('requested', 0, 'requested'),
        deployment('started', 10, 'started'),
        deployment('approved', 12, 'approved'),
        deployment('done', 90, 'succeeded'),
      ];
      const ports = memoryPorts();
      const room = slackChat();
      const slow: Transport = async (...call) => {
        await new Promise((resolve) => setTimeout(resolve, (seed * 7 + room.calls.length * 5) % 11));
        return room.transport(...call);
      };
      const outside = { ...ports, transports: { ...ports.transports, 'slack-web-api': slow } };
      const relays = [0, 1].map(() => relayWith([receiverOf(stories)], outside).relay);
      await Promise.all(
        events.map((event, at) =>
          relays[(at + seed) % 2]?.deliver(deliveryTo(['ops'], { event }), `first-${(at * seed) % 4}-${at}`),
        ),
      );
      await drain(relays, ports);
      lawful(events, stories, { ports, room, where: `seed ${seed}` });
    }
  });
});
