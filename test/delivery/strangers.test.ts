import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MACHINES } from '../../src/delivery/rules/keys.ts';
import type { RelayParts } from '../../src/relay/parts.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { matcher } from '../../src/routing/match.ts';
import { compileMutes } from '../../src/routing/mutes.ts';
import { loaded } from '../../src/sources/registry.ts';
import { chatAt } from '../support/chat.ts';
import { entriesOf } from '../support/deliveries.ts';
import { drain } from '../support/drain.ts';
import { fixturesOf, storedBefore } from '../support/fixtures.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt } from '../support/relay.ts';
import { Stack } from '../support/stack.ts';

// A webhook has eight seconds, and what reads it is loaded when there is one: not while one waits.
await Promise.all([loaded(), import('../../src/delivery/beginnings.ts')]);

const TOKEN = { 'x-relay-token': 'known-to-the-sender' };
const credentials = { secrets: [], tokens: [TOKEN['x-relay-token']] };
const proving = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { credentials, include: [] }]));

const HELD = { hold: { kind: ['scale', 'alert'] }, same: ['environment' as const], atMost: 7_200_000 };

interface Wish {
  readonly sources?: RelayParts['sources'];
  readonly inhibit?: NonNullable<Parameters<typeof compileMutes>[0]['inhibit']>;
  readonly ports?: ReturnType<typeof memoryPorts>;
}

/** A relay with one receiver that takes everything; `busy` is whether the chat wants nothing for half a minute. */
async function worldWith({ sources = {}, inhibit = [], ports = memoryPorts() }: Wish = {}) {
  const stack = new Stack();
  const world = { busy: false };
  const chat = stack.use(
    await chatAt(ports, () => (world.busy ? { status: 429, headers: { 'retry-after': '30' } } : undefined)),
  );
  const relay = createRelay({
    receivers: [receiverAt('slack', chat.url)],
    routes: [{ to: ['slack'] }],
    environments: [{ name: 'prod', match: matcher({}) }],
    quiet: compileMutes({ inhibit: [...inhibit] }, 'UTC'),
    ...{ sources, ports },
  });
  return Object.assign(world, {
    ...{ relay, ports, chat },
    async told(source: string, body: unknown, headers: Record<string, string> = {}) {
      expect((await answerTo(relay, post(body, source, headers))).status).toBe(202);
    },
    drained: () => drain(relay, ports),
    /** What became of a source's events, without what tells one run from another. */
    became: (...of: readonly string[]) =>
      entriesOf(ports.ledger, 'slack')
        .filter(({ event }) => of.includes(event.source))
        .map(({ event, state, reason }) => ({ event, state, reason }))
        .toSorted((a, b) => (a.event.id < b.event.id ? -1 : 1)),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  });
}

const SUBSCRIPTION = '/subscriptions/5c1d7f0e-2b64-4a0b-9a3e-7f1d2c3b4a50';
const SET = `${SUBSCRIPTION}/resourceGroups/rg-quay/providers/Microsoft.Compute/virtualMachineScaleSets/quay-web`;
const SETTING = `${SUBSCRIPTION}/resourceGroups/rg-quay/providers/microsoft.insights/autoscalesettings/quay-web-scale`;

const at = (seconds: number): string =>
  new Date(Date.parse('2026-11-20T14:05:00.100Z') + seconds * 1_000).toISOString();

const scaling = (properties: object = {}, seconds = 0) => ({
  version: '1.0',
  status: 'Activated',
  operation: 'Scale Out',
  context: {
    ...{ timestamp: at(seconds), id: SETTING, name: 'quay-web-scale' },
    ...{ resourceName: 'quay-web', resourceType: 'microsoft.compute/virtualmachinescalesets', resourceId: SET },
    ...{ resourceRegion: 'Korea Central', oldCapacity: '3', newCapacity: '6' },
  },
  properties,
});

const recorded = (operation: string, seconds: number) => ({
  schemaId: 'azureMonitorCommonAlertSchema',
  data: {
    essentials: {
      alertId: `${SUBSCRIPTION}/providers/Microsoft.AlertsManagement/alerts/${operation}${seconds}`,
      ...{ alertRule: 'autoscale', severity: 'Sev4', signalType: 'Activity Log', monitorCondition: 'Fired' },
      ...{ monitoringService: 'Activity Log - Autoscale', alertTargetIDs: [SETTING], firedDateTime: at(seconds) },
    },
    alertContext: {
      ...{ eventSource: 'Autoscale', eventTimestamp: at(seconds), eventDataId: `${operation}${seconds}` },
      operationName: `Microsoft.Insights/AutoscaleSettings/${operation}/Action`,
      properties: { resourceName: SET, oldInstancesCount: '3', newInstancesCount: '6' },
      ...{ status: 'Succeeded', level: 'Informational' },
    },
  },
});

