import { ledgerEntry } from '../../../src/delivery/rules/ledger.ts';
import { destinations } from '../../../src/destinations/registry.ts';
import { createRelay } from '../../../src/relay/relay.ts';
import { answerTo, receiverAt, requestOf } from '../../support/relay.ts';
import { Chat } from './chat.ts';
import { scaleBody } from './events.ts';
import { handPorts } from './hand-clock.ts';
import type { Scenario } from './scenario.ts';
import type { Accepted } from './sender.ts';
import { type Figures, figures } from './tally.ts';

const START = Date.parse('2026-11-20T14:00:00.000Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DOWN = { from: START + 2 * MINUTE, to: START + 12 * MINUTE };
const POSTS_END = START + 15 * MINUTE;
const PACE = 5 * SECOND;
const NAMES = ['down', 'up'] as const;

/** One chat is down for ten minutes and the other is not. An hour by a clock that is set by hand passes in seconds. */
export const tenMinutes: Scenario = {
  names: ['ten-minutes'],
  async run() {
    const ports = handPorts(START);
    const { time, deliveries } = ports;
    const isDown = () => time.now >= DOWN.from && time.now < DOWN.to;
    const now = () => time.now;
    const outage = () => (isDown() ? { reply: { status: 503 } } : undefined);
    await using down = await new Chat('slack', outage, now).listen();
    await using up = await new Chat('slack', undefined, now).listen();
    const chats = { down, up };
    const receivers = NAMES.map((name) => ({
      ...receiverAt('slack', chats[name].url, name),
      rate: destinations.slack.rate,
    }));
    const relay = createRelay({ receivers, routes: [{ to: [...NAMES] }], ports });
    const accepted: Accepted[] = [];
    let step = 0;
    let nextPost: number | undefined = START;
    for (;;) {
      const next = Math.min(nextPost ?? Number.POSITIVE_INFINITY, deliveries.next ?? Number.POSITIVE_INFINITY);
      if (!Number.isFinite(next)) break;
      time.now = Math.max(time.now, next);
      if (nextPost === next) {
        const event = { set: `set-${step % 12}`, from: 3 + (step % 4), to: 4 + (step % 4) };
        const { jsonBody } = await answerTo(relay, requestOf(JSON.stringify(scaleBody(event, time.now))));
        const [told] = (jsonBody as { accepted?: readonly { id: string }[] }).accepted ?? [];
        if (told !== undefined) accepted.push({ id: told.id, step: event, postedAt: time.now, refused: [] });
        step += 1;
        nextPost = time.now + PACE < POSTS_END ? time.now + PACE : undefined;
      }
      await Promise.all(deliveries.take().map(({ message, id }) => relay.deliver(message, id)));
    }
    const shown = (name: (typeof NAMES)[number], title: string): Figures => {
      const ledger = ports.ledger.rows(name, 'event:').map(({ value }) => ledgerEntry.parse(value));
      const { calls, taken } = chats[name];
      const failed = calls.filter(({ taken }) => !taken).length;
      const last = calls.findLast(({ taken }) => taken);
      const late = calls.find(({ at, taken }) => taken && at >= DOWN.to);
      return figures(
        title,
        { accepted, taken, ledger },
        {
          notes:
            name === 'down' && late !== undefined && last !== undefined
              ? [
                  `simulated: a clock set by hand, storage in memory, real HTTP; ${failed} calls failed`,
                  `the first message came ${Math.round((late.at - DOWN.to) / SECOND)} s after the end of the outage`,
                ]
              : [],
        },
      );
    };
    return [
      shown('down', 'down for 10 minutes (simulated time)'),
      shown('up', 'the other chat meanwhile (simulated time)'),
    ];
  },
};
