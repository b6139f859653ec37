import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../src/event/event.ts';
import { carried, opened } from '../../src/history/rules/carried.ts';
import { dayCount } from '../../src/history/rules/day-count.ts';
import { writeDay, writeMark } from '../../src/history/store.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { OK } from '../support/deliveries.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt, requestOf } from '../support/relay.ts';
import { listen } from '../support/server.ts';
import { Stack } from '../support/stack.ts';

// 2026-11-23 is a Monday.
const MONDAYS = '0 0 7 * * 1';
const at = (time: string) => Date.parse(`2026-11-${time}:00.000Z`);

/** Two instances of a relay on one storage, in which a week was counted, and what its Slack got. */
async function world(plans = [{ to: ['slack'], at: MONDAYS, environment: undefined as string | undefined }]) {
  const stack = new Stack();
  const slack = stack.use(await listen(OK.slack));
  const ports = memoryPorts();
  const receivers = [receiverAt('slack', slack.url), receiverAt('slack', slack.url, 'other')];
  const made = () => createRelay({ receivers, routes: [], reviews: plans, ports });
  const relays = [made(), made()];
  const watch = async (time: string, instance = 0) => {
    ports.time.now = at(time);
    return (await relays[instance]?.watch()) as { reviews?: number };
  };
  const counted = async (time: string, alerts = 5) => {
    const count = dayCount.parse({ day: '2026-11-20', of: 'all', name: '', events: 9, alerts: { fired: alerts } });
    await writeDay(ports.ledger, '2026-11-20', [count], opened(carried.parse({})), at('21T00:00'));
    await writeMark(ports.ledger, { final: '2026-11-20', at: new Date(at(time)).toISOString() });
  };
  const deliver = async () => {
    for (const { message } of ports.deliveries.sent.splice(0)) await relays[0]?.deliver(message);
  };
  const queued = () =>
    ports.deliveries.sent.flatMap(({ message }) =>
      'event' in message && message.event.kind === 'review' ? [message.event as EventOf<'review'>] : [],
    );
  const get = async (query: string) => relays[0]?.review(requestOf('', { method: 'GET', query }));
  return { slack, ports, watch, counted, deliver, queued, get, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe('the weekly review', () => {
  it('is told by the first watch after its time, once, however often that runs', async () => {
    await using there = await world();
    await there.watch('23T06:17');
    await there.counted('23T06:40');

    expect(await there.watch('23T07:17')).toMatchObject({ reviews: 1 });
    await there.deliver();
    for (const time of ['23T07:17', '23T08:17', '24T07:17', '29T07:17']) {
      expect(await there.watch(time, 1)).toMatchObject({ reviews: 0 });
    }
    await there.deliver();

    expect(there.slack.received).toHaveLength(1);
    expect(there.slack.received[0]?.body.replaceAll('\u00a0', ' ')).toContain(
      'Weekly review: 2026-11-16 – 2026-11-22; 0 deployments, 5 alerts.',
    );
  });

  it('is one message where two watches run at once, or one dies before it has written down what it did', async () => {
    await using there = await world();
    await there.watch('23T06:17');
    await there.counted('23T06:40');
    const before = await there.ports.ledger.read('~review', 'reviews');

    await Promise.all([there.watch('23T07:17'), there.watch('23T07:17', 1)]);
    await there.ports.ledger.write('~review', [{ kind: 'put', key: 'reviews', value: before?.value }]);
    await there.watch('23T08:17', 1);

    expect(new Set(there.queued().map(({ id }) => id)).size).toBe(1);
    expect(there.queued().length).toBeGreaterThanOrEqual(2);
    await there.deliver();
    expect(there.slack.received).toHaveLength(1);
  });

  it('waits until its last day is counted to its end', async () => {
    await using there = await world();
    await there.watch('23T06:17');
    await there.counted('22T21:40', 3);

    expect(await there.watch('23T07:17')).toMatchObject({ reviews: 0 });
    await there.counted('23T09:40', 4);
    expect(await there.watch('23T10:17')).toMatchObject({ reviews: 1 });
    expect(there.queued()[0]?.alerts).toStrictEqual({ fired: { now: 4 } });
  });

  it('comes late where the relay stood still, and the last one alone where that was for weeks', async () => {
    await using there = await world();
    await there.watch('09T06:17');
    await there.counted('25T06:40');

    expect(await there.watch('25T10:17')).toMatchObject({ reviews: 1 });
    expect(there.queued().map(({ from }) => from)).toStrictEqual(['2026-11-16T00:00:00.000Z']);
  });

  it('says in one line that nothing happened', async () => {
    await using there = await world();
    await there.watch('23T06:17');
    await writeMark(there.ports.ledger, { final: '2026-11-22', at: '2026-11-23T06:40:00.000Z' });
    await there.watch('23T07:17');
    await there.deliver();

    const [{ body = '' } = {}] = there.slack.received;
    expect(JSON.parse(body)).toMatchObject({ text: 'A week without events: 2026-11-16 – 2026-11-22.' });
    expect(body).not.toMatch(/"facts"|"list"|"body"/);
  });

  it('is told per environment and receiver', async () => {
    await using there = await world([
      { to: ['slack'], at: MONDAYS, environment: 'prod' },
      { to: ['slack', 'other'], at: MONDAYS, environment: undefined },
    ]);
    await there.watch('23T06:17');
    await there.counted('23T06:40');

    expect(await there.watch('23T07:17')).toMatchObject({ reviews: 2 });
    await there.deliver();
    expect(there.slack.received).toHaveLength(3);
  });

  it('is off where nobody asks for it', async () => {
    await using there = await world([]);
    await there.watch('23T06:17');
    await there.counted('23T06:40');

    expect(await there.watch('23T07:17')).not.toHaveProperty('reviews');
    expect(there.queued()).toStrictEqual([]);
  });

  it('begins with the next time where what was known of it cannot be read', async () => {
    await using there = await world();
    await there.ports.ledger.write('~review', [{ kind: 'put', key: 'reviews', value: 'half writ' }]);
    await there.counted('23T06:40');

    expect(await there.watch('23T07:17')).toMatchObject({ reviews: 0 });
    await there.counted('30T06:40');
    expect(await there.watch('30T07:17')).toMatchObject({ reviews: 1 });
  });

  it.each([
    ['its storage is down', 'ledger'],
    ['the queue is down', 'deliveries'],
  ] as const)('comes an hour later where %s', async (_what, port) => {
    await using there = await world();
    await there.watch('23T06:17');
    await there.counted('23T06:40');
    there.ports[port].down = true;
    await expect(there.watch('23T07:17')).rejects.toThrow();
    there.ports[port].down = false;

    expect(await there.watch('23T08:17')).toMatchObject({ reviews: 1 });
  });
});

describe('what a week was like', () => {
  it('is answered of the seven days before that of `until`', async () => {
    await using there = await world();
    await there.counted('23T06:40');
    there.ports.time.now = at('23T12:00');

    const now = await there.get('');
    expect(now).toMatchObject({
      status: 200,
      jsonBody: {
        countedUntil: '2026-11-23T06:40:00.000Z',
        from: '2026-11-16T00:00:00.000Z',
        until: '2026-11-23T00:00:00.000Z',
        alerts: { fired: { now: 5 } },
      },
    });
    expect((await there.get('until=5d'))?.jsonBody).toMatchObject({
      until: '2026-11-18T00:00:00.000Z',
      alerts: { fired: { now: 0 } },
    });
    expect((await there.get('environment=prod'))?.jsonBody).toMatchObject({ environment: 'prod', events: { now: 0 } });
  });

  it.each(['until=yesterday', `environment=${'x'.repeat(81)}`])(
    'is refused where the question is wrong: %s',
    async (query) => {
      await using there = await world();

      expect((await there.get(query))?.status).toBe(422);
    },
  );
});
