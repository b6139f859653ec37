import { expect, it } from 'vitest';
import type { Answer } from '../../src/destinations/answer.ts';
import type { Receiver } from '../../src/destinations/receiver.ts';
import { deliveryTo, entriesOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { examples } from '../support/examples.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, relayWith } from '../support/relay.ts';
import { slackChat } from './support/slack-chat.ts';

const STORIES = 1_000;
const STEPS = 10;
const MINUTE = 60_000;

const TOO_MANY: Answer = {
  kind: 'answered',
  status: 429,
  body: '{"ok":false,"error":"ratelimited"}',
  retryAfter: '2',
};

it('loses nothing of a thousand stories of ten steps, and doubles no first message, where the chat has enough again and again', async () => {
  const ports = memoryPorts();
  const room = slackChat((_call, count) => (count % 37 === 0 ? TOO_MANY : undefined));
  const receiver: Receiver = {
    ...receiverAt('slack-app', 'https://slack.com/api/', 'ops'),
    rate: { perSecond: 50, burst: 50, gather: [1_000, 10_000] },
    room: { channel: 'C1', stories: 'both', broadcast: false },
  };
  const outside = { ...ports, transports: { ...ports.transports, 'slack-web-api': room.transport } };
  const relays = [0, 1].map(() => relayWith([receiver], outside).relay);
  const began = ports.time.now;
  const ids: string[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    for (let story = 0; story < STORIES; story += 1) {
      const after = step * MINUTE + story * 40;
      const id = `story ${story} step ${step}`;
      const state = step === STEPS - 1 ? 'resolved' : 'fired';
      const occurredAt = new Date(began + after).toISOString();
      const firedAt = new Date(began + story * 40).toISOString();
      const event = { ...examples.alert, id, story: `story ${story}`, state, occurredAt, firedAt } as const;
      ids.push(id);
      await ports.deliveries.send(deliveryTo(['ops'], { event }), Math.floor(after / 1_000));
    }
    await drain(relays, ports, began + (step + 1) * MINUTE);
  }
  await drain(relays, ports);

  const entries = entriesOf(ports.ledger, 'ops').filter(({ event }) => event.kind === 'alert');
  expect(entries).toHaveLength(ids.length);
  expect(entries.filter(({ state }) => state !== 'sent' && state !== 'overtaken')).toStrictEqual([]);
  const shown = new Set(room.messages.flatMap(({ states }) => states));
  const told = entries.flatMap(({ state, event, digest }) => (state === 'sent' ? [digest ?? event.id] : []));
  expect(told.filter((id) => !shown.has(id))).toStrictEqual([]);
  const marks = room.roots().map(({ mark }) => JSON.stringify(mark));
  expect(marks.length - new Set(marks).size).toBe(0);
  const conversations = room.conversations();
  expect(conversations.length - new Set(conversations).size, 'first messages of one story').toBe(0);
});
