import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { PLANTED_PASSWORD } from '../../dev/fake-azure/base-specs.ts';
import { handClock } from '../../dev/fake-azure/clock.ts';
import { createFakeAzure, type FakeAzure, type FakeAzureOptions } from '../../dev/fake-azure/fake-azure.ts';
import type { FleetOptions } from '../../dev/fake-azure/fleet.ts';
import { generateFleet } from '../../dev/fake-azure/generate.ts';
import { changeNames } from '../../dev/fake-azure/model-changes.ts';
import { isBehind } from '../../dev/fake-azure/scale-set.ts';
import * as relayQueries from '../../src/outbound/graph/queries.ts';
import { published } from '../support/published.ts';

const VERSION = 'api-version=2024-11-01';
const BEHIND = '$filter=properties/latestModelApplied%20eq%20false';

interface Body {
  readonly value: readonly Record<string, unknown>[];
  readonly nextLink?: string;
  readonly error?: {
    readonly code: string;
    readonly target?: string;
    readonly details?: readonly { readonly code: string }[];
  };
  readonly data?: readonly Record<string, unknown>[];
  readonly resultTruncated?: string;
  readonly totalRecords?: number;
  readonly $skipToken?: string;
  readonly properties?: Record<string, unknown>;
}

/** A fake with a clock that stands still, clean unless something else is wished. */
async function azureWith(fleet: FleetOptions = {}, options: Omit<FakeAzureOptions, 'fleet'> = {}) {
  const clock = handClock();
  const made = generateFleet({ driftedShare: 0, clock, ...fleet });
  const azure = await createFakeAzure({ fleet: made, ...options });
  const [subscription] = made.subscriptions;
  const [set] = made.sets;
  if (subscription === undefined || set === undefined) throw new Error('the fleet is empty');
  return {
    azure,
    clock,
    fleet: made,
    set,
    sets: `/subscriptions/${subscription.id}/providers/Microsoft.Compute/virtualMachineScaleSets?${VERSION}`,
    vms: `/subscriptions/${subscription.id}/providers/Microsoft.Compute/virtualMachines?${VERSION}`,
    subscription,
    get: (path: string, init?: RequestInit) => fetch(path.startsWith('http') ? path : azure.url + path, init),
    [Symbol.asyncDispose]: () => azure[Symbol.asyncDispose](),
  };
}

const bodyOf = async (response: Response): Promise<Body> => (await response.json()) as Body;
const codeOf = async (response: Response) => [response.status, (await bodyOf(response)).error?.code];

/** All items of a list, and how many pages it took. */
async function whole(azure: FakeAzure, path: string) {
  const items: Record<string, unknown>[] = [];
  let pages = 0;
  for (let link: string | undefined = azure.url + path; link !== undefined; pages += 1) {
    const { value, nextLink }: Body = await bodyOf(await fetch(link));
    items.push(...value);
    link = nextLink;
  }
  return { items, pages };
}

