import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { handClock } from '../../dev/fake-azure/clock.ts';
import { createFakeAzure, type FakeAzure, type FakeAzureOptions } from '../../dev/fake-azure/fake-azure.ts';
import type { FleetOptions } from '../../dev/fake-azure/fleet.ts';
import { generateFleet } from '../../dev/fake-azure/generate.ts';
import type { Failure, Pages, Run, ScaleSets, SetLocation } from '../../src/drift/scale-sets.ts';
import { resourceManager } from '../../src/outbound/arm/resource-manager.ts';
import type { Tokens } from '../../src/outbound/sign-in/token.ts';
import { ConfigurationError } from '../../src/problems/errors.ts';
import { listen, type Reply } from '../support/server.ts';

const START = Date.parse('2026-11-20T08:00:00Z');
const MINUTE = 60_000;

/** Readers whose time passes only while they wait. */
function reading(
  url: string,
  more: { run?: Partial<Run>; tokens?: Tokens; clock?: ReturnType<typeof handClock> } = {},
) {
  const clock = more.clock ?? handClock(START);
  const slept: number[] = [];
  const timing = {
    now: clock.now,
    random: () => 0.5,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds);
      clock.advance(milliseconds);
    },
  };
  const run = { deadline: clock.now() + 4 * MINUTE, signal: new AbortController().signal, holds: [], ...more.run };
  const open = resourceManager({
    endpoint: url,
    identity: { kind: 'managed' },
    tokens: more.tokens,
    timing,
  });
  return { azure: open(run), clock, slept };
}

async function azureWith(fleet: FleetOptions, options: Omit<FakeAzureOptions, 'fleet'> = {}) {
  const clock = handClock(START);
  const fake = await createFakeAzure({ fleet: generateFleet({ clock, ...fleet }), ...options });
  return { fake, ...reading(fake.url, { clock }) };
}

async function all<T>(pages: Pages<T>) {
  const items: T[] = [];
  const unread: string[] = [];
  let failure: Failure | undefined;
  let count = 0;
  for await (const page of pages) {
    count += 1;
    if (page.kind !== 'page') failure = page;
    else {
      items.push(...page.items);
      unread.push(...page.unread);
    }
  }
  return { items, unread, failure, pages: count };
}

const place: SetLocation = {
  id: '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web',
  subscriptionId: '00000000-0000-4000-8000-000000000001',
  location: 'westeurope',
};

const json = (body: unknown, more: Partial<Reply> = {}): Reply => ({
  status: 200,
  body: JSON.stringify(body),
  ...more,
});

const firstSet = async (azure: ScaleSets, fake: FakeAzure) => {
  const [set] = (await all(azure.sets(fake.fleet.subscriptions[0]?.id ?? ''))).items;
  if (set === undefined) throw new Error('no set');
  return set;
};

describe('subscriptions', () => {
  it('of a tenant are all that may be seen, page by page', async () => {
    const { fake, azure } = await azureWith({ subscriptions: 5, sets: 0 }, { pageSize: 2 });
    await using _ = fake;

    const { found, missing } = await azure.subscriptions(['tenant']);

    expect(found.map(({ name }) => name).sort()).toStrictEqual(['Shop 1', 'Shop 2', 'Shop 3', 'Shop 4', 'Shop 5']);
    expect(found.map(({ id }) => id)).toStrictEqual(found.map(({ id }) => id).sort());
    expect(missing).toStrictEqual([]);
    expect(fake.calls.subscriptions).toBe(3);
  });

  it('of a management group are those anywhere below it', async () => {
    const { fake, azure } = await azureWith({ subscriptions: 5, sets: 0 });
    await using _ = fake;

    const root = await azure.subscriptions(['mg:contoso']);
    const test = await azure.subscriptions(['mg:contoso-test']);

    expect(root.found).toHaveLength(5);
    expect(test.found.map(({ name }) => name)).toStrictEqual(['Shop 3']);
  });

  it('by their ids are found with one call, each once, and what is not there is missing', async () => {
    const { fake, azure } = await azureWith({ subscriptions: 3, sets: 0 });
    await using _ = fake;
    const [one, two] = fake.fleet.subscriptions.map(({ id }) => id);
    const gone = 'sub:99999999-0000-4000-8000-000000000000' as const;

    const { found, missing } = await azure.subscriptions([
      `sub:${one}`,
      `sub:${two?.toUpperCase()}`,
      `sub:${one}`,
      gone,
    ]);

    expect(found.map(({ id }) => id)).toStrictEqual([one, two].sort());
    expect(missing).toMatchObject([
      { scope: gone, failure: { kind: 'gone', status: 404, code: 'SubscriptionNotFound' } },
    ]);
    expect(fake.calls.subscriptions).toBe(1);
  });

  it('that cannot be listed to the end are missing, and those before it are kept', async () => {
    const { fake, azure } = await azureWith({ subscriptions: 4, sets: 0 }, { pageSize: 2 });
    await using _ = fake;
    fake.fault({ on: { kind: 'descendants', page: 2 }, times: 9, wrong: { kind: 'status', status: 500 } });

    const { found, missing } = await azure.subscriptions(['mg:contoso-prod', 'mg:nobody']);

    expect(found).toHaveLength(2);
    expect(missing).toMatchObject([
      { scope: 'mg:contoso-prod', failure: { kind: 'failed', status: 500 } },
      { scope: 'mg:nobody', failure: { kind: 'gone' } },
    ]);
  });
});

