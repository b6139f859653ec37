import { describe, expect, it } from 'vitest';
import { createFakeAzure, type FakeAzureOptions } from '../../dev/fake-azure/fake-azure.ts';
import { generateFleet } from '../../dev/fake-azure/generate.ts';
import { scaleWebhook } from '../../dev/fake-azure/webhook.ts';
import type { DeliveryReport } from '../../src/delivery/dispatch.ts';
import { machineReader } from '../../src/outbound/arm/machines.ts';
import { realTiming } from '../../src/outbound/arm/pace.ts';
import { chatAt } from '../support/chat.ts';
import { drain } from '../support/drain.ts';
import { memoryPorts } from '../support/ports.ts';
import { post, receiverAt, relayWith, requestOf } from '../support/relay.ts';
import { Stack } from '../support/stack.ts';

const MINUTE = 60_000;

interface Wish {
  readonly orchestration?: 'Uniform' | 'Flexible';
  readonly instances?: number;
  readonly azure?: Omit<FakeAzureOptions, 'fleet'>;
}

/** A relay, a chat and an Azure that share one clock; it goes on with the queue. */
async function worldWith({ orchestration = 'Uniform', instances = 6, azure: options = {} }: Wish = {}) {
  const stack = new Stack();
  const ports = memoryPorts();
  const clock = { now: () => ports.time.now };
  const fleet = generateFleet({ sets: 0, clock });
  const set = fleet.addSet({ name: 'vm', orchestration, instances });
  const azure = stack.use(await createFakeAzure({ fleet, limits: 'off', ...options }));
  const chat = stack.use(await chatAt(ports));
  const timing = { ...realTiming, sleep: async () => undefined };
  const machines = machineReader({ endpoint: azure.url, identity: { kind: 'managed' }, timing });
  const { relay } = relayWith([receiverAt('slack', chat.url)], ports, { machines });
  const reports: DeliveryReport[] = [];
  return {
    ...{ relay, ports, fleet, set, azure, chat, reports },
    /** Autoscale tells of the scaling that has just begun. */
    async told(from: number, to: number) {
      await relay.accept(post(scaleWebhook(set, { from, to, at: ports.time.now })));
    },
    async passed(until?: number) {
      reports.push(...(await drain(relay, ports, until)));
    },
    texts: () =>
      chat.received.map(({ body }) => (JSON.parse(body) as { readonly text: string }).text.replaceAll('\u00a0', ' ')),
    looks: () => azure.journal.filter(({ kind, page }) => /^list(Instances|Vms)$/.test(kind) && page === 1).length,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const reasons = (reports: readonly DeliveryReport[]) => reports.flatMap(({ reason }) => reason ?? []);

describe('a scale-out', () => {
  it('says which machines came, in which zones, and when they were running', async () => {
    await using world = await worldWith({ orchestration: 'Flexible' });
    world.fleet.autoscale(world.set, { name: 'vm-scale', minimum: 3, maximum: 9 });
    world.fleet.scaleOut(world.set, 9, {
      ids: ['vm-7', 'vm-8', 'vm-9'],
      zones: ['1', '2', '3'],
      seconds: [95, 130, 60],
    });
    await world.told(6, 9);
    await world.passed();

    expect(world.texts()).toStrictEqual([
      expect.stringMatching(/^Scaling out: vm /),
      'Machines added: vm (rg-made, westeurope) 6 → 9: vm-7, vm-8, vm-9 in zones 1, 2, 3, running after 2 min 10 sec; maximum of the setting reached.',
    ]);
    expect(world.looks()).toBe(2);
    expect(reasons(world.reports)).toStrictEqual(['machines under way', 'machines told']);
  });

  it('names instances of Uniform sets by their names in lists, however many pages those have', async () => {
    await using world = await worldWith({ azure: { pageSize: 4 } });
    world.fleet.scaleOut(world.set, 8, { zones: ['1'] });
    await world.told(6, 8);
    await world.passed();

    expect(world.texts()[1]).toMatch(/: vm_6, vm_7 in zone 1, running after 2 min 10 sec\.$/);
    expect(world.azure.calls.listInstances).toBe(4);
  });

  it('ends after 15 minutes and three looks with what does not run', async () => {
    await using world = await worldWith();
    world.fleet.scaleOut(world.set, 9, { seconds: [60, 60, 3_600] });
    await world.told(6, 9);
    await world.passed();

    expect(world.texts()[1]).toMatch(
      /^Machines not all running yet: .*: vm_6, vm_7, running after 1 min; 1 not running yet after 15 min\.$/,
    );
    expect(world.chat.times.map((at) => at - (world.chat.times[0] ?? 0))).toStrictEqual([0, 15 * MINUTE]);
    expect(world.looks()).toBe(3);
  });

  it.each([
    [
      1,
      'AllocationFailed',
      /^Machines added in part: .*: vm_6, vm_7, running after .*; 1 failed \(AllocationFailed\)\.$/,
    ],
    [3, 'QuotaExceeded', /^Scaling out failed: .* stays at 6, 9 wanted; 3 failed \(QuotaExceeded\); quota reached\.$/],
  ])('tells that %d could not be made, and Azure’s word for it', async (count, code, sentence) => {
    await using world = await worldWith();
    world.fleet.scaleOut(world.set, 9, { failing: { count, code } });
    await world.told(6, 9);
    await world.passed();

    expect(world.texts()[1]).toMatch(sentence);
  });

  it('that Azure refused as a whole is told as such, with a warning', async () => {
    await using world = await worldWith();
    await world.told(6, 9);
    await world.passed();

    expect(world.texts()[1]).toMatch(/ 6 → 9: stays at 6, nothing was added\.$/);
    expect(world.chat.received[1]?.body).toContain('#DAA038');
  });

  it('of 900 names some and counts the others', async () => {
    await using world = await worldWith();
    world.fleet.scaleOut(world.set, 906);
    await world.told(6, 906);
    await world.passed();

    expect(world.texts()[1]).toMatch(/: vm_6, vm_7, .*, and 8\d\d more, running after 2 min 10 sec\.$/);
  });

  it('that is told late is known by the times of its machines', async () => {
    await using world = await worldWith();
    world.fleet.scaleOut(world.set, 8);
    const body = scaleWebhook(world.set, { from: 6, to: 8, at: world.ports.time.now });
    world.ports.time.now += 8 * MINUTE;
    await world.relay.accept(post(body));
    await world.passed();

    expect(world.texts()[1]).toMatch(/: vm_6, vm_7, running after 2 min 10 sec\.$/);
    expect(world.looks()).toBe(1);
  });

  it('that another has made of more machines is told in counts', async () => {
    await using world = await worldWith();
    world.fleet.scaleOut(world.set, 8);
    world.fleet.surge(world.set, ['0', '1']);
    await world.told(6, 8);
    await world.passed();

    expect(world.texts()[1]).toMatch(/: 2 instances, not seen which, running\.$/);
  });
});

describe('a scale-in', () => {
  it('says which machines have gone', async () => {
    await using world = await worldWith();
    world.fleet.autoscale(world.set, { name: 'vm-scale', minimum: 3, maximum: 9 });
    world.fleet.scaleIn(world.set, 3);
    await world.told(6, 3);
    await world.passed();

    expect(world.texts()[1]).toBe(
      'Machines removed: vm (rg-made, westeurope) 6 → 3: vm_3, vm_4, vm_5, removed; minimum of the setting reached.',
    );
  });

  it('whose start was missed is told in counts', async () => {
    await using world = await worldWith();
    world.fleet.scaleIn(world.set, 3, 0);
    await world.told(6, 3);
    await world.passed();

    expect(world.texts()[1]).toMatch(/: 3 instances, not seen which, removed\.$/);
  });
});

describe('a set that is scaled again meanwhile', () => {
  it('is told of each time by itself, with its own machines', async () => {
    await using world = await worldWith();
    world.fleet.scaleOut(world.set, 8, { seconds: 240 });
    await world.told(6, 8);
    await world.passed(world.ports.time.now + 4 * MINUTE);
    world.fleet.scaleOut(world.set, 9, { seconds: 30 });
    await world.told(8, 9);
    await world.passed();

    expect(world.texts().filter((text) => text.startsWith('Machines added'))).toStrictEqual([
      expect.stringMatching(/ 8 → 9: vm_8, running after 30 sec\.$/),
      expect.stringMatching(/ 6 → 8: vm_6, vm_7, running after 4 min\.$/),
    ]);
  });

  it('without a word is told with what is wanted by now, and without names', async () => {
    await using world = await worldWith();
    world.fleet.scaleOut(world.set, 8, { seconds: 600 });
    await world.told(6, 8);
    await world.passed(world.ports.time.now + MINUTE);
    world.fleet.scaleIn(world.set, 5, 0);
    await world.passed();

    expect(world.texts()[1]).toMatch(/^Scaling out: .* 6 → 8: 5 wanted by now\.$/);
  });
});

describe('the event itself', () => {
  it.each([
    ['Azure does not let the relay read', { kind: 'status', status: 403 }, 'machines forbidden', 1],
    ['the set is gone', { kind: 'status', status: 404 }, 'machines gone', 1],
    ['Azure wants no calls for an hour', { kind: 'status', status: 429, retryAfter: 3_600 }, 'machines held', 3],
    ['Azure answers nonsense', { kind: 'html', status: 200 }, 'machines NotJson', 3],
  ] as const)('is told as it is where %s, with a quiet line', async (_why, wrong, reason, looks) => {
    await using world = await worldWith({ azure: { faults: [{ times: Number.POSITIVE_INFINITY, wrong }] } });
    world.fleet.scaleOut(world.set, 8);
    await world.told(6, 8);
    await world.passed();

    expect(world.texts()).toStrictEqual([expect.stringMatching(/^Scaling out: /)]);
    expect(reasons(world.reports)).toStrictEqual(Array(looks).fill(reason));
    expect(new Set(world.reports.map(({ outcome }) => outcome))).toStrictEqual(new Set(['sent', 'nothing']));
  });

  it('is told where storage does not take the look', async () => {
    await using world = await worldWith();
    await world.told(6, 8);
    const [message] = world.ports.deliveries.waiting;
    const { ledger } = world.ports;
    const read = ledger.read.bind(ledger);
    ledger.read = async (partition, key) => {
      ledger.down = partition === '~machines';
      return read(partition, key).finally(() => (ledger.down = false));
    };
    const reports = await world.relay.deliver(message?.message, message?.id);

    expect(reports).toMatchObject([{ outcome: 'sent' }]);
  });

  it('is followed once, whoever tells it and however often the queue brings a look', async () => {
    await using world = await worldWith();
    world.fleet.scaleOut(world.set, 8);
    await world.told(6, 8);
    const { deliveries } = world.ports;
    const told = deliveries.waiting.map(({ message }) => message).find((message) => 'event' in message);
    if (told === undefined) throw new Error('nothing is queued');
    await deliveries.send({ ...told, event: { ...told.event, id: 'of-the-activity-log', source: 'azure-monitor' } });
    await world.passed();
    for (const { message } of [...deliveries.sent]) await world.relay.deliver(message);

    expect(world.looks()).toBe(2);
    expect(world.texts().filter((text) => text.startsWith('Machines added'))).toHaveLength(1);
  });

  it('is followed for who proved itself, whatever others told before and after', async () => {
    await using world = await worldWith();
    world.fleet.scaleOut(world.set, 8, { seconds: 30 });
    await world.told(6, 8);
    const { deliveries } = world.ports;
    const [queued] = deliveries.waiting.splice(0);
    if (queued === undefined || !('event' in queued.message)) throw new Error('nothing is queued');
    const { event, ...delivery } = queued.message;
    const later = new Date(world.ports.time.now + 20_000).toISOString();
    // By the relay's own word beside the event, and not by the event's.
    await deliveries.send({ ...delivery, event: { ...event, id: 'before' } });
    await deliveries.send({
      ...delivery,
      event: { ...event, id: 'after', from: 8, to: 9, occurredAt: later } as never,
    });
    await deliveries.send({ ...delivery, proven: true, event: { ...event, id: 'true', source: 'azure-monitor' } });
    await world.passed();

    expect(world.texts().filter((text) => text.startsWith('Machines added'))).toContainEqual(
      expect.stringMatching(/ 6 → 8: vm_6, vm_7, running after 30 sec\.$/),
    );
    expect(world.ports.deliveries.sent.map(({ message }) => message)).toContainEqual(
      expect.objectContaining({ proven: true, event: expect.objectContaining({ machines: expect.anything() }) }),
    );
  });

  it('is looked for once where a look comes to two at the same time', async () => {
    await using world = await worldWith();
    world.fleet.scaleOut(world.set, 8);
    await world.told(6, 8);
    await world.passed(world.ports.time.now);
    const [queued] = world.ports.deliveries.waiting;
    world.ports.time.now += 3 * MINUTE;
    await Promise.all(['one', 'other'].map((owner) => world.relay.deliver(queued?.message, owner)));

    expect(world.looks()).toBe(2);
    await world.passed();
    expect(world.texts()).toHaveLength(2);
  });

  it('is followed to its end where a look was cut off', async () => {
    await using world = await worldWith({
      azure: { faults: [{ on: { kind: 'getSet' }, times: 3, wrong: { kind: 'reset' } }] },
    });
    world.fleet.scaleOut(world.set, 8);
    await world.told(6, 8);
    await world.passed();

    expect(reasons(world.reports)).toStrictEqual(['machines NoAnswer', 'machines told']);
    expect(world.texts()[1]).toMatch(/: vm_6, vm_7, running after 2 min 10 sec\.$/);
  });

  it('that is silenced is not followed by a second message', async () => {
    await using world = await worldWith();
    world.fleet.scaleOut(world.set, 8);
    await world.relay.silences(
      requestOf(JSON.stringify({ match: { resource: 'vm' }, for: '1m', reason: 'a test' }), { method: 'POST' }),
    );
    await world.told(6, 8);
    await world.passed();

    expect(world.texts()).toStrictEqual([]);
    expect(reasons(world.reports)).toContain('machines told');
  });

  it('leaves a message in the queue that holds ids alone', async () => {
    await using world = await worldWith();
    world.fleet.scaleOut(world.set, 8);
    await world.told(6, 8);
    await world.passed(world.ports.time.now);
    const queued = world.ports.deliveries.waiting.map(({ message }) => message);

    expect(queued).toStrictEqual([
      {
        version: 1,
        release: expect.stringMatching(/^[0-9a-f]{32}$/),
        receivers: ['slack'],
        look: { event: expect.stringMatching(/^[0-9a-f]{32}$/), number: 1 },
      },
    ]);
  });
});
