import { describe, expect, it } from 'vitest';
import { type HandClock, handClock } from '../../dev/fake-azure/clock.ts';
import { createFakeAzure, type FakeAzureOptions } from '../../dev/fake-azure/fake-azure.ts';
import type { FleetOptions } from '../../dev/fake-azure/fleet.ts';
import { generateFleet } from '../../dev/fake-azure/generate.ts';
import { knownQueries } from '../../dev/fake-azure/graph-queries.ts';
import type { Scope } from '../../src/drift/rules/settings.ts';
import type { Failure, Pages } from '../../src/drift/scale-sets.ts';
import { resourceManager } from '../../src/outbound/arm/resource-manager.ts';
import {
  candidatesQuery,
  changesQuery,
  flexQuery,
  imagesQuery,
  modelsQuery,
  probeQuery,
  subscriptionsQuery,
} from '../../src/outbound/graph/queries.ts';
import { listen } from '../support/server.ts';

const TENANT: readonly Scope[] = ['tenant'];

function graphAt(endpoint: string, clock: HandClock) {
  const timing = {
    now: clock.now,
    random: () => 0.5,
    sleep: async (milliseconds: number) => clock.advance(milliseconds),
  };
  const run = { deadline: clock.now() + 240_000, signal: new AbortController().signal, holds: [] };
  return resourceManager({ endpoint, identity: { kind: 'managed' }, timing })(run);
}

async function graphOf(fleet: FleetOptions, options: Omit<FakeAzureOptions, 'fleet'> = {}) {
  const clock = handClock();
  const fake = await createFakeAzure({ fleet: generateFleet({ clock, ...fleet }), ...options });
  const azure = graphAt(fake.url, clock);
  return { fake, clock, azure, graph: azure.graph };
}

async function all<T>(pages: Pages<T>) {
  const items: T[] = [];
  const unread: string[] = [];
  const truncated: boolean[] = [];
  let failure: Failure | undefined;
  for await (const page of pages) {
    if (page.kind !== 'page') {
      failure = page;
      continue;
    }
    items.push(...page.items);
    unread.push(...page.unread);
    truncated.push(page.truncated);
  }
  return { items, unread, truncated, failure };
}

const byId = <T extends { readonly setId: string }>(items: readonly T[]): readonly T[] =>
  [...items].sort((one, other) => (one.setId < other.setId ? -1 : 1));

describe('the probe', () => {
  it('counts the instances that say whether they are on the model', async () => {
    const { fake, graph } = await graphOf({ sets: 4, instancesPerSet: 5, subscriptions: 2 });
    await using _ = fake;

    expect(await graph.probe(TENANT)).toStrictEqual({ kind: 'read', value: { rows: 20, withModel: 20 } });
    fake.graph.knowsLatestModelApplied = false;
    expect(await graph.probe(TENANT)).toStrictEqual({ kind: 'read', value: { rows: 20, withModel: 0 } });
  });

  it('adds up over several scopes', async () => {
    const { fake, graph } = await graphOf({ sets: 6, instancesPerSet: 5, subscriptions: 3 });
    await using _ = fake;

    expect(await graph.probe(['mg:contoso-test', `sub:${fake.fleet.subscriptions[0]?.id}`])).toMatchObject({
      value: { rows: 20 },
    });
    expect(fake.calls.graph).toBe(2);
  });
});

describe('candidates', () => {
  it('are the sets with drifted instances, each with their number', async () => {
    const { fake, graph } = await graphOf({ sets: 40, driftedShare: 0.3 });
    await using _ = fake;

    const { items, failure } = await all(graph.candidates(TENANT));

    const expected = fake.fleet.sets
      .map(({ id, state }) => ({
        setId: id.toLowerCase(),
        drifted: state.instances.filter((one) => one.model !== state.model).length,
      }))
      .filter(({ drifted }) => drifted > 0);
    expect(failure).toBeUndefined();
    expect(items.length).toBeGreaterThan(5);
    expect(byId(items)).toStrictEqual(byId(expected));
  });
});

describe('models', () => {
  it('are read to the last page, although pages end early by their size', async () => {
    const { fake, graph } = await graphOf({ sets: 60, flexShare: 0.2 }, { graph: { pageBytes: 40_000 } });
    await using _ = fake;

    const { items, unread, truncated, failure } = await all(graph.models(TENANT));

    expect({ unread, failure }).toStrictEqual({ unread: [], failure: undefined });
    expect(truncated.length).toBeGreaterThan(3);
    expect(truncated).not.toContain(true);
    expect(items.map(({ id }) => id).sort()).toStrictEqual(fake.fleet.sets.map(({ id }) => id).sort());
  });

  it('are the same as those of Resource Manager', async () => {
    const { fake, azure } = await graphOf({ sets: 10, flexShare: 0.3, rollingShare: 0.3 });
    await using _ = fake;

    for (const model of (await all(azure.graph.models(TENANT))).items) {
      expect(await azure.set(model)).toStrictEqual({ kind: 'read', value: model });
    }
  });
});