describe('scale sets', () => {
  it('of a subscription are read page by page, as the fleet has them', async () => {
    const { fake, azure } = await azureWith({ sets: 25, flexShare: 0.3, rollingShare: 0.3 }, { pageSize: 10 });
    await using _ = fake;

    const { items, unread, pages } = await all(azure.sets(fake.fleet.subscriptions[0]?.id ?? ''));

    expect({ pages, unread }).toStrictEqual({ pages: 3, unread: [] });
    expect(
      items.map(({ id, mode, orchestration, capacity, modelCreatedAt }) => [
        id.toLowerCase(),
        mode,
        orchestration,
        capacity,
        modelCreatedAt,
      ]),
    ).toStrictEqual(
      fake.fleet.sets.map(({ id, orchestration, state }) => [
        id.toLowerCase(),
        state.mode,
        orchestration,
        state.capacity,
        new Date(state.model.createdAt).toISOString(),
      ]),
    );
  });

  it('one by one are read by an id in any case, or are gone', async () => {
    const { fake, azure } = await azureWith({ sets: 2 });
    await using _ = fake;
    const set = await firstSet(azure, fake);

    expect(await azure.set({ ...set, id: set.id.toLowerCase() })).toMatchObject({
      kind: 'read',
      value: { name: set.name },
    });
    fake.fleet.deleteSet(set.name);
    expect(await azure.set(set)).toStrictEqual({
      kind: 'gone',
      call: 'set',
      name: set.name,
      status: 404,
      code: 'ResourceGroupNotFound',
    });
    fake.fault({ wrong: { kind: 'status', status: 403 } });
    expect(await azure.set(set)).toMatchObject({ kind: 'forbidden', status: 403, code: 'AuthorizationFailed' });
  });

  it('that cannot be understood are named, and the others are read', async () => {
    const odd = { id: `${place.id}-odd`, location: 'x', properties: { upgradePolicy: { mode: 'Sometimes' } } };
    const good = { id: place.id, location: 'westeurope', properties: {} };
    await using server = await listen(json({ value: [odd, good, 'nonsense'] }));

    const { items, unread } = await all(reading(server.url).azure.sets(place.subscriptionId));

    expect(items.map(({ name }) => name)).toStrictEqual(['shop-web']);
    expect(unread).toStrictEqual([odd.id, '']);
  });
});