const ask = (azure: FakeAzure, query: string, more: object = {}) =>
  fetch(`${azure.url}/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, ...more }),
  });

describe('lists', () => {
  it('come in pages whose links are absolute and lead back here', async () => {
    await using world = await azureWith({ sets: 7 }, { pageSize: 3 });
    const first = await bodyOf(await world.get(world.sets));

    expect(first.value).toHaveLength(3);
    expect(first.nextLink?.startsWith(`${world.azure.url}/subscriptions/`)).toBe(true);
    const { items, pages } = await whole(world.azure, world.sets);
    expect(pages).toBe(3);
    expect(items.map(({ name }) => name)).toStrictEqual(world.fleet.sets.map(({ name }) => name));
    expect(world.azure.journal.map(({ page }) => page)).toStrictEqual([1, 1, 2, 3]);
  });

  it('lose nothing when a set is deleted between two pages', async () => {
    await using world = await azureWith({ sets: 7 }, { pageSize: 3 });
    const first = await bodyOf(await world.get(world.sets));
    world.fleet.deleteSet(world.set);

    const second = await bodyOf(await world.get(first.nextLink ?? ''));

    expect(second.value.map(({ name }) => name)).toStrictEqual(world.fleet.sets.slice(2, 5).map(({ name }) => name));
  });

  it.each([
    ['escaped once too often', (link: string) => link.replace(/skiptoken=.*/, (all) => all.replaceAll('%', '%25'))],
    ['not escaped', (link: string) => decodeURIComponent(link)],
    ['made up', (link: string) => link.replace(/skiptoken=.*/, 'skiptoken=abc')],
    ['of another list', (link: string) => link.replace('/virtualMachineScaleSets?', '/virtualMachines?')],
  ])('refuse a token that is %s', async (_what, spoil) => {
    await using world = await azureWith({ sets: 7 }, { pageSize: 3 });
    const { nextLink = '' } = await bodyOf(await world.get(world.sets));

    const refused = await world.get(spoil(nextLink));

    expect(refused.status).toBe(400);
    expect((await bodyOf(refused)).error).toMatchObject({ code: 'InvalidParameter', target: '$skiptoken' });
  });

  it('hold subscriptions, and what stands below a management group', async () => {
    await using world = await azureWith({ subscriptions: 6, sets: 6 }, { pageSize: 2 });
    const below = (group: string) =>
      whole(
        world.azure,
        `/providers/Microsoft.Management/managementGroups/${group}/descendants?api-version=2020-05-01`,
      );

    const { items } = await whole(world.azure, '/subscriptions?api-version=2022-12-01');
    const all = await below('contoso');
    const prod = await below('CONTOSO-prod');

    expect(items.map(({ subscriptionId }) => subscriptionId)).toStrictEqual(
      world.fleet.subscriptions.map(({ id }) => id),
    );
    expect(all.items.map(({ type }) => type).sort()).toStrictEqual([
      ...Array<string>(6).fill('/subscriptions'),
      ...Array<string>(2).fill('Microsoft.Management/managementGroups'),
    ]);
    expect(prod.items).toHaveLength(4);
  });
});

describe('instances', () => {
  it('are filtered by whether they have the model', async () => {
    await using world = await azureWith();
    world.fleet.changeModel(world.set, 'vmSize');
    world.fleet.update(world.set, ['0', '1', '2', '3', '4', '5', '6']);

    const behind = await whole(world.azure, `${world.set.id}/virtualMachines?${VERSION}&${BEHIND}`);
    const all = await whole(world.azure, `${world.set.id}/virtualMachines?${VERSION}`);

    expect(behind.items.map(({ instanceId }) => instanceId)).toStrictEqual(['7', '8', '9']);
    expect(behind.items).toMatchObject([{ properties: { latestModelApplied: false } }, {}, {}]);
    expect(all.items).toHaveLength(10);
    expect(world.azure.calls).toMatchObject({ listDriftedInstances: 1, listInstances: 1 });
  });

  it('are behind although nothing differs, once a change was undone', async () => {
    await using world = await azureWith();
    const before = await (await world.get(`${world.set.id}/virtualMachines?${VERSION}`)).text();
    world.fleet.changeModel(world.set, 'nothing');
    const after = await (await world.get(`${world.set.id}/virtualMachines?${VERSION}`)).text();

    expect(after).not.toBe(before);
    expect(after.replaceAll('"latestModelApplied":false', '"latestModelApplied":true')).toBe(before);
  });

  it('tell their protection, their health and SkipUpgrade', async () => {
    await using world = await azureWith();
    world.fleet.protect(world.set, ['1']);
    world.fleet.skipUpgrade(world.set, ['2']);
    world.fleet.fail(world.set, ['3'], 'unhealthy');
    const { items } = await whole(world.azure, `${world.set.id}/virtualMachines?${VERSION}&$expand=instanceView`);
    const text = items.map((item) => JSON.stringify(item));

    expect(text.filter((each) => each.includes('"protectFromScaleSetActions":true'))).toStrictEqual([text[1]]);
    expect(text.filter((each) => each.includes('\\"SkipUpgrade\\":true'))).toStrictEqual([text[2]]);
    expect(text.filter((each) => each.includes('HealthState/unhealthy'))).toStrictEqual([text[3]]);
  });

  it('of Flexible sets are standard VMs with a tag on their model', async () => {
    await using world = await azureWith({ sets: 2, flexShare: 1 });
    world.clock.advance(3_600_000);
    world.fleet.changeModel(world.set, 'vmSize');
    world.fleet.update(
      world.set,
      world.set.state.instances.slice(0, 1).map(({ id }) => id),
    );
    const filter = encodeURIComponent(`'virtualMachineScaleSet/id' eq '${world.set.id}'`);

    const { items } = await whole(world.azure, `${world.vms}&$filter=${filter}&$expand=instanceView`);

    expect(items).toHaveLength(10);
    expect(items.map(({ tags }) => (tags as Record<string, string>)['VirtualMachineProfileTimeCreated'])).toStrictEqual(
      ['11/20/2026 9:00:00 AM +00:00', ...Array<string>(9).fill('9/21/2026 8:00:00 AM +00:00')],
    );
    expect(JSON.stringify(items)).not.toContain('latestModelApplied');
    expect(await codeOf(await world.get(`${world.vms}&$expand=instanceView`))).toStrictEqual([400, 'InvalidParameter']);
  });

  it('get another vmId when they are made again under the same id', async () => {
    await using world = await azureWith();
    const [before] = world.set.state.instances;
    world.fleet.reimageNewVmId(world.set, ['0']);
    const [after] = world.set.state.instances;

    expect(after?.id).toBe(before?.id);
    expect(after?.vmId).not.toBe(before?.vmId);
  });
});

describe('what Azure refuses', () => {
  it.each([
    ['/subscriptions', 400, 'MissingApiVersionParameter'],
    ['/subscriptions?api-version=2001-01-01', 400, 'NoRegisteredProviderFound'],
    ['/nowhere?api-version=2022-12-01', 404, 'ResourceNotFound'],
    [
      '/subscriptions/abc/providers/Microsoft.Compute/virtualMachines?api-version=2024-11-01',
      400,
      'InvalidSubscriptionId',
    ],
    [
      '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Compute/virtualMachineScaleSets?api-version=2024-11-01',
      404,
      'SubscriptionNotFound',
    ],
    ['{s}/providers/Microsoft.Compute/scaleSets?api-version=2024-11-01', 404, 'InvalidResourceType'],
    ['{s}/providers/Microsoft.Computer/virtualMachines?api-version=2024-11-01', 404, 'InvalidResourceNamespace'],
    ['{set}x?api-version=2024-11-01', 404, 'ResourceNotFound'],
    [
      '{s}/resourceGroups/none/providers/Microsoft.Compute/virtualMachineScaleSets/x?api-version=2024-11-01',
      404,
      'ResourceGroupNotFound',
    ],
    ['{set}/rollingUpgrades/latest?api-version=2024-11-01', 404, 'NotFound'],
    ['{set}/virtualMachines?api-version=2024-11-01&$filter=latestModelApplied eq false', 400, 'InvalidParameter'],
    ['{set}/virtualMachines?api-version=2024-11-01&$expand=everything', 400, 'InvalidParameter'],
    [
      "{s}/providers/Microsoft.Compute/virtualMachines?api-version=2024-11-01&$filter=virtualMachineScaleSet/id eq '/a'",
      400,
      'InvalidParameter',
    ],
    [
      '{s}/providers/Microsoft.Compute/locations/westeurope/publishers/a/artifacttypes/vmimage/offers/b/skus/c/versions?api-version=2024-11-01',
      404,
      'NotFound',
    ],
  ])('%s: %i %s', async (path, status, code) => {
    await using world = await azureWith();
    const full = path.replace('{set}', world.set.id).replace('{s}', `/subscriptions/${world.subscription.id}`);

    expect(await codeOf(await world.get(full))).toStrictEqual([status, code]);
  });

  it('is every write, and it is counted', async () => {
    await using world = await azureWith();
    const path = `${world.set.id}/manualupgrade?${VERSION}`;

    expect(await codeOf(await world.get(path, { method: 'POST' }))).toStrictEqual([403, 'AuthorizationFailed']);
    expect(await codeOf(await world.get(`${world.set.id}?${VERSION}`, { method: 'PATCH' }))).toStrictEqual([
      403,
      'AuthorizationFailed',
    ]);
    expect(world.azure.calls.write).toBe(2);
  });

  it('is a call without the right token, where tokens are wanted', async () => {
    await using world = await azureWith({}, { tokens: ['right'] });
    const status = async (authorization?: string) => {
      const response = await world.get(world.sets, authorization === undefined ? {} : { headers: { authorization } });
      return [response.status, response.headers.get('www-authenticate')?.startsWith('Bearer ')];
    };

    expect(await status()).toStrictEqual([401, true]);
    expect(await status('Bearer wrong')).toStrictEqual([401, true]);
    expect(await status('Bearer right')).toStrictEqual([200, undefined]);
    expect(JSON.stringify(world.azure.journal)).not.toContain('right');
  });

  it('is a subscription that is gone', async () => {
    await using world = await azureWith();
    world.fleet.removeSubscription(world.subscription.id);

    expect(await codeOf(await world.get(world.sets))).toStrictEqual([404, 'SubscriptionNotFound']);
  });
});

describe('limits', () => {
  it('let 250 calls to a subscription pass, and 25 more each second', async () => {
    await using world = await azureWith({}, { limits: { highCostGet: 'off' } });
    const statuses = async (calls: number) => {
      const counts: Record<number, number> = {};
      for (let call = 0; call < calls; call += 1) {
        const { status } = await world.get(world.sets);
        counts[status] = (counts[status] ?? 0) + 1;
      }
      return counts;
    };

    expect(await statuses(260)).toStrictEqual({ 200: 250, 429: 10 });
    const refused = await world.get(world.sets);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await codeOf(refused)).toStrictEqual([429, 'SubscriptionRequestsThrottled']);
    world.clock.advance(1_000);
    expect(await statuses(30)).toStrictEqual({ 200: 25, 429: 5 });
  });

  it('let 30 lists of a set pass, and another one after six seconds', async () => {
    await using world = await azureWith();
    const list = () => world.get(`${world.set.id}/virtualMachines?${VERSION}`);
    const [first] = await Promise.all(Array.from({ length: 30 }, list));
    const refused = await list();

    expect(first?.headers.get('x-ms-request-charge')).toBe('10');
    expect(first?.headers.get('x-ms-ratelimit-remaining-resource')).toBe(
      'Microsoft.Compute/HighCostGetVMScaleSetSubscriptionMaximum;1079,Microsoft.Compute/HighCostGetVMScaleSetResource;29,Microsoft.Compute/VMScaleSetVMViewsSubscriptionMaximum;29990',
    );
    expect([refused.status, refused.headers.get('retry-after')]).toStrictEqual([429, '6']);
    expect((await bodyOf(refused)).error).toMatchObject({
      code: 'OperationNotAllowed',
      details: [{ code: 'TooManyRequests', target: 'HighCostGetVMScaleSetResource' }],
    });
    world.clock.advance(6_000);
    expect((await list()).status).toBe(200);
  });

  it('count the instances that were looked at, per region', async () => {
    await using world = await azureWith({ regions: 2, sets: 2 }, { limits: { vmViews: { burst: 15, perSecond: 1 } } });
    const [here, there] = world.fleet.sets.map(
      ({ id }) =>
        () =>
          world.get(`${id}/virtualMachines?${VERSION}&${BEHIND}`),
    );

    expect((await here?.())?.status).toBe(200);
    expect((await here?.())?.headers.get('retry-after')).toBe('5');
    expect((await there?.())?.status).toBe(200);
  });

  it('let 15 queries pass in five seconds', async () => {
    await using world = await azureWith();
    const query = () => ask(world.azure, relayQueries.probeQuery);
    const passed = [];
    for (let call = 0; call < 15; call += 1) passed.push(await query());
    const refused = await query();

    expect(passed.map(({ headers }) => headers.get('x-ms-user-quota-remaining'))).toStrictEqual(
      Array.from({ length: 15 }, (_, index) => String(14 - index)),
    );
    expect(refused.headers.get('x-ms-user-quota-resets-after')).toBe('00:00:05');
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await codeOf(refused)).toStrictEqual([429, 'RateLimiting']);
    world.clock.advance(5_000);
    expect((await query()).status).toBe(200);
  });

  it('are off where they are switched off', async () => {
    await using world = await azureWith({}, { limits: 'off' });
    const answers = await Promise.all(Array.from({ length: 300 }, () => world.get(`${world.set.id}?${VERSION}`)));

    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(answers[0]?.headers.has('x-ms-ratelimit-remaining-resource')).toBe(false);
  });
});

describe('Resource Graph', () => {
  const { probeQuery, candidatesQuery, modelsQuery, flexQuery, imagesQuery, subscriptionsQuery, changesQuery } =
    relayQueries;
  const rows = async (response: Promise<Response>) => (await bodyOf(await response)).data;

  it.each([
    ['probe', probeQuery],
    ['candidates', candidatesQuery],
    ['models', modelsQuery],
    ['flex', flexQuery],
    ['images', imagesQuery],
    ['subscriptions', subscriptionsQuery],
    ['changes', changesQuery(['/subscriptions/a', '/subscriptions/b'])],
  ])('knows the query for %s as the relay sends it', async (name, query) => {
    await using world = await azureWith();

    expect((await ask(world.azure, query)).status).toBe(200);
    expect(world.azure.journal).toMatchObject([{ kind: 'graph', query: name }]);
  });

  it('refuses every other text', async () => {
    await using world = await azureWith();
    const refused = await bodyOf(await ask(world.azure, `${modelsQuery} | take 1`));

    expect(refused.error).toMatchObject({ code: 'BadRequest', details: [{ code: 'InvalidQuery' }] });
    expect((await ask(world.azure, modelsQuery, { options: { $top: 1_001 } })).status).toBe(400);
    expect((await ask(world.azure, modelsQuery, { options: { $skipToken: 'x' } })).status).toBe(400);
    expect((await ask(world.azure, modelsQuery, { scopes: [] })).status).toBe(400);
  });

  it('counts the instances that are behind, and tells who changed the model', async () => {
    await using world = await azureWith();
    world.fleet.changeModel(world.set, 'vmSize', { by: 'deployer', byType: 'Application' });
    const id = world.set.id.toLowerCase();

    expect(await rows(ask(world.azure, candidatesQuery))).toStrictEqual([{ id, drifted: 10 }]);
    expect(await rows(ask(world.azure, changesQuery([id])))).toStrictEqual([
      {
        id,
        at: '2026-11-20T08:00:00.0000000Z',
        changedBy: 'deployer',
        changedByType: 'Application',
        changes: { 'sku.name': { previousValue: 'before', newValue: 'after' } },
      },
    ]);
  });

  it('pages by a token in the body, and the flag of truncation is a text', async () => {
    await using world = await azureWith({ sets: 5 });
    const page = async ($skipToken?: string) =>
      bodyOf(
        await ask(world.azure, modelsQuery, { options: { $top: 2, ...($skipToken !== undefined && { $skipToken }) } }),
      );
    const first = await page();
    const second = await page(first.$skipToken);
    const third = await page(second.$skipToken);

    expect(first).toMatchObject({ totalRecords: 5, count: 2, resultTruncated: 'false' });
    expect([first, second, third].flatMap(({ data = [] }) => data).map(({ id }) => id)).toStrictEqual(
      world.fleet.sets.map(({ id }) => id).sort(),
    );
    expect(third.$skipToken).toBeUndefined();
  });

  it('ends a page early when its rows are fat', async () => {
    await using world = await azureWith({ sets: 5 }, { graph: { pageBytes: 7_000 } });
    const page = await bodyOf(await ask(world.azure, modelsQuery));

    expect(page).toMatchObject({ count: 2, resultTruncated: 'true' });
    expect(page.$skipToken).toBeDefined();
  });

  it('lags behind, lies, lacks a property and leaves out subscriptions, as it is told', async () => {
    await using world = await azureWith({ subscriptions: 2, sets: 2, regions: 1 });
    const [set, other] = world.fleet.sets;
    const drifted = async () => (await rows(ask(world.azure, candidatesQuery)))?.map(({ id }) => id);
    world.fleet.changeModel(set ?? '', 'vmSize');
    const id = set?.id.toLowerCase();

    world.azure.graph.lag = () => 60_000;
    expect(await drifted()).toStrictEqual([]);
    world.clock.advance(60_000);
    expect(await drifted()).toStrictEqual([id]);

    world.azure.graph.says = (each) => (each === other ? 'drifted' : 'clean');
    expect(await drifted()).toStrictEqual([other?.id.toLowerCase()]);
    world.azure.graph.says = () => undefined;

    world.azure.graph.knowsLatestModelApplied = false;
    expect(await rows(ask(world.azure, probeQuery))).toStrictEqual([{ rows: 20, withModel: 0 }]);
    expect(await drifted()).toStrictEqual([]);
    world.azure.graph.knowsLatestModelApplied = true;

    world.azure.graph.lacks = new Set([set?.subscriptionId ?? '']);
    expect(await drifted()).toStrictEqual([]);
    expect(await rows(ask(world.azure, subscriptionsQuery))).toHaveLength(1);
  });

  it('answers for the subscriptions or management groups that are named', async () => {
    await using world = await azureWith({ subscriptions: 3, sets: 3 });
    const [first] = world.fleet.subscriptions;

    expect(await rows(ask(world.azure, modelsQuery, { subscriptions: [first?.id] }))).toHaveLength(1);
    expect(await rows(ask(world.azure, modelsQuery, { managementGroups: ['contoso-prod'] }))).toHaveLength(2);
    expect(await rows(ask(world.azure, modelsQuery, { managementGroups: ['contoso'] }))).toHaveLength(3);
    expect((await ask(world.azure, modelsQuery, { subscriptions: [world.fleet.tenantId] })).status).toBe(400);
  });
});

describe('faults', () => {
  it.each([
    [{ kind: 'status', status: 429, retryAfter: 1200 }, 429, '1200'],
    [{ kind: 'status', status: 429 }, 429, null],
    [{ kind: 'status', status: 503 }, 503, null],
    [{ kind: 'status', status: 401 }, 401, null],
  ] as const)('answer %o once', async (wrong, status, retryAfter) => {
    await using world = await azureWith({}, { faults: [{ wrong }] });
    const answer = await world.get(world.sets);

    expect([answer.status, answer.headers.get('retry-after')]).toStrictEqual([status, retryAfter]);
    expect((await world.get(world.sets)).status).toBe(200);
  });

  it('strike only what they are meant for', async () => {
    await using world = await azureWith({ sets: 7 }, { pageSize: 3 });
    const [, other] = world.fleet.sets;
    world.azure.fault({ on: { kind: 'getSet', set: world.set.id }, times: 2, wrong: { kind: 'status', status: 403 } });
    const undo = world.azure.fault({
      on: { kind: 'listSets', page: 2 },
      times: Infinity,
      wrong: { kind: 'status', status: 500 },
    });
    const { nextLink = '' } = await bodyOf(await world.get(world.sets));

    expect((await world.get(`${other?.id}?${VERSION}`)).status).toBe(200);
    expect((await world.get(`${world.set.id}?${VERSION}`)).status).toBe(403);
    expect((await world.get(nextLink)).status).toBe(500);
    undo();
    expect((await world.get(nextLink)).status).toBe(200);
  });

  it('hang, reset and cut connections', async () => {
    await using world = await azureWith(
      {},
      { faults: [{ wrong: { kind: 'hang' } }, { wrong: { kind: 'reset' } }, { wrong: { kind: 'half' } }] },
    );

    await expect(world.get(world.sets, { signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/);
    await expect(world.get(world.sets)).rejects.toThrow('fetch failed');
    await expect(world.get(world.sets).then((response) => response.text())).rejects.toThrow('terminated');
    expect(world.azure.journal.map(({ status }) => status)).toStrictEqual([0, 0, 200]);
  });

  it('send pages of HTML, links to strangers, and refuse a token', async () => {
    await using world = await azureWith({ sets: 7 }, { pageSize: 3 });
    const { nextLink = '' } = await bodyOf(await world.get(world.sets));

    world.azure.fault({ wrong: { kind: 'html' } });
    expect((await world.get(world.sets)).headers.get('content-type')).toContain('text/html');
    world.azure.fault({ wrong: { kind: 'foreignNextLink', origin: 'https://stranger.example.com' } });
    const { nextLink: foreign = '' } = await bodyOf(await world.get(world.sets));
    expect(new URL(foreign).origin).toBe('https://stranger.example.com');
    world.azure.fault({ wrong: { kind: 'skiptoken' } });
    expect((await world.get(nextLink)).status).toBe(400);
    expect((await world.get(nextLink)).status).toBe(200);
  });

  it('change the fleet between two calls', async () => {
    await using world = await azureWith();
    world.azure.fault({
      on: { kind: 'listInstances' },
      wrong: { kind: 'meanwhile', change: (fleet, { set = '' }) => fleet.deleteSet(set) },
    });

    expect((await world.get(`${world.set.id}?${VERSION}`)).status).toBe(200);
    expect((await world.get(`${world.set.id}/virtualMachines?${VERSION}`)).status).toBe(404);
  });
});

describe('rollouts and images', () => {
  it('are told as the service tells them', async () => {
    await using world = await azureWith({ rollingShare: 1 });
    const latest = async () =>
      (await bodyOf(await world.get(`${world.set.id}/rollingUpgrades/latest?${VERSION}`))).properties;
    world.fleet.changeModel(world.set, 'vmSize');
    world.fleet.startRollout(world.set);
    world.fleet.advanceRollout(world.set, 4);

    const running = await latest();
    world.fleet.faultRollout(world.set);
    const faulted = await latest();
    world.fleet.startRollout(world.set);
    world.fleet.completeRollout(world.set);

    expect(running).toMatchObject({
      runningStatus: { code: 'RollingForward', lastAction: 'Start' },
      progress: { successfulInstanceCount: 4, inProgressInstanceCount: 1, pendingInstanceCount: 5 },
    });
    expect(faulted).toMatchObject({ runningStatus: { code: 'Faulted' }, error: { code: expect.any(String) } });
    expect(await latest()).toMatchObject({ runningStatus: { code: 'Completed' } });
    expect(world.set.state.instances.some((each) => isBehind(each, world.set.state))).toBe(false);
  });

  it('keep the history of OS upgrades, newest first', async () => {
    await using world = await azureWith();
    world.fleet.addOsUpgrade(world.set, { done: 1 });
    world.fleet.addOsUpgrade(world.set, { rolledBack: 2, endedAt: world.clock.now(), endedUnder: 'completedTime' });
    const { value } = await bodyOf(await world.get(`${world.set.id}/osUpgradeHistory?${VERSION}`));

    expect(value).toMatchObject([
      {
        properties: {
          rollbackInfo: { successfullyRolledbackInstanceCount: 2 },
          runningStatus: { completedTime: expect.any(String) },
        },
      },
      { properties: { progress: { successfulInstanceCount: 1 } } },
    ]);
  });

  it('have versions in the order of text, as far as anybody knows', async () => {
    await using world = await azureWith();
    const image = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' };
    world.fleet.newImageVersion(image, '24.04.9', ['northeurope']);
    world.fleet.newImageVersion(image, '25.4.1', ['northeurope']);
    world.fleet.newImageVersion(image, '25.4.10', ['northeurope']);
    const newest = async (location: string) => {
      const path = `/subscriptions/${world.subscription.id}/providers/Microsoft.Compute/locations/${location}/publishers/Canonical/artifacttypes/vmimage/offers/ubuntu-24_04-lts/skus/server/versions?$top=1&$orderby=name%20desc&${VERSION}`;
      return ((await (await world.get(path)).json()) as readonly { readonly name: string }[]).map(({ name }) => name);
    };

    expect(await newest('westeurope')).toStrictEqual(['24.04.202610010']);
    world.fleet.newImageVersion(image, '25.4.9', ['northeurope']);
    expect(await newest('northeurope')).toStrictEqual(['25.4.9']);
    expect(world.fleet.resolve({ ...image, version: 'latest' }, 'northeurope')).toBe('25.4.10');
  });

  it('of galleries name where they are and whether they count', async () => {
    await using world = await azureWith();
    const gallery = `/subscriptions/${world.subscription.id}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/shop/images/web`;
    world.fleet.newGalleryVersion(gallery, { name: '1.0.11', excludeFromLatest: true });
    const { items } = await whole(world.azure, `${gallery}/versions?api-version=2024-03-03`);

    expect(items.map(({ name }) => name)).toStrictEqual(['1.0.9', '1.0.10', '1.0.11']);
    expect(items.at(-1)).toMatchObject({
      properties: { publishingProfile: { excludeFromLatest: true, targetRegions: [{ name: 'West Europe' }] } },
    });
    expect(world.fleet.resolve({ id: gallery }, 'westeurope')).toBe('1.0.10');
  });

  it.each(['shared', 'community'] as const)('of %s galleries are told per location', async (kind) => {
    await using world = await azureWith({ regions: 2 });
    const id = `/${kind}Galleries/theirs/images/web`;
    const here = `/subscriptions/${world.subscription.id}/providers/Microsoft.Compute/locations/westeurope`;
    world.fleet.newGalleryVersion(id, { name: '1.0.0' });
    world.fleet.newGalleryVersion(id, { name: '1.0.1', regions: ['northeurope'] });
    const set = world.fleet.addSet({ spec: { ...world.set.state.model.spec, image: { id } } });
    const { items } = await whole(world.azure, `${here}${id}/versions?api-version=2023-07-03`);

    expect(items.map(({ name }) => name)).toStrictEqual(['1.0.0']);
    expect(await (await world.get(`${set.id}?${VERSION}`)).text()).toContain(`"${kind}GalleryImageId":"${id}"`);
  });
});

describe('the fleet', () => {
  const options = { sets: 200, subscriptions: 3, regions: 2, driftedShare: 0.3, flexShare: 0.2, rollingShare: 0.3 };
  const told = (seed: number) =>
    JSON.stringify(generateFleet({ ...options, seed, clock: handClock() }).sets.map(({ id, state }) => [id, state]));

  it('is the same for the same seed', () => {
    expect(told(1)).toBe(told(1));
    expect(told(1)).not.toBe(told(2));
  });

  it('has about the shares that were asked for', () => {
    const { sets } = generateFleet({ ...options, sets: 2_000, clock: handClock() });
    const share = (fits: (set: (typeof sets)[number]) => boolean) => sets.filter(fits).length / sets.length;

    expect(share(({ state }) => state.instances.some((each) => isBehind(each, state)))).toBeCloseTo(0.3, 1);
    expect(share(({ orchestration }) => orchestration === 'Flexible')).toBeCloseTo(0.2, 1);
    expect(share(({ state }) => state.mode === 'Rolling')).toBeCloseTo(0.3, 1);
    expect(new Set(sets.map(({ subscriptionId, location }) => subscriptionId + location)).size).toBe(6);
  });

  it('holds the planted password in every model, whatever is changed', async () => {
    await using world = await azureWith({ sets: changeNames.length });
    for (const [index, name] of changeNames.entries()) world.fleet.changeModel(world.fleet.sets[index] ?? '', name);
    const { items } = await whole(world.azure, world.sets);

    expect(items).toHaveLength(changeNames.length);
    expect(items.filter((item) => !JSON.stringify(item).includes(PLANTED_PASSWORD))).toStrictEqual([]);
  });

  it.each(changeNames)('can change a model: %s', async (name) => {
    await using world = await azureWith();
    const text = async () => (await world.get(`${world.set.id}?${VERSION}`)).text();
    const withoutTimes = (json: string) => json.replaceAll(/"(timeCreated|etag)":"[^,]*"/g, '');
    const before = await text();
    world.clock.advance(1_000);
    world.fleet.changeModel(world.set, name);
    const after = await text();

    expect(after).not.toBe(before);
    expect(withoutTimes(after) === withoutTimes(before)).toBe(name === 'unseen' || name === 'nothing');
    expect(world.set.state.instances.every((each) => isBehind(each, world.set.state))).toBe(true);
  });

  it('takes scaling for no change of the model', async () => {
    await using world = await azureWith();
    world.fleet.scale(world.set, 15);
    world.fleet.scale(world.set, 12);

    expect(world.set.state.capacity).toBe(12);
    expect(world.set.state.instances.map(({ id }) => id)).toHaveLength(12);
    expect(world.set.state.instances.some((each) => isBehind(each, world.set.state))).toBe(false);
  });
});

/** Every path of keys in a JSON document; the members of an array count as one. */
function paths(value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => paths(each, `${at}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [`${at}.${key}`, ...paths(inner, `${at}.${key}`)]);
}

