import { describe, expect, it } from 'vitest';
import { createRelay } from '../../src/relay.ts';
import { OK } from '../support/deliveries.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt } from '../support/relay.ts';
import { listen, type Reply } from '../support/server.ts';

// Every Friday at 14:00 UTC; 2026-11-20 is one.
const EVERY = '0 0 14 * * 5';

/** A relay with a drill, whose Slack and Teams answer so. */
async function world(slackAnswers: Reply, drill: { every: string; to?: string[] } | 'none' = { every: EVERY }) {
  const stack = new AsyncDisposableStack();
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
  const deliver = async () => {
    for (const { message } of ports.deliveries.sent.splice(0)) await relay.deliver(message);
  };
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

    await there.watchAt('14:17:00');
    await there.deliver();

    expect(there.slack.received).toHaveLength(0);
    expect(there.teams.received).toHaveLength(1);
  });

  it.each(['0 0 14 * 2 *', '0 0 14 29 2 *'])('waits for a time that is months or years away (%s)', async (every) => {
    await using there = await world(OK.slack, { every });

    expect(await there.watchAt('14:17:00')).toMatchObject({ drillFailed: [] });
    expect(there.ports.deliveries.sent).toStrictEqual([]);
  });

  it('that goes wrong keeps nothing else of the watch from being done', async () => {
    await using there = await world(OK.slack, { every: 'on the first monday at nine' });
    const dead = { reason: 'unreadable', diedAt: '2026-11-20T14:00:00.000Z', unread: 'x' };
    await there.ports.ledger.write('slack', [{ kind: 'put', key: 'dead:2026-11-20T14:00:00.000Z:1', value: dead }]);

    await expect(there.watchAt('14:17:00')).rejects.toThrow(/CronPattern/);
    expect(there.ports.deliveries.sent[0]?.message).toMatchObject({ event: { topic: 'deadLetters', about: 'slack' } });
  });

  it('is off where nobody asks for it', async () => {
    await using there = await world(OK.slack, 'none');

    await there.watchAt('14:17:00');

    expect(there.ports.deliveries.sent).toStrictEqual([]);
  });
});