describe('instances', () => {
  it('of a Uniform set are the drifted ones, with what only their views tell', async () => {
    const { fake, azure } = await azureWith({ sets: 1, driftedShare: 0, instancesPerSet: 7 }, { pageSize: 3 });
    await using _ = fake;
    const set = await firstSet(azure, fake);
    fake.fleet.changeModel(set.name, 'imageVersion');
    fake.fleet.update(set.name, ['0', '1']);
    fake.fleet.protect(set.name, ['3']);
    fake.fleet.fail(set.name, ['4'], 'unhealthy');

    const { items } = await all(azure.instances(set, 'drifted'));

    expect(items.map((one) => one.instanceId)).toStrictEqual(['2', '3', '4', '5', '6']);
    expect(items.every((one) => one.latestModelApplied === false && one.vmId !== '')).toBe(true);
    expect(items.filter((one) => one.isProtected).map((one) => one.instanceId)).toStrictEqual(['3']);
    expect(items.filter((one) => one.state === 'unhealthy').map((one) => one.instanceId)).toStrictEqual(['4']);
    expect(fake.calls.listDriftedInstances).toBe(2);
  });

  it('are read without their views where Azure refuses them, and it is asked for them once only', async () => {
    const instance = { instanceId: '2', properties: { latestModelApplied: false } };
    await using server = await listen(({ path }) =>
      path.includes('$expand') ? { status: 400 } : json({ value: [instance] }),
    );
    const { azure } = reading(server.url);
    const uniform = { ...place, orchestration: 'Uniform', capacity: 3 } as const;

    const [one, other] = [
      await all(azure.instances(uniform, 'drifted')),
      await all(azure.instances(uniform, 'drifted')),
    ];

    expect([one.failure, other.failure]).toStrictEqual([undefined, undefined]);
    expect([...one.items, ...other.items].map(({ instanceId }) => instanceId)).toStrictEqual(['2', '2']);
    expect(server.received.map(({ path }) => path.includes('$expand'))).toStrictEqual([true, true, false, false]);
    expect(decodeURIComponent(server.received[3]?.path ?? '')).toContain(
      '$filter=properties/latestModelApplied eq false',
    );
  });

  it('are all listed with their views where Azure refuses only the drifted ones with theirs: what asks to be skipped is seen', async () => {
    const skip = {
      code: 'ComponentStatus/CustomMetrics/succeeded',
      message: '{"rollingUpgrade":{"SkipUpgrade":true}}',
    };
    const value = [false, true].map((latestModelApplied, id) => ({
      instanceId: `${id}`,
      properties: { latestModelApplied, instanceView: { extensions: [{ substatuses: [skip] }] } },
    }));
    await using server = await listen(({ path }) =>
      path.includes('$filter') && path.includes('$expand') ? { status: 400 } : json({ value }),
    );
    const { azure } = reading(server.url);
    const { items } = await all(azure.instances({ ...place, orchestration: 'Uniform', capacity: 2 }, 'drifted'));

    expect(items).toMatchObject([
      { latestModelApplied: false, skipsUpgrade: true },
      { latestModelApplied: true, skipsUpgrade: true },
    ]);
  });

  it('are given once, although the views of another set are refused meanwhile', async () => {
    const instance = (id: string) => ({ instanceId: id, properties: { latestModelApplied: false } });
    await using server = await listen(({ path, headers }) => {
      if (path.startsWith('/next')) return json({ value: [instance('3')] });
      if (path.includes('other')) return path.includes('$expand') ? { status: 400 } : json({ value: [] });
      return json({ value: [instance('2')], nextLink: `http://${headers.host}/next` });
    });
    const { azure } = reading(server.url);
    const uniform = { ...place, orchestration: 'Uniform', capacity: 3 } as const;
    const seen: string[] = [];

    for await (const page of azure.instances(uniform, 'drifted')) {
      if (page.kind === 'page') seen.push(...page.items.map(({ instanceId }) => instanceId));
      await all(azure.instances({ ...uniform, id: `${place.id}-other` }, 'drifted'));
    }

    expect(seen).toStrictEqual(['2', '3']);
  });

  it('are all of them where all are wanted', async () => {
    const { fake, azure } = await azureWith({ sets: 1, instancesPerSet: 4 });
    await using _ = fake;

    const { items } = await all(azure.instances(await firstSet(azure, fake), 'all'));

    expect(items).toHaveLength(4);
    expect(fake.calls.listInstances).toBe(1);
  });

  it('of a Flexible set are its VMs, with the times of their profiles', async () => {
    const { fake, azure } = await azureWith({ sets: 3, flexShare: 1, driftedShare: 0, instancesPerSet: 3 });
    await using _ = fake;
    const set = await firstSet(azure, fake);
    const [first = ''] = fake.fleet.set(set.name).state.instances.map(({ id }) => id);
    fake.fleet.wipeTag(set.name, [first]);

    const { items } = await all(azure.instances(set, 'drifted'));

    expect(items.map((one) => one.instanceId)).toStrictEqual(
      fake.fleet.set(set.name).state.instances.map(({ id }) => id),
    );
    const modelSecond = `${set.modelCreatedAt?.slice(0, 19)}.000Z`;
    expect(items.map((one) => one.profileCreatedAt)).toStrictEqual([undefined, modelSecond, modelSecond]);
  });
});

describe('upgrades', () => {
  it('of a set that never had one are none', async () => {
    const { fake, azure } = await azureWith({ sets: 1, rollingShare: 0 });
    await using _ = fake;
    const set = await firstSet(azure, fake);

    expect(await azure.rollout(set)).toStrictEqual({ kind: 'read', value: undefined });
    expect(await azure.osUpgrade(set)).toStrictEqual({ kind: 'read', value: undefined });
  });

  it('are the latest rollout and the newest entry of the history', async () => {
    const { fake, azure } = await azureWith({ sets: 1, driftedShare: 0 });
    await using _ = fake;
    const set = await firstSet(azure, fake);
    fake.fleet.changeModel(set.name, 'imageVersion');
    fake.fleet.setPolicy(set.name, { mode: 'Rolling' });
    fake.fleet.startRollout(set.name);
    fake.fleet.advanceRollout(set.name, 4);
    fake.fleet.faultRollout(set.name, 'RollingUpgradeTimeoutError', 1);
    fake.fleet.addOsUpgrade(set.name, { code: 'Completed', startedAt: START - 9 * MINUTE, rolledBack: 0 });
    fake.fleet.addOsUpgrade(set.name, {
      code: 'Faulted',
      startedAt: START - MINUTE,
      endedAt: START,
      endedUnder: 'completedTime',
      rolledBack: 3,
    });

    expect(await azure.rollout(set)).toMatchObject({
      value: { code: 'Faulted', failed: 1, errorCode: 'RollingUpgradeTimeoutError' },
    });
    expect(await azure.osUpgrade(set)).toMatchObject({
      value: { code: 'Faulted', rolledBack: 3, endedAt: new Date(START).toISOString() },
    });
  });
});

