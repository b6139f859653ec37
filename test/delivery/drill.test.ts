import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSchedule } from '../../src/event/time/ncrontab.ts';
import { nextTime } from '../../src/event/time/ncrontab-times.ts';
import { createRelay, type Relay } from '../../src/relay/relay.ts';
import { OK } from '../support/deliveries.ts';
import { type MemoryPorts, memoryPorts } from '../support/ports.ts';
import { receiverAt } from '../support/relay.ts';
import { listen, type Reply } from '../support/server.ts';
import { Stack } from '../support/stack.ts';

// Every Friday at 14:00 UTC; 2026-11-20 is one.
const EVERY = '0 0 14 * * 5';

/** A relay with a drill, whose Slack and Teams answer so. */
async function world(slackAnswers: Reply, drill: { every: string; to?: string[] } | 'none' = { every: EVERY }) {
  const stack = new Stack();
  const slack = stack.use(await listen(slackAnswers));
  const teams = stack.use(await listen(OK.teams));
  const ports = memoryPorts();
  const receivers = [{ ...receiverAt('slack', slack.url), fallback: 'teams' }, receiverAt('teams', teams.url)];
  const relay = createRelay({
    receivers,
    routes: [{ to: ['slack', 'teams'] }],
    drill: drill === 'none' ? undefined : drill,
    ports,
  });
  const watchAt = (time: string) => {
    ports.time.now = Date.parse(`2026-11-20T${time}Z`);
    return relay.watch();
  };
  const deliver = () => delivered(relay, ports);
  return { slack, teams, ports, watchAt, deliver, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe('a fire drill', () => {
  it('sends a test message to every receiver, once, by the first watch after its time', async () => {
    await using there = await world(OK.slack);

    for (const time of ['13:17:00', '14:17:00', '14:17:01', '15:17:00']) {
      expect(await there.watchAt(time)).toMatchObject({ drillFailed: [] });
      await there.deliver();
    }

    expect(there.slack.received).toHaveLength(1);
    expect(there.teams.received).toHaveLength(1);
    expect(there.slack.received[0]?.body).toContain('Test message');
  });

  it('tells the fallback an hour later of a receiver that has not got it', async () => {
    await using there = await world({ status: 503 });
    await there.watchAt('13:17:00');
    await there.watchAt('14:17:00');
    await there.deliver();

    expect(await there.watchAt('15:17:00')).toMatchObject({ drillFailed: ['slack'] });

    const told = there.ports.deliveries.sent.find(
      ({ message }) => 'event' in message && message.event.kind === 'notice' && message.event.topic === 'drill',
    );
    expect(told?.message).toMatchObject({
      receivers: ['teams'],
      event: { topic: 'drill', about: 'slack', reason: 'waiting' },
    });
  });

  it('tries only whom it names', async () => {
    await using there = await world(OK.slack, { every: EVERY, to: ['teams'] });

    await there.watchAt('13:17:00');
    await there.watchAt('14:17:00');
    await there.deliver();

    expect(there.slack.received).toHaveLength(0);
    expect(there.teams.received).toHaveLength(1);
  });

  it.each(['0 0 14 * 2 *', '0 0 14 29 2 *'])('waits for a time that is months or years away (%s)', async (every) => {
    await using there = await world(OK.slack, { every });

    await there.watchAt('13:17:00');
    expect(await there.watchAt('14:17:00')).toMatchObject({ drillFailed: [] });
    expect(there.ports.deliveries.sent).toStrictEqual([]);
  });

  it('that goes wrong keeps nothing else of the watch from being done', async () => {
    await using there = await world(OK.slack, { every: 'on the first monday at nine' });
    const dead = { reason: 'unreadable', diedAt: '2026-11-20T14:00:00.000Z', unread: 'x' };
    await there.ports.ledger.write('slack', [{ kind: 'put', key: 'dead:2026-11-20T14:00:00.000Z:1', value: dead }]);

    await expect(there.watchAt('14:17:00')).rejects.toThrow(/NCRONTAB/);
    expect(there.ports.deliveries.sent[0]?.message).toMatchObject({ event: { topic: 'deadLetters', about: 'slack' } });
  });

  it('is off where nobody asks for it', async () => {
    await using there = await world(OK.slack, 'none');

    await there.watchAt('14:17:00');

    expect(there.ports.deliveries.sent).toStrictEqual([]);
  });

  it('tells of a receiver that was sent nothing because the queue stands still', async () => {
    await using there = await world(OK.slack, { every: EVERY, to: ['slack'] });
    await there.watchAt('13:17:00');
    await there.watchAt('14:17:00');

    expect(await there.watchAt('15:17:00')).toMatchObject({ drillFailed: ['slack'] });
    expect(await there.watchAt('16:17:00')).toMatchObject({ drillFailed: [] });
    expect(there.ports.deliveries.sent.at(-1)?.message).toMatchObject({
      receivers: ['teams'],
      event: { topic: 'drill', about: 'slack', reason: 'not tried' },
    });
  });

  it('is not asked of a receiver that came after it, nor of one that is gone', async () => {
    await using there = await world(OK.slack);
    const row = { version: 1, until: Date.parse('2026-11-20T14:17:00Z'), begun: [] as unknown[] };
    row.begun.push({ time: Date.parse('2026-11-20T14:00:00Z'), since: row.until, to: ['gone'] });
    await there.ports.ledger.write('~drill', [{ kind: 'put', key: 'drill', value: row }]);

    expect(await there.watchAt('15:17:00')).toMatchObject({ drillFailed: [] });
    expect(there.ports.deliveries.sent).toStrictEqual([]);
  });
});

const MINUTE = 60_000;

async function delivered(relay: Relay, ports: MemoryPorts): Promise<void> {
  for (const { message } of ports.deliveries.sent.splice(0)) await relay.deliver(message);
}

/** Test messages that wait in the queue. */
const waitingIn = (ports: MemoryPorts): number =>
  ports.deliveries.sent.filter(
    ({ message }) => 'event' in message && message.event.kind === 'notice' && message.event.topic === 'test',
  ).length;

/** Whether a schedule has a time after one and not after another. */
function isDue(every: string, after: number, until: number): boolean {
  const read = readSchedule(every);
  return 'schedule' in read && (nextTime(read.schedule, after) ?? Number.POSITIVE_INFINITY) <= until;
}

/** When the watch ran, with ✗ where it threw before it came to the drill, and how many drills it began at receivers that are well. */
const CASES: readonly (readonly [what: string, every: string, watches: readonly string[], begun: number])[] = [
  ['is as usual', EVERY, ['13:17:00', '14:17:00', '15:17:00', '16:17:00'], 1],
  ['was stopped over its time', EVERY, ['13:17:00', '15:25:00', '16:17:00', '17:17:00'], 1],
  ['was stopped for hours', EVERY, ['13:17:00', '18:25:00', '19:17:00', '20:17:00'], 1],
  ['is deployed for the first time', EVERY, ['15:17:00', '16:17:00', '17:17:00'], 0],
  ['has an hourly drill, new', '0 0 * * * *', ['15:17:00', '16:17:00', '17:17:00'], 2],
  ['comes a minute late', '0 18 13 * * *', ['13:17:00', '14:18:02', '15:17:00', '16:17:00'], 1],
  ['comes a moment early', '0 17 14 * * *', ['13:17:00', '14:16:59.990', '15:17:00', '16:17:00'], 1],
  ['throws', EVERY, ['13:17:00', '14:17:00 ✗', '15:17:00', '16:17:00', '17:17:00'], 1],
  ['was stopped for many drills', '0 */10 * * * *', ['13:17:00', '18:25:00'], 1],
];

describe('a drill of receivers that are well is never told as failed', () => {
  it.each(CASES)('by a watch that %s (%s)', async (_what, every, watches, begun) => {
    await using there = await world(OK.slack, { every });

    for (const watch of watches) {
      const [time = '', throws] = watch.split(' ');
      there.ports.ledger.down = throws !== undefined;
      const watched = await there.watchAt(time).catch(() => undefined);
      there.ports.ledger.down = false;
      expect(watched?.drillFailed ?? []).toStrictEqual([]);
      await there.deliver();
    }

    expect(there.slack.received).toHaveLength(begun);
    expect(there.teams.received).toHaveLength(begun);
  });

  it('where the relay is stopped between the test message and its delivery', async () => {
    await using there = await world(OK.slack);
    await there.watchAt('13:17:00');
    await there.watchAt('14:17:00');

    // Past due, before the queue is read again.
    expect(await there.watchAt('19:02:00')).toMatchObject({ drillFailed: [] });
    await there.deliver();
    expect(await there.watchAt('19:17:00')).toMatchObject({ drillFailed: [] });
    expect(await there.watchAt('20:17:00')).toMatchObject({ drillFailed: [] });
    expect(there.slack.received).toHaveLength(1);
  });

  /** A watch, and what comes before it: hours of standing still, a late timer, storage that is away meanwhile. */
  const step = fc.record({
    hours: fc.oneof(
      { weight: 6, arbitrary: fc.constant(1) },
      { weight: 2, arbitrary: fc.integer({ min: 2, max: 400 }) },
    ),
    late: fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.integer({ min: -500, max: 40 * MINUTE }) },
    ),
    down: fc.constantFrom('none', 'none', 'none', 'ledger', 'deliveries'),
    /** Whether what was queued is delivered after the standstill only. */
    killed: fc.boolean(),
  });

  const schedules = fc.constantFrom(
    EVERY,
    '0 0 * * * *',
    '0 */7 * * * *',
    '*/5 * * * * *',
    '0 18 13 * * *',
    '0 0 3 1-7 * MON',
  );

  it('whatever stops, comes late or throws; and a look begins one, however many are due', async () => {
    await using slack = await listen(OK.slack);
    await fc.assert(
      fc.asyncProperty(schedules, fc.array(step, { maxLength: 12 }), async (every, steps) => {
        const ports = memoryPorts();
        const receivers = [{ ...receiverAt('slack', slack.url), fallback: 'teams' }, receiverAt('teams', slack.url)];
        const relay = createRelay({ receivers, routes: [], drill: { every, to: ['slack'] }, ports });
        let hour = Date.parse('2026-11-20T13:17:00Z');
        let looked: number | undefined;
        for (const { hours, late, down, killed } of steps) {
          if (!(killed && hours > 1)) await delivered(relay, ports);
          hour += hours * 60 * MINUTE;
          ports.time.now = hour + late;
          const before = waitingIn(ports);
          if (down !== 'none') ports[down].down = true;
          const watched = await relay.watch().catch(() => undefined);
          if (down !== 'none') ports[down].down = false;

          expect(watched?.drillFailed ?? []).toStrictEqual([]);
          if (watched !== undefined) {
            expect(waitingIn(ports) - before).toBe(
              looked !== undefined && isDue(every, looked, ports.time.now) ? 1 : 0,
            );
            looked = ports.time.now;
          }
        }
        await delivered(relay, ports);
      }),
      { numRuns: 100 },
    );
  });
});
