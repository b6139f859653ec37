import { describe, expect, it } from 'vitest';
import { isDriftRun } from '../../src/delivery/rules/delivery.ts';
import type { DriftReports } from '../../src/drift/run.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { memoryPorts } from '../support/ports.ts';
import { post, receiverAt } from '../support/relay.ts';

const reports: DriftReports = {
  check: () => async () => ({ outcome: 'busy' }),
  touched: async () => undefined,
  list: async () => undefined,
  overview: async () => undefined,
  episodes: async () => [],
};

function relayWithDrift(drift?: DriftReports) {
  const ports = memoryPorts();
  const receivers = [receiverAt('slack', 'http://127.0.0.1:1')];
  return { ports, relay: createRelay({ receivers, routes: [{ to: ['slack'] }], drift, ports }) };
}

describe('a check for drift that is asked for', () => {
  it('is one message of the queue', async () => {
    const { ports, relay } = relayWithDrift(reports);

    expect(await relay.queueDrift(post({}))).toStrictEqual({ status: 202, jsonBody: { on: true, queued: true } });

    expect(ports.deliveries.sent).toHaveLength(1);
    expect(isDriftRun(ports.deliveries.sent[0]?.message)).toBe(true);
  });

  it('is none where the report is off', async () => {
    const { ports, relay } = relayWithDrift();

    expect(await relay.queueDrift(post({}))).toStrictEqual({ status: 200, jsonBody: { on: false, queued: false } });

    expect(ports.deliveries.sent).toHaveLength(0);
  });

  it('is nothing to who does not know of it, and no other message is one', async () => {
    const { ports, relay } = relayWithDrift(reports);
    await relay.queueDrift(post({}));
    const { drift: _, ...before } = { ...ports.deliveries.sent[0]?.message } as Record<string, unknown>;

    expect(await relay.deliver(before)).toStrictEqual([{ outcome: 'nothing', receiver: 'slack' }]);
    expect([before, deliveryTo(['slack']), 'drift', null].map(isDriftRun)).toStrictEqual([false, false, false, false]);
  });
});