describe('the versions of an image', () => {
  const image = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' };

  it('from the marketplace are the highest number in the region', async () => {
    const { fake, azure } = await azureWith({ sets: 1, regions: ['westeurope'] });
    await using _ = fake;
    const set = await firstSet(azure, fake);
    fake.fleet.newImageVersion(image, '99.4.9');
    fake.fleet.newImageVersion(image, '99.4.10');

    expect(await azure.imageVersions(set, image)).toStrictEqual({ kind: 'read', value: [{ version: '99.4.10' }] });
    expect(await azure.imageVersions(set, { ...image, sku: 'none' })).toStrictEqual({ kind: 'read', value: [] });
  });

  it('from a gallery are all, with their dates, and with what is excluded or is elsewhere as such', async () => {
    const { fake, azure } = await azureWith({ sets: 1, regions: ['westeurope'] }, { pageSize: 1 });
    await using _ = fake;
    const set = await firstSet(azure, fake);
    const galleryImageId = `/subscriptions/${set.subscriptionId}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/golden/images/base`;
    const publishedAt = Date.parse('2026-11-01T10:00:00Z');
    fake.fleet.newGalleryVersion(galleryImageId, { name: '1.0.9', regions: ['westeurope'], publishedAt });
    fake.fleet.newGalleryVersion(galleryImageId, { name: '1.0.10', regions: ['westeurope', 'eastus'] });
    fake.fleet.newGalleryVersion(galleryImageId, { name: '1.0.11', regions: ['eastus'] });
    fake.fleet.newGalleryVersion(galleryImageId, { name: '1.0.12', regions: ['westeurope'], excludeFromLatest: true });

    const told = await azure.imageVersions(set, { galleryImageId });
    const now = '2026-11-20T08:00:00.000Z';
    expect(told).toStrictEqual({
      kind: 'read',
      value: [
        { version: '1.0.9', publishedAt: '2026-11-01T10:00:00.000Z' },
        { version: '1.0.10', publishedAt: now },
        { version: '1.0.11', publishedAt: now, excludedFromLatest: true },
        { version: '1.0.12', publishedAt: now, excludedFromLatest: true },
      ],
    });
    const ofLatest = { galleryImageId: `${galleryImageId}/versions/latest` };
    expect(await azure.imageVersions(set, ofLatest)).toStrictEqual(told);
  });

  it.each([
    [
      '/SharedGalleries/shop-123/Images/base/Versions/latest',
      '/locations/westeurope/sharedGalleries/shop-123/images/base/versions',
    ],
    ['/CommunityGalleries/all-9/Images/base', '/locations/westeurope/communityGalleries/all-9/images/base/versions'],
  ])('from somebody else’s gallery %s are asked for in the region', async (galleryImageId, path) => {
    const properties = { excludeFromLatest: false, publishedDate: '2018-03-20T09:12:28Z' };
    await using server = await listen(json({ value: [{ name: '2.0.0', properties }] }));

    expect(await reading(server.url).azure.imageVersions(place, { galleryImageId })).toMatchObject({
      value: [{ version: '2.0.0', publishedAt: '2018-03-20T09:12:28.000Z' }],
    });
    expect(server.received[0]?.path).toContain(path);
  });

  it.each([
    ['null everywhere', null],
    ['null within', { publishedDate: null, provisioningState: null, excludeFromLatest: null, publishingProfile: null }],
    ['no date', { publishedDate: 'soon' }],
    ['the year 1', { publishingProfile: { publishedDate: '0001-01-01T00:00:00Z', targetRegions: null } }],
  ])('from a gallery that says %s are there without a date', async (_what, properties) => {
    await using server = await listen(json({ value: [{ name: '2.0.0', properties, tomorrow: {} }] }));
    const galleryImageId = '/SharedGalleries/shop-123/Images/base';

    expect(await reading(server.url).azure.imageVersions(place, { galleryImageId })).toStrictEqual({
      kind: 'read',
      value: [{ version: '2.0.0' }],
    });
  });

  it('of a captured image are none, and nobody is asked', async () => {
    await using server = await listen({ status: 500 });
    const galleryImageId = place.id.replace(/virtualMachineScaleSets.*/, 'images/captured');

    expect(await reading(server.url).azure.imageVersions(place, { galleryImageId })).toMatchObject({ value: [] });
    expect(server.received).toStrictEqual([]);
  });
});

