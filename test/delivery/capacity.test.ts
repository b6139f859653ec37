import { describe, expect, it } from 'vitest';
import { StorageError } from '../../src/problems/errors.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { chatAt } from '../support/chat.ts';
import { drain } from '../support/drain.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt, relayWith } from '../support/relay.ts';

const SUBSCRIPTION = '/subscriptions/5c1d7f0e-2b64-4a0b-9a3e-7f1d2c3b4a50';
const SET = `${SUBSCRIPTION}/resourceGroups/rg-quay/providers/Microsoft.Compute/virtualMachineScaleSets/quay-web`;

const scaled = (at: string, from: number, to: number, set = SET) => ({
  ...{ version: '1.0', status: 'Activated', operation: to < from ? 'Scale In' : 'Scale Out' },
  context: {
    ...{ timestamp: at, id: `${SUBSCRIPTION}/resourceGroups/rg-quay/providers/microsoft.insights/autoscalesettings/s` },
    ...{ name: 's', resourceName: 'quay-web', resourceType: 'microsoft.compute/virtualmachinescalesets' },
    ...{ resourceId: set, oldCapacity: `${from}`, newCapacity: `${to}` },
  },
  properties: {},
});

const DAY = [
  scaled('2026-11-20T08:05:00.000Z', 3, 6),
  scaled('2026-11-20T10:05:00.000Z', 6, 8),
  scaled('2026-11-20T13:05:00.000Z', 8, 5),
];

/** What bodies were queued with. */
async function days(bodies: readonly unknown[], ports = memoryPorts()) {
  const relay = createRelay({
    receivers: [receiverAt('slack', 'http://127.0.0.1:1')],
    routes: [{ to: ['slack'] }],
    ports,
  });
  for (const body of bodies) expect((await answerTo(relay, post(body))).status).toBe(202);
  return ports.deliveries.sent.map(({ message }) =>
    'event' in message && message.event.kind === 'scale' ? message.event.day : undefined,
  );
}

describe('the last day of a scale set', () => {
  it('is a fact of each scaling that is not alone', async () => {
    const [first, , last] = await days(DAY);

    expect(first).toBeUndefined();
    expect(last).toMatchObject({ minimum: 3, maximum: 8, from: '2026-11-19T13:05:00.000Z' });
    expect(last?.steps.slice(-7)).toStrictEqual([3, 6, 6, 8, 8, 8, 5]);
  });

  it('is in the message, drawn and in numbers', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports);
    const { relay } = relayWith([receiverAt('slack', chat.url)], ports);
    for (const body of DAY) expect((await answerTo(relay, post(body))).status).toBe(202);
    await drain(relay, ports);
    const [first = '', ...others] = chat.received.map(({ body }) => body);

    expect(first).not.toMatch(/[▁-█]|24/);
    expect(others.at(-1)).toContain(`${'▁'.repeat(18)}▅▅███▄ 3–8`);
    expect(JSON.parse(others.at(-1) ?? '{}').text.replaceAll('\u00a0', ' ')).toContain('3 to 8 in the last 24 hours');
  });

  it('is that of one set, and the same where a sender tells it again', async () => {
    const ports = memoryPorts();
    const other = scaled('2026-11-20T13:00:00.000Z', 1, 90, `${SET}-2`);
    const [, , one, , again] = await days([DAY[0], DAY[1], DAY[2], other, DAY[2]], ports);

    expect(one?.maximum).toBe(8);
    expect(again).toStrictEqual(one);
    expect(ports.ledger.rows('~capacity')).toHaveLength(2);
  });

  it('is not told where what is remembered cannot be read, and is remembered anew', async () => {
    const ports = memoryPorts();
    await days(DAY.slice(0, 2), ports);
    for (const { key } of ports.ledger.rows('~capacity')) {
      await ports.ledger.write('~capacity', [{ kind: 'put', key, value: { steps: [{ at: 3 }] } }]);
    }

    expect((await days([DAY[2]], ports)).at(-1)).toBeUndefined();
    expect((await days([scaled('2026-11-20T13:30:00.000Z', 5, 7)], ports)).at(-1)?.maximum).toBe(8);
  });

  it.each([
    ['fails', () => Promise.reject(new StorageError('the ledger did not answer', 'no answer'))],
    ['is silent', () => new Promise<never>(() => undefined)],
  ])('keeps no scaling back where the ledger %s', async (_how, call) => {
    const ports = memoryPorts();
    ports.ledger.read = call;

    expect(await days(DAY.slice(0, 2), ports)).toStrictEqual([undefined, undefined]);
  });

  it('loses no step to another instance', async () => {
    const ports = memoryPorts();
    await days([DAY[0]], ports);
    await Promise.all([days([DAY[1]], ports), days([scaled('2026-11-20T10:06:00.000Z', 8, 9)], ports)]);

    expect((await days([DAY[2]], ports)).at(-1)?.maximum).toBe(9);
  });
});