describe('beside recorded answers', () => {
  const sample = (file: string) => {
    const { response, ...bare } = published(`azure-compute/${file}`) as Record<string, { readonly body?: unknown }>;
    return response?.body ?? response ?? bare;
  };
  const windows = 1;
  const lacking = (given: unknown, wanted: unknown) => {
    const has = new Set(paths(given));
    return [...new Set(paths(wanted))].filter((path) => !has.has(path));
  };

  it('a set has all keys', async () => {
    await using world = await azureWith();
    const set = await (await world.get(`${world.fleet.sets[windows]?.id}?${VERSION}`)).json();

    expect(lacking(set, sample('rec-2024-1-vmss-get'))).toStrictEqual([]);
  });

  it('an instance has all keys', async () => {
    await using world = await azureWith();
    const list = await (await world.get(`${world.fleet.sets[windows]?.id}/virtualMachines?${VERSION}`)).json();

    expect(lacking(list, sample('rec-2024-2-vm-list'))).toStrictEqual([]);
  });

  it('an instance of Linux has the patch settings that its model lacks', async () => {
    await using world = await azureWith();
    const list = await (await world.get(`${world.set.id}/virtualMachines?${VERSION}`)).json();
    const set = await (await world.get(`${world.set.id}?${VERSION}`)).json();
    const missing = lacking(list, sample('spec-vm-list-2024-11-01')).filter((path) => /linux/i.test(path));

    expect(missing).toStrictEqual(['.value[].properties.osProfile.linuxConfiguration.enableVMAgentPlatformUpdates']);
    expect(JSON.stringify(list)).toContain('patchSettings');
    expect(JSON.stringify(set)).not.toContain('patchSettings');
  });

  it('an instance view has all keys', async () => {
    await using world = await azureWith();
    const view = await (await world.get(`${world.set.id}/virtualMachines/0/instanceView?${VERSION}`)).json();

    expect(lacking(view, sample('rec-cse-6-vm-instanceview'))).toStrictEqual([
      '.placementGroupId',
      '.vmAgent.extensionHandlers',
      '.vmAgent.extensionHandlers[].type',
      '.vmAgent.extensionHandlers[].typeHandlerVersion',
      '.vmAgent.extensionHandlers[].status',
      '.vmAgent.extensionHandlers[].status.code',
      '.vmAgent.extensionHandlers[].status.level',
      '.vmAgent.extensionHandlers[].status.displayStatus',
      '.vmAgent.extensionHandlers[].status.message',
      '.extensions[].statuses[].message',
    ]);
  });

  it.each([
    ['rollingUpgrades/latest', 'rec-roll-1-latest-completed'],
    ['osUpgradeHistory', 'doc-osupgradehistory'],
  ])('%s has all keys', async (path, file) => {
    await using world = await azureWith();
    world.fleet.startRollout(world.set);
    world.fleet.addOsUpgrade(world.set, { endedAt: 0, endedUnder: 'completedTime' });
    const given = await (await world.get(`${world.set.id}/${path}?${VERSION}`)).json();

    expect(lacking(given, sample(file))).toStrictEqual([]);
  });

  it('a VM of a Flexible set has all keys', async () => {
    await using world = await azureWith({ flexShare: 1 });

    expect(lacking(await (await world.get(world.vms)).json(), sample('made-flex-vm-list-filter'))).toStrictEqual([]);
  });
});