describe('a list', () => {
  const value = (name: string) => ({ id: `${place.id}-${name}`, location: 'westeurope', properties: {} });

  it('follows its links as they are', async () => {
    const link = (origin: string) => `${origin}/next?%24skiptoken=a%2Fb%3D%3D&x=1%20%27`;
    await using server = await listen(({ path, headers }) =>
      json(
        path.startsWith('/next')
          ? { value: [value('b')] }
          : { value: [value('a')], nextLink: link(`http://${headers.host}`) },
      ),
    );

    const { items } = await all(reading(server.url).azure.sets(place.subscriptionId));

    expect(items.map(({ name }) => name)).toStrictEqual(['shop-web-a', 'shop-web-b']);
    expect(server.received[1]?.path).toBe('/next?%24skiptoken=a%2Fb%3D%3D&x=1%20%27');
  });

  it('that leads to another origin ends, and nothing is sent there', async () => {
    await using elsewhere = await listen(json({ value: [] }));
    await using server = await listen(json({ value: [value('a')], nextLink: `${elsewhere.url}/next` }));
    const tokens = { get: async () => 'secret-token', forget: () => undefined };

    const { items, failure } = await all(reading(server.url, { tokens }).azure.sets(place.subscriptionId));

    expect(items).toHaveLength(1);
    expect(failure).toMatchObject({ kind: 'failed', code: 'ForeignLink' });
    expect(elsewhere.received).toStrictEqual([]);
  });

  it('that leads in a circle ends', async () => {
    await using server = await listen(({ headers }) => json({ value: [], nextLink: `http://${headers.host}/again` }));

    const { failure } = await all(reading(server.url).azure.sets(place.subscriptionId));

    expect(failure).toMatchObject({ kind: 'failed', code: 'EndlessList' });
    expect(server.received).toHaveLength(2);
  });

  it('whose place is refused starts again once, and gives nothing twice', async () => {
    const { fake, azure } = await azureWith({ sets: 25 }, { pageSize: 10 });
    await using _ = fake;
    fake.fault({ on: { page: 3 }, wrong: { kind: 'skiptoken' } });

    const { items, failure } = await all(azure.sets(fake.fleet.subscriptions[0]?.id ?? ''));

    expect(failure).toBeUndefined();
    expect(items.map(({ name }) => name)).toStrictEqual(fake.fleet.sets.map(({ name }) => name));
    expect(fake.calls.listSets).toBe(6);
  });

  it('whose place is refused again ends', async () => {
    const { fake, azure } = await azureWith({ sets: 25 }, { pageSize: 10 });
    await using _ = fake;
    fake.fault({ on: { page: 2 }, times: 5, wrong: { kind: 'skiptoken' } });

    const { items, failure } = await all(azure.sets(fake.fleet.subscriptions[0]?.id ?? ''));

    expect(items).toHaveLength(10);
    expect(failure).toMatchObject({ kind: 'failed', status: 400, code: 'InvalidParameter' });
  });

  it.each([
    ['a page of HTML', { kind: 'html' } as const, 'NotJson', 1],
    ['half a page', { kind: 'half' } as const, 'NoAnswer', 3],
  ])('ends with %s on its second page, and keeps the first', async (_what, wrong, code, tries) => {
    const { fake, azure } = await azureWith({ sets: 25 }, { pageSize: 10 });
    await using _ = fake;
    fake.fault({ on: { page: 2 }, times: 9, wrong });

    const { items, failure } = await all(azure.sets(fake.fleet.subscriptions[0]?.id ?? ''));

    expect(items).toHaveLength(10);
    expect(failure).toMatchObject({ kind: 'failed', call: 'sets', code });
    expect(fake.calls.listSets).toBe(1 + tries);
  });

  it('that is no list is a failure', async () => {
    await using server = await listen(json({ values: [] }));

    expect((await all(reading(server.url).azure.sets(place.subscriptionId))).failure).toMatchObject({
      code: 'NotUnderstood',
    });
  });
});

