import { describe, expect, it } from 'vitest';
import { post, receiverAt, relayWith } from './support/relay.ts';

const alerts = (count: number) => ({
  version: '4',
  status: 'firing',
  alerts: Array.from({ length: count }, (_, index) => ({
    status: 'firing',
    labels: { alertname: 'QueueTooLong', instance: `mq-${index}` },
    startsAt: '2026-11-20T14:05:09Z',
  })),
});

describe('a body of many events', () => {
  it('puts each on the queue, once', async () => {
    const { relay, ports } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')]);

    const answer = await relay.accept(post(alerts(200)));

    const ids = ports.deliveries.sent.flatMap(({ message }) => ('event' in message ? message.event.id : []));
    expect(answer.status).toBe(202);
    expect(new Set(ids).size).toBe(200);
    expect(ids).toHaveLength(200);
  });

  it('is answered 503 when storage fails in the middle, and is whole after the next try', async () => {
    const { relay, ports } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')]);
    const { send } = ports.deliveries;
    let calls = 0;
    ports.deliveries.send = async (...message) => {
      calls += 1;
      if (calls === 50) ports.deliveries.down = true;
      return send.apply(ports.deliveries, message);
    };

    expect((await relay.accept(post(alerts(200)))).status).toBe(503);
    ports.deliveries.down = false;
    expect((await relay.accept(post(alerts(200)))).status).toBe(202);
    expect(
      new Set(ports.deliveries.sent.flatMap(({ message }) => ('event' in message ? message.event.id : []))).size,
    ).toBe(200);
  });

  it('is refused and kept when it would hold a sender up for too long', async () => {
    const { relay, ports } = relayWith([receiverAt('slack', 'http://127.0.0.1:1')]);

    expect((await relay.accept(post(alerts(1_001)))).status).toBe(422);
    expect(ports.deliveries.sent).toHaveLength(0);
    expect(ports.rejected.kept).toHaveLength(1);
  });
});