const latency = (status: 'firing' | 'resolved', startsAt = at(0), endsAt = at(60)) => ({
  ...{ version: '4', status, receiver: 'relay', groupLabels: {}, commonLabels: {}, commonAnnotations: {} },
  ...{ externalURL: 'https://alerts.example.com', groupKey: '{}:{}', truncatedAlerts: 0 },
  alerts: [
    {
      ...{ status, labels: { alertname: 'HighLatency', cluster: 'quay', severity: 'critical' }, annotations: {} },
      ...{ startsAt, endsAt, generatorURL: 'https://prometheus.example.com/graph', fingerprint: '6fb1a1bd6dd1d3ee' },
    },
  ],
});

/** Alertmanager's story can be worked out by whoever knows the labels. */
async function storyOf(body: unknown, source: string): Promise<string> {
  await using world = await worldWith();
  await world.told(source, body);
  await world.drained();
  const [one] = world.became(source);
  return one?.event.story ?? '';
}

describe('an alert of a sender that proves itself', () => {
  const sources = proving('alertmanager');

  it.each([
    ['waits for nobody', false],
    ['waits beside it', true],
  ])('is told whatever a stranger said of its story, where it %s', async (_how, busy) => {
    const story = await storyOf(latency('firing'), 'alertmanager');
    await using world = await worldWith({ sources });
    world.busy = busy;
    const end = { kind: 'alert', state: 'resolved', rule: 'HighLatency', story, occurredAt: at(549) };
    await world.told('custom', { ...end, resource: { name: 'HighLatency', group: 'quay' } });
    await world.told('alertmanager', latency('firing'), TOKEN);
    await drain(world.relay, world.ports, world.ports.time.now + 10_000);
    world.busy = false;
    await world.drained();

    expect(world.became('alertmanager')).toMatchObject([{ state: 'sent' }]);
    expect(world.chat.received.map(({ body }) => body).join()).toContain('Alert fired');
  });

  it('is past where its own sender said so', async () => {
    await using world = await worldWith({ sources });
    await world.told('alertmanager', latency('resolved'), TOKEN);
    await world.told('alertmanager', latency('firing'), TOKEN);
    await world.drained();

    expect(
      world
        .became('alertmanager')
        .map(({ reason }) => reason ?? '')
        .toSorted(),
    ).toStrictEqual(['', 'story-ended']);
  });
});

describe('a deployment', () => {
  const begins = { kind: 'deployment', phase: 'started', subject: 'quay', story: 'run-7', resource: { name: 'quay' } };
  const held = async (wish: Wish, headers = {}) => {
    await using world = await worldWith(wish);
    await world.told('custom', { ...begins, occurredAt: at(0) }, headers);
    await world.told('azure-autoscale', scaling());
    await world.drained();
    return world.became('azure-autoscale').map(({ state }) => state);
  };

  it('holds nothing back where nobody knows who told it', async () => {
    expect(await held({ inhibit: [HELD] })).toStrictEqual(['sent']);
    expect(await held({ inhibit: [{ ...HELD, during: { source: ['cust*', '!github'] } }] })).toStrictEqual(['sent']);
  });

  it('holds back what it should where its sender proves itself', async () => {
    expect(await held({ inhibit: [HELD], sources: proving('custom') }, TOKEN)).toStrictEqual(['quiet']);
  });

  it('holds it back where the rule names its source', async () => {
    expect(await held({ inhibit: [{ ...HELD, during: { source: ['Custom'] } }] })).toStrictEqual(['quiet']);
  });
});