describe('when Azure wants to be left alone', () => {
  const throttled = (retryAfter?: string): Reply => ({
    status: 429,
    body: JSON.stringify({ code: 'OperationNotAllowed', message: 'secret words' }),
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  });
  const set = json({ id: place.id, location: 'westeurope', properties: {} });

  it.each([
    ['2', [2_000]],
    [new Date(START + 7_000).toUTCString(), [7_000]],
    ['0', [1_000]],
    [undefined, [5_000]],
    ['soon', [5_000]],
  ])('a Retry-After of %s is waited out within the run', async (retryAfter, expected) => {
    await using server = await listen((_request, before) => (before === 0 ? throttled(retryAfter) : set));
    const { azure, slept } = reading(server.url);

    expect(await azure.set(place)).toMatchObject({ kind: 'read' });
    expect(slept).toStrictEqual(expected);
    expect(azure.spent()).toMatchObject({ reads: 2, throttled: 1 });
  });

  it('for longer than the run, the region is held, at once, and other regions are not', async () => {
    await using server = await listen(({ path }) => (path.includes('shop-web?') ? throttled('1200') : set));
    const { azure, slept } = reading(server.url);
    const held = {
      kind: 'held',
      until: '2026-11-20T08:20:00.000Z',
      subscriptionId: place.subscriptionId,
      location: 'westeurope',
    };

    expect(await azure.set(place)).toStrictEqual({ ...held, call: 'set', name: 'shop-web' });
    expect(await azure.rollout(place)).toStrictEqual({ ...held, call: 'rollout', name: 'shop-web' });
    expect(await azure.set({ ...place, id: `${place.id}2`, location: 'eastus' })).toMatchObject({ kind: 'read' });
    expect(server.received).toHaveLength(2);
    expect(slept).toStrictEqual([]);
  });

  it('since an earlier run, nobody is asked until the hold is over', async () => {
    await using server = await listen(set);
    const hold = (until: string) => ({ subscriptionId: place.subscriptionId, location: 'westeurope', until });

    const held = reading(server.url, { run: { holds: [hold('2026-11-20T08:10:00.000Z')] } });
    expect(await held.azure.set(place)).toMatchObject({ kind: 'held', until: '2026-11-20T08:10:00.000Z' });
    const over = reading(server.url, { run: { holds: [hold('2026-11-20T07:59:00.000Z')] } });
    expect(await over.azure.set(place)).toMatchObject({ kind: 'read' });
    const ending = reading(server.url, { run: { holds: [hold('2026-11-20T08:00:30.000Z')] } });
    expect(await ending.azure.set(place)).toMatchObject({ kind: 'read' });

    expect(ending.slept).toStrictEqual([30_000]);
    expect(server.received).toHaveLength(2);
  });

  it('again and again, the region is held after six answers', async () => {
    await using server = await listen(throttled('1'));

    expect(await reading(server.url).azure.set(place)).toMatchObject({ kind: 'held', location: 'westeurope' });
    expect(server.received).toHaveLength(6);
  });

  it('calls slow down when less than a tenth is left', async () => {
    const headers = {
      'x-ms-ratelimit-remaining-resource': 'Microsoft.Compute/HighCostGetVMScaleSetSubscriptionMaximum;7',
    };
    await using server = await listen(json({ value: [] }, { headers }));
    const { azure, slept } = reading(server.url);
    const uniform = { ...place, orchestration: 'Uniform', capacity: 3 } as const;

    await all(azure.instances(uniform, 'drifted'));
    await all(azure.instances({ ...uniform, id: `${place.id}2` }, 'drifted'));

    // A quarter of five a second.
    expect(slept).toStrictEqual([800]);
  });

  it('a set is listed no more than ten times in a minute', async () => {
    await using server = await listen(json({ value: [] }));
    const { azure, slept } = reading(server.url);

    for (let times = 0; times < 11; times += 1) {
      await all(azure.instances({ ...place, orchestration: 'Uniform', capacity: 3 }, 'drifted'));
    }

    expect(slept).toStrictEqual([6_000]);
  });

  it('a whole subscription is held, and so is each of its regions', async () => {
    await using server = await listen(set);
    const holds = [{ subscriptionId: place.subscriptionId, location: '', until: '2026-11-20T08:30:00.000Z' }];

    expect(await reading(server.url, { run: { holds } }).azure.set(place)).toMatchObject({
      kind: 'held',
      location: '',
    });
    expect(server.received).toStrictEqual([]);
  });

  it.each([
    ['fewer instances than thought', 15_000, '10', []],
    ['more instances than thought', 1, '30000', [20_002]],
  ])('%s cost as many views as Azure charges', async (_what, capacity, charge, expected) => {
    await using server = await listen(json({ value: [] }, { headers: { 'x-ms-request-charge': charge } }));
    const { azure, slept } = reading(server.url);
    const uniform = { ...place, orchestration: 'Uniform', capacity } as const;

    await all(azure.instances(uniform, 'drifted'));
    await all(azure.instances({ ...uniform, id: `${place.id}2` }, 'drifted'));

    expect(slept).toStrictEqual(expected);
    expect(azure.spent().views).toBe(2 * Number(charge));
  });

  it('a whole fleet is read within the documented limits, without one refusal', async () => {
    const { fake, azure, clock } = await azureWith({ sets: 1_200, regions: 1, instancesPerSet: 2 });
    await using _ = fake;
    const { items } = await all(azure.sets(fake.fleet.subscriptions[0]?.id ?? ''));

    for (const set of items) await all(azure.instances(set, 'drifted'));

    expect(azure.spent()).toMatchObject({ reads: 1_212, throttled: 0, views: 2_400 });
    // 900 lists at once, then five a second.
    expect(Math.round((clock.now() - START) / 1000)).toBe(60);
  });

  it('a subscription is asked 200 times at once, and then 20 times a second', async () => {
    await using server = await listen(set);
    const { azure, clock } = reading(server.url);

    for (let times = 0; times < 300; times += 1) await azure.set(place);

    expect(clock.now() - START).toBe(5_000);
  });

  it('no more than sixteen calls are under way', async () => {
    const answers = Promise.withResolvers<undefined>();
    const set = json({ id: place.id, location: 'westeurope', properties: {} }, { after: answers.promise });
    await using server = await listen(set);
    const { azure } = reading(server.url);

    const readings = Promise.all(Array.from({ length: 30 }, () => azure.set(place)));
    await expect.poll(() => server.received.length).toBe(16);
    // Were there room for more, they would come now.
    await new Promise((done) => setTimeout(done, 50));
    expect(server.received).toHaveLength(16);

    answers.resolve(undefined);
    expect((await readings).every(({ kind }) => kind === 'read')).toBe(true);
    expect(server.received).toHaveLength(30);
  });
});