describe('instances of Flexible sets', () => {
  it('are counted by the time of their profile, and those without one too', async () => {
    const { fake, graph } = await graphOf({ sets: 1, flexShare: 1, driftedShare: 0, instancesPerSet: 6 });
    await using _ = fake;
    const set = fake.fleet.sets[0]?.name ?? '';
    const ids = fake.fleet.set(set).state.instances.map(({ id }) => id);
    fake.fleet.wipeTag(set, ids.slice(0, 2));

    const { items } = await all(graph.flex(TENANT));

    const setId = fake.fleet.set(set).id.toLowerCase();
    expect(items).toStrictEqual([
      { setId, count: 2 },
      { setId, count: 4, profileCreatedAt: expect.stringMatching(/\.000Z$/) },
    ]);
  });
});

describe('images', () => {
  it('are counted by the version that runs', async () => {
    const { fake, graph } = await graphOf({ sets: 5, instancesPerSet: 4, driftedShare: 1 });
    await using _ = fake;

    const { items } = await all(graph.images(TENANT));

    expect(items.reduce((sum, { count }) => sum + count, 0)).toBe(20);
    expect(items.every(({ version }) => /^[\d.]+$/.test(version))).toBe(true);
  });
});

describe('subscriptions', () => {
  it('are those that Resource Graph answers for: one that it lacks is left out without a word', async () => {
    const { fake, graph } = await graphOf({ subscriptions: 3, sets: 9 });
    await using _ = fake;
    const [first, ...others] = fake.fleet.subscriptions.map(({ id }) => id);

    fake.graph.lacks = new Set([first ?? '']);

    expect((await all(graph.subscriptions(TENANT))).items.map(({ id }) => id)).toStrictEqual(others.sort());
    expect((await all(graph.models(TENANT))).items.map(({ subscriptionId }) => subscriptionId)).not.toContain(first);
  });
});

describe('changes', () => {
  it('are the newest of each set that is asked for, with who, when and where', async () => {
    const { fake, clock, graph } = await graphOf({ sets: 120, driftedShare: 0 });
    await using _ = fake;
    for (const { name } of fake.fleet.sets) {
      fake.fleet.changeModel(name, 'imageVersion', { by: 'anna@shop.example.com', byType: 'User' });
    }
    const wanted = fake.fleet.sets.slice(0, 110).map(({ id }) => id);

    const { items, failure } = await all(graph.changes(wanted));

    expect(failure).toBeUndefined();
    expect(byId(items).map(({ setId }) => setId)).toStrictEqual(wanted.map((id) => id.toLowerCase()).sort());
    expect(items[0]?.change).toMatchObject({ by: 'anna@shop.example.com', byType: 'User' });
    expect(items[0]?.change.paths[0]).toMatch(/^properties\.virtualMachineProfile\./);
    expect(Date.parse(items[0]?.change.at ?? '')).toBeLessThanOrEqual(clock.now());
    expect(fake.calls.graph).toBe(3);
  });

  it('of no sets are asked of nobody', async () => {
    const { fake, graph } = await graphOf({ sets: 1 });
    await using _ = fake;

    expect(await all(graph.changes([]))).toMatchObject({ items: [], truncated: [] });
    expect(fake.requests).toBe(0);
  });

  it('of an id with apostrophes are asked for as a text', () => {
    expect(changesQuery([`/subscriptions/s/x') | take 1 //\\`])).toContain(
      `('/subscriptions/s/x\\') | take 1 //\\\\')`,
    );
  });
});

describe('a question', () => {
  it.each([
    ['probe', probeQuery],
    ['candidates', candidatesQuery],
    ['models', modelsQuery],
    ['flex', flexQuery],
    ['images', imagesQuery],
    ['subscriptions', subscriptionsQuery],
    ['changes', changesQuery(['/subscriptions/s/a', '/subscriptions/s/b'])],
  ])('is understood as what it is: %s', (name, query) => {
    expect(knownQueries.filter((known) => known.matches(query)).map((known) => known.name)).toStrictEqual([name]);
  });

  it('is put to less than 300 subscriptions, and to ten management groups, at a time', async () => {
    await using server = await listen({ status: 200, body: '{"data":[],"resultTruncated":"false"}' });
    const scopes = [
      ...Array.from({ length: 601 }, (_, index): Scope => `sub:${index}`),
      ...Array.from({ length: 11 }, (_, index): Scope => `mg:${index}`),
    ];

    await all(graphAt(server.url, handClock()).graph.models(scopes));

    const sizes = server.received.map(({ body }) => {
      const { subscriptions, managementGroups } = JSON.parse(body);
      return [subscriptions?.length, managementGroups?.length];
    });
    expect(sizes).toStrictEqual([
      [undefined, 10],
      [undefined, 1],
      [299, undefined],
      [299, undefined],
      [3, undefined],
    ]);
  });

  it('is put to the whole tenant by naming no scope', async () => {
    await using server = await listen({ status: 200, body: '{"data":[],"resultTruncated":"false"}' });

    await all(graphAt(server.url, handClock()).graph.models(['tenant', 'mg:contoso']));

    expect(server.received).toHaveLength(1);
    expect(JSON.parse(server.received[0]?.body ?? '')).toStrictEqual({
      query: modelsQuery,
      options: { resultFormat: 'objectArray', $top: 1000 },
    });
  });
});