describe('the family of autoscale', () => {
  const world = (...names: readonly string[]) => worldWith({ sources: proving(...names) });
  const went = async (isWebhookProven: boolean, isLogProven: boolean) => {
    await using there = await world(
      ...(isWebhookProven ? ['azure-autoscale'] : []),
      ...(isLogProven ? ['azure-monitor'] : []),
    );
    await there.told('azure-autoscale', scaling({ environment: 'blue' }), isWebhookProven ? TOKEN : {});
    await there.told('azure-monitor', recorded('Scaleup', 1), isLogProven ? TOKEN : {});
    await there.told('azure-monitor', recorded('ScaleupResult', 240), isLogProven ? TOKEN : {});
    await there.drained();
    return there
      .became('azure-autoscale', 'azure-monitor')
      .toSorted((a, b) => (a.event.occurredAt < b.event.occurredAt ? -1 : 1))
      .map(({ event, state, reason = '' }) => `${state} ${reason} ${event.environment}`.trim());
  };

  it.each([
    [false, false],
    [true, false],
    [true, true],
  ])('is one story where the first has proved as much: %s, %s', async (...proofs) => {
    expect(await went(...proofs)).toStrictEqual(['sent  blue', 'overtaken same-occurrence blue', 'sent  blue']);
  });

  it('is not where only the second has proved itself', async () => {
    expect(await went(false, true)).toStrictEqual(['sent  blue', 'sent  prod', 'sent  prod']);
  });
});

describe('that a source has proved itself', () => {
  it('is known of an event wherever it goes on: to a fallback, from a parking place, in a replay', async () => {
    const ports = memoryPorts();
    await using chat = await chatAt(ports, (_at, before) =>
      before === 0 ? { status: 429, headers: { 'retry-after': '30' } } : { status: 400, body: 'invalid_payload' },
    );
    const receivers = ['slack', 'other'].map((name) => receiverAt('slack', chat.url, name));
    const relay = createRelay({
      receivers: receivers.map((each) => (each.name === 'slack' ? { ...each, fallback: 'other' } : each)),
      routes: [{ to: ['slack'] }],
      sources: proving('alertmanager'),
      ports,
    });
    for (const startsAt of [at(0), at(1), at(2)]) {
      await relay.accept(post(latency('firing', startsAt), 'alertmanager', TOKEN));
    }
    await drain(relay, ports);
    await relay.replay(post({}));

    const told = ports.deliveries.sent.flatMap(({ message }) =>
      'event' in message && message.event.source === 'alertmanager' ? [message] : [],
    );
    expect(new Set(told.map(({ receivers: [name], replay }) => `${name} ${replay}`))).toStrictEqual(
      new Set(['slack undefined', 'other undefined', 'slack unsent', 'other unsent']),
    );
    expect(new Set(told.map(({ proven }) => proven))).toStrictEqual(new Set([true]));
    expect(new Set(entriesOf(ports.ledger, 'slack').map(({ proven }) => proven))).toStrictEqual(new Set([true]));
    expect(chat.received.map(({ body }) => body).join()).not.toContain('proven');
  });
});

describe('whatever anybody posts', () => {
  const gitlab = fixturesOf('gitlab').filter(({ name }) => /^deployment-(?:running|succeeded)$/.test(name));
  const sources = proving('alertmanager', 'azure-autoscale', 'azure-monitor', 'gitlab');
  const names = Object.keys(sources);
  const bodies: readonly (readonly [string, unknown, Record<string, string>])[] = [
    ['alertmanager', latency('firing'), TOKEN],
    ['gitlab', gitlab[0]?.body, { ...gitlab[0]?.headers, ...TOKEN }],
    ['azure-autoscale', scaling(), TOKEN],
    ['azure-monitor', recorded('Scaleup', 1), TOKEN],
    ['gitlab', gitlab[1]?.body, { ...gitlab[1]?.headers, ...TOKEN }],
    ['azure-monitor', recorded('ScaleupResult', 240), TOKEN],
    ['alertmanager', latency('resolved'), TOKEN],
  ];
  const inhibit = [HELD];

  /** What becomes of them where something else is posted before each, and after the last. */
  async function outcome(others: readonly (readonly unknown[])[], busy: boolean) {
    await using world = await worldWith({ sources, inhibit });
    world.busy = busy;
    // Whom the chat puts off does not wait with the others.
    await world.told('jenkins', { name: 'quay', build: { phase: 'FINALIZED', status: 'FAILURE', number: 1 } });
    await drain(world.relay, world.ports, world.ports.time.now);
    for (const [index, [source, body, headers]] of bodies.entries()) {
      for (const other of others[index] ?? []) await world.relay.accept(post(other, 'custom'));
      await world.told(source, body, headers);
      await drain(world.relay, world.ports, world.ports.time.now);
    }
    world.busy = false;
    await world.drained();
    return world.became(...names).map(({ state, reason, event }) => ({ state, reason, event }));
  }

  it.each([
    ['each goes by itself', false],
    ['all wait', true],
  ])('changes nothing of what others have proved, where %s', async (_how, busy) => {
    const alone = await outcome([], busy);
    expect(alone).toHaveLength(bodies.length);
    // Copies of what they tell, with another outcome, place or time.
    const changes = fc.record(
      {
        occurredAt: fc.integer({ min: -60, max: 549 }).map(at),
        phase: fc.constantFrom('started', 'succeeded', 'failed', 'cancelled'),
        state: fc.constantFrom('fired', 'resolved'),
        id: fc.constantFrom(...alone.map(({ event }) => event.id), 'x'),
        environment: fc.constantFrom('prod', 'blue'),
        resource: fc.constantFrom(...alone.map(({ event }) => event.resource)),
        story: fc.constantFrom(...alone.flatMap(({ event }) => event.story ?? [])),
        kind: fc.constantFrom('alert', 'deployment', 'scale'),
        proven: fc.constant(true),
      },
      { requiredKeys: ['occurredAt', 'phase', 'state'] },
    );
    const hostile = fc
      .tuple(fc.constantFrom(...alone.map(({ event }) => event)), changes)
      .map(([{ id: _, ...event }, change]) => ({
        rule: 'x',
        subject: 'x',
        direction: 'out',
        to: 6,
        ...event,
        ...change,
      }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(hostile, { maxLength: 3 }), { maxLength: bodies.length }), async (others) => {
        expect(await outcome(others, busy)).toStrictEqual(alone);
      }),
      { numRuns: 8 },
    );
  });
});