describe('by hand', () => {
  it('it says where it is and how to begin, and ends when it is told to', async () => {
    const child = spawn(process.execPath, ['scripts/fake-azure.ts', '--sets', '3', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.startsWith('scale')) child.kill('SIGTERM');
    }
    const [code] = child.exitCode === null ? ((await once(child, 'exit')) as [number]) : [child.exitCode];

    expect(lines).toStrictEqual([
      expect.stringMatching(/^ready {2}http:\/\/127\.0\.0\.1:\d+ /),
      expect.stringMatching(
        /^relay {2}ARM_ENDPOINT=http:\/\/127\.0\.0\.1:\d+ DRIFT_SCOPE=sub:[0-9a-f-]{36} npm start$/,
      ),
      expect.stringMatching(
        /^who {4}ARM_ENDPOINT=http:\/\/127\.0\.0\.1:\d+ npm run relay -- connect --url https:\/\/relay\.example\.net --home [0-9a-f-]{36}\/rg-relay$/,
      ),
      'run    curl -X POST http://127.0.0.1:7071/admin/functions/drift',
      expect.stringMatching(
        /^scale {2}curl -sX POST 'http:\/\/127\.0\.0\.1:\d+\/scale\/shop-web-0\?to=13' \| curl http:/,
      ),
      'ended after 0 requests',
    ]);
    expect(code).toBe(0);
  });

  it('scales a set, and answers with what autoscale posts', async () => {
    await using world = await azureWith({ sets: 1 }, { byHand: true });
    const { name } = world.set;
    const post = (path: string) => world.get(path, { method: 'POST' });
    const begun = await post(`/scale/${name}?to=12&seconds=90&failing=AllocationFailed`);
    const states = async () =>
      (await bodyOf(await world.get(`${world.set.id}/virtualMachines?${VERSION}`))).value
        .slice(10)
        .map(({ properties }) => (properties as { readonly provisioningState: string }).provisioningState);

    expect(await begun.json()).toMatchObject({
      operation: 'Scale Out',
      context: { oldCapacity: '10', newCapacity: '12' },
    });
    expect(await states()).toStrictEqual(['Creating', 'Creating']);
    world.clock.advance(90_000);
    expect(await states()).toStrictEqual(['Succeeded', 'Failed']);
    expect((await post(`/scale/${name}?to=9`)).status).toBe(200);
    world.clock.advance(130_000);
    expect(await states()).toStrictEqual([]);
    expect([(await post('/scale/none')).status, (await post(`/scale/${name}?to=x`)).status]).toStrictEqual([404, 400]);
  });
});