describe('an answer', () => {
  const answering = (body: object, headers: Record<string, string> = {}) =>
    listen({ status: 200, body: JSON.stringify(body), headers });

  it.each([
    ['cut off without a token', { data: [], resultTruncated: 'true' }, {}, [true]],
    ['whole', { data: [], resultTruncated: 'false' }, {}, [false]],
    ['of too many subscriptions', { data: [] }, { 'x-ms-tenant-subscription-limit-hit': 'true' }, [true]],
  ])('that is %s says so', async (_what, body, headers, expected) => {
    await using server = await answering(body, headers);

    expect((await all(graphAt(server.url, handClock()).graph.candidates(TENANT))).truncated).toStrictEqual(expected);
  });

  it('with rows that cannot be understood names them', async () => {
    await using server = await answering({
      data: [
        { id: '/a', drifted: 'many' },
        { id: '/B', drifted: 2 },
      ],
    });

    expect(await all(graphAt(server.url, handClock()).graph.candidates(TENANT))).toMatchObject({
      items: [{ setId: '/b', drifted: 2 }],
      unread: ['/a'],
    });
  });

  it('that gives the same token for ever is a failure', async () => {
    await using server = await answering({ data: [], $skipToken: 'again' });

    const { failure } = await all(graphAt(server.url, handClock()).graph.candidates(TENANT));

    expect(failure).toMatchObject({ kind: 'failed', code: 'EndlessList' });
    expect(server.received).toHaveLength(2);
  });

  it('that is none ends the list, after what came before', async () => {
    const { fake, graph } = await graphOf({ sets: 60 }, { graph: { pageBytes: 40_000 } });
    await using _ = fake;
    fake.fault({ on: { kind: 'graph', page: 2 }, times: 9, wrong: { kind: 'status', status: 503 } });

    const { items, failure } = await all(graph.models(TENANT));

    expect(items.length).toBeGreaterThan(0);
    expect(items.length).toBeLessThan(60);
    expect(failure).toMatchObject({ kind: 'failed', call: 'models', status: 503 });
  });
});

describe('the pace', () => {
  it('stays within the quota of Resource Graph', async () => {
    const { fake, azure, clock } = await graphOf({ sets: 60 }, { graph: { pageBytes: 7_000 } });
    await using _ = fake;
    const began = clock.now();

    const { items } = await all(azure.graph.models(TENANT));

    expect(items).toHaveLength(60);
    expect(azure.spent()).toMatchObject({ reads: 0, throttled: 0 });
    expect(azure.spent().queries).toBeGreaterThan(25);
    expect(clock.now() - began).toBeGreaterThan(10_000);
  });

  it('holds Resource Graph alone when it asks for more time than the run has', async () => {
    const { fake, azure } = await graphOf({ sets: 1 });
    await using _ = fake;
    fake.fault({
      on: { kind: 'graph' },
      wrong: { kind: 'status', status: 429, code: 'RateLimiting', retryAfter: 600 },
    });

    expect((await all(azure.graph.models(TENANT))).failure).toMatchObject({
      kind: 'held',
      subscriptionId: '',
      location: 'graph',
    });
    expect(await azure.graph.probe(TENANT)).toMatchObject({ kind: 'held' });
    expect((await azure.subscriptions(TENANT)).found).toHaveLength(1);
    expect(fake.calls.graph).toBe(1);
  });

  it('waits two seconds where Resource Graph asks for them', async () => {
    const { fake, azure, clock } = await graphOf({ sets: 1 });
    await using _ = fake;
    const began = clock.now();
    fake.fault({ on: { kind: 'graph' }, wrong: { kind: 'status', status: 429, code: 'RateLimiting', retryAfter: 2 } });

    expect(await azure.graph.probe(TENANT)).toMatchObject({ kind: 'read' });
    expect(clock.now() - began).toBe(2_000);
  });
});