describe('what the release before has stored', () => {
  const { rows, message } = storedBefore('stories-0.1.0') as {
    readonly rows: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly message: object;
  };
  const SOURCES = proving('alertmanager', 'azure-autoscale', 'azure-monitor', 'custom');

  async function upgraded(wish: Wish = {}) {
    const ports = memoryPorts();
    for (const [partition, values] of Object.entries(rows)) {
      const changes = Object.entries(values).map(([key, value]) => ({ kind: 'insert' as const, key, value }));
      await ports.ledger.write(partition, changes);
    }
    return worldWith({ sources: SOURCES, ports, ...wish });
  }

  it('still ends its stories', async () => {
    await using world = await upgraded();
    await world.told('alertmanager', latency('firing', '2026-11-20T14:00:00.000Z', '2026-11-20T14:05:00.000Z'), TOKEN);
    await world.drained();

    expect(world.became('alertmanager')).toMatchObject([{ state: 'overtaken', reason: 'story-ended' }]);
  });

  it('still tells a beginning once, and where its end goes', async () => {
    await using world = await upgraded();
    await world.told('azure-monitor', recorded('Scaleup', 1), TOKEN);
    await world.told('azure-monitor', recorded('ScaleupResult', 240), TOKEN);
    await world.drained();

    expect(
      world
        .became('azure-monitor')
        .map(({ state }) => state)
        .toSorted(),
    ).toStrictEqual(['overtaken', 'sent']);
    expect(world.became('azure-monitor').find(({ state }) => state === 'sent')?.event).toMatchObject({
      ...{ environment: 'prod', resource: { region: 'Korea Central' } },
    });
  });

  it('still holds back what waits for its deployments, until their own end', async () => {
    const inhibit = [{ ...HELD, hold: { kind: 'scale' }, same: ['environment' as const] }];
    await using world = await upgraded({ inhibit });
    await world.told('azure-autoscale', scaling({ environment: 'staging' }, 30), TOKEN);
    await world.drained();
    expect(world.became('azure-autoscale').at(-1)).toMatchObject({ state: 'quiet' });

    const end = { kind: 'deployment', phase: 'succeeded', subject: 'quay', story: 'run-7', environment: 'staging' };
    await world.told('custom', { ...end, resource: { name: 'quay' }, occurredAt: at(60) }, TOKEN);
    await world.told('azure-autoscale', scaling({ environment: 'staging' }, 90), TOKEN);
    await world.drained();

    expect(world.became('azure-autoscale').map(({ state }) => state)).toContain('sent');
  });

  it('is told from the queue, as not proven', async () => {
    await using world = await upgraded();
    await world.relay.deliver(message, 'm');

    expect(world.became('azure-autoscale')).toMatchObject([{ state: 'sent' }]);
    expect(world.ports.ledger.rows(MACHINES)).toStrictEqual([]);
  });
});