describe('when Azure fails', () => {
  const set = json({ id: place.id, location: 'westeurope', properties: {} });

  it.each([
    ['an error of the server', { status: 503 }],
    ['a cut connection', { status: 200, reset: true }],
  ])('%s is tried three times, with growing pauses', async (_what, reply) => {
    await using server = await listen(reply);
    const { azure, slept } = reading(server.url);

    expect(await azure.set(place)).toMatchObject({ kind: 'failed', call: 'set', name: 'shop-web' });
    expect(server.received).toHaveLength(3);
    expect(slept).toStrictEqual([1_000, 2_000]);
  });

  it('a second try can succeed', async () => {
    await using server = await listen((_request, before) => (before === 0 ? { status: 500 } : set));

    expect(await reading(server.url).azure.set(place)).toMatchObject({ kind: 'read' });
  });

  it('a redirect is not followed', async () => {
    await using elsewhere = await listen(set);
    await using server = await listen({ status: 302, headers: { location: elsewhere.url } });

    expect(await reading(server.url).azure.set(place)).toMatchObject({ kind: 'failed', status: 302 });
    expect(elsewhere.received).toStrictEqual([]);
    expect(server.received).toHaveLength(1);
  });

  it.each([
    ['zipped', { ...set, body: gzipSync(set.body ?? ''), headers: { 'content-encoding': 'gzip' } }],
    ['behind a byte order mark', { ...set, body: `\u{FEFF}${set.body}` }],
  ])('an answer is read that comes %s', async (_what, reply) => {
    await using server = await listen(reply);

    expect(await reading(server.url).azure.set(place)).toMatchObject({ kind: 'read', value: { name: 'shop-web' } });
    expect(server.received[0]?.headers).toMatchObject({ 'accept-encoding': 'gzip', 'user-agent': 'autoscale-relay' });
  });

  it.each([
    ['is not zipped as it says', { ...set, headers: { 'content-encoding': 'gzip' } }],
    ['is cut short', { ...set, headers: { 'content-length': '1000', connection: 'close' } }],
  ])('an answer is none that %s', async (_what, reply) => {
    await using server = await listen(reply);

    expect(await reading(server.url).azure.set(place)).toMatchObject({ kind: 'failed', code: 'NoAnswer' });
  });

  it('an answer of any size is not read', async () => {
    await using server = await listen({ status: 200, body: `"${'x'.repeat(50 * 1024 * 1024)}"` });

    expect(await reading(server.url).azure.set(place)).toMatchObject({ kind: 'failed', code: 'TooLarge' });
    expect(server.received).toHaveLength(1);
  });

  it('no failure holds words of Azure, bodies, links or tokens', async () => {
    const secret = 'hunter2-secret';
    const reply = (status: number): Reply => ({
      status,
      headers: {
        location: `https://x/${secret}`,
        'azure-asyncoperation': `https://x/${secret}`,
        'retry-after': '9999',
      },
      body: JSON.stringify({ error: { code: `See ${secret}`, message: secret } }),
    });
    const tokens = { get: async () => secret, forget: () => undefined };
    for (const status of [200, 202, 302, 400, 401, 403, 404, 409, 429, 500]) {
      await using server = await listen(reply(status));
      const { azure } = reading(server.url, { tokens });

      expect(JSON.stringify([await azure.set(place), ...(await failuresOf(azure))])).not.toContain(secret);
    }
  });

  const failuresOf = async (azure: ScaleSets): Promise<readonly (Failure | undefined)[]> => [
    (await all(azure.sets(place.subscriptionId))).failure,
    (await all(azure.graph.models(['tenant']))).failure,
  ];
});

describe('a token', () => {
  const set = json({ id: place.id, location: 'westeurope', properties: {} });

  function tokens(...given: readonly string[]): Tokens {
    const left = [...given];
    return { get: async () => left[0], forget: (refused) => void (left[0] === refused && left.shift()) };
  }

  it('goes with every call', async () => {
    await using server = await listen(set);

    await reading(server.url, { tokens: tokens('one') }).azure.set(place);

    expect(server.received[0]?.headers.authorization).toBe('Bearer one');
  });

  it('that is refused is fetched anew, once', async () => {
    await using server = await listen(({ headers }) =>
      headers.authorization === 'Bearer two' ? set : { status: 401 },
    );

    expect(await reading(server.url, { tokens: tokens('one', 'two') }).azure.set(place)).toMatchObject({
      kind: 'read',
    });
    expect(await reading(server.url, { tokens: tokens('0', '1', 'two') }).azure.set(place)).toMatchObject({
      kind: 'forbidden',
      status: 401,
    });
    expect(server.received).toHaveLength(4);
  });

  it('that cannot be had is a failure of its own, and nothing is sent', async () => {
    await using server = await listen(set);
    const none = { get: () => Promise.reject(new Error('secret')), forget: () => undefined };

    expect(await reading(server.url, { tokens: none }).azure.set(place)).toStrictEqual({
      kind: 'failed',
      call: 'token',
      name: 'shop-web',
      code: 'NoToken',
    });
    expect(server.received).toStrictEqual([]);
  });

  it('is not asked for on this machine', async () => {
    await using server = await listen(set);

    await reading(server.url).azure.set(place);

    expect(server.received[0]?.headers.authorization).toBeUndefined();
  });
});

describe('the end of a run', () => {
  it('stops every call before it is sent', async () => {
    await using server = await listen(json({ value: [] }));
    const { azure, clock } = reading(server.url);
    clock.advance(4 * MINUTE);

    expect(await azure.set(place)).toStrictEqual({ kind: 'stopped', call: 'set', name: 'shop-web' });
    expect(server.received).toStrictEqual([]);
  });

  it('is not waited past: a failure that would be tried again too late is told', async () => {
    await using server = await listen({ status: 500 });
    const { azure, slept } = reading(server.url, { run: { deadline: START + 500 } });

    expect(await azure.set(place)).toMatchObject({ kind: 'failed', status: 500 });
    expect(slept).toStrictEqual([]);
  });

  it('ends a call that hangs', async () => {
    await using server = await listen({ status: 200, after: 60_000 });
    const controller = new AbortController();
    const { azure } = reading(server.url, { run: { signal: controller.signal } });
    setTimeout(() => controller.abort(), 100);

    expect(await azure.set(place)).toStrictEqual({ kind: 'stopped', call: 'set', name: 'shop-web' });
  });

  it('ends a call that hangs when it comes by the clock', async () => {
    await using server = await listen({ status: 200, after: 60_000 });
    const { azure } = reading(server.url, { run: { deadline: START + 50 } });

    expect(await azure.set(place)).toMatchObject({ kind: 'failed', code: 'TimedOut' });
  });
});

describe('real time', () => {
  const open = (url: string, run: Run) => resourceManager({ endpoint: url, identity: { kind: 'managed' } })(run);

  it('passes while Azure asks to wait', async () => {
    await using server = await listen((_request, before) =>
      before === 0
        ? { status: 429, headers: { 'retry-after': '1' } }
        : json({ id: place.id, location: 'x', properties: {} }),
    );
    const began = Date.now();

    const run = { deadline: began + 10_000, signal: new AbortController().signal, holds: [] };
    expect(await open(server.url, run).set(place)).toMatchObject({ kind: 'read' });
    expect(Date.now() - began).toBeGreaterThanOrEqual(990);
  });

  it('does not pass once the run is over', async () => {
    await using server = await listen({ status: 429, headers: { 'retry-after': '60' } });
    const controller = new AbortController();
    const began = Date.now();
    const waiting = open(server.url, { deadline: began + 100_000, signal: controller.signal, holds: [] }).set(place);
    setTimeout(() => controller.abort(), 100);

    expect(await waiting).toStrictEqual({ kind: 'stopped', call: 'set', name: 'shop-web' });
    expect(Date.now() - began).toBeLessThan(60_000);
  });
});

describe('the endpoint', () => {
  it.each(['http://management.azure.com', 'ftp://127.0.0.1', 'management.azure.com', ''])('is no %s', (endpoint) => {
    expect(() => resourceManager({ endpoint, identity: { kind: 'managed' } })).toThrow(ConfigurationError);
  });
});
