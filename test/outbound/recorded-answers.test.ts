import { describe, expect, it } from 'vitest';
import { type Ask, judge } from '../../src/outbound/arm/answer.ts';
import { budget, type Weight } from '../../src/outbound/arm/budget.ts';
import { newestVersion, readPlatformVersions } from '../../src/outbound/arm/compute/image.ts';
import { readFlexInstance, readInstance } from '../../src/outbound/arm/compute/instance.ts';
import { readScaleSet } from '../../src/outbound/arm/compute/set.ts';
import { readOsUpgrade, readRollout } from '../../src/outbound/arm/compute/upgrade.ts';
import { resourceGraph } from '../../src/outbound/graph/resource-graph.ts';
import { readChange } from '../../src/outbound/graph/rows.ts';
import { changedScaleSets } from '../../src/sources/scale-set-changes.ts';
import { published, publishedIn } from '../support/published.ts';

const FOLDER = 'azure-compute';
const names = publishedIn(FOLDER);
const like = (pattern: RegExp): readonly string[] => names.filter((name) => pattern.test(name));

const sets = like(/^rec.*-vmss-(get|put|patch)/);
const lists = like(/^(rec|spec).*-vm-list(?!-latest)/);
const latest = like(/^rec.*-vm-list-latest-(true|false)/);
const views = like(/^(rec.*-vm|doc-custommetrics)-instanceview/);
const rollouts = like(/^(rec-roll-1|doc-rollingupgrade|spec-rollingupgrade)/);
const histories = like(/osupgradehistory/);
const queries = like(/^(spec|made)-arg/);
const throttled = like(/-429$/);
const single = [
  'doc-flex-profile-tag',
  'doc-resourcechanges-record',
  'made-eventgrid-vmss-write',
  'made-flex-vm-list-filter',
  'rec-2024-3-vmss-list-uniform-and-flex',
  'rec-aba-4-vm-protected-put-response',
  'rec-cse-5-platform-image-latest-version',
] as const;

type Loose = Readonly<Record<string, never>>;

// biome-ignore lint/suspicious/noExplicitAny: answers are read as they come.
const sampleOf = (name: string): any => published(`${FOLDER}/${name}`);

const bodyOf = (name: string): Loose => {
  const { response, ...rest } = sampleOf(name);
  return response?.body ?? response ?? rest;
};

const listed = (name: string): readonly unknown[] => bodyOf(name)['value'] ?? [];

describe('recorded answers', () => {
  it('are all read here', () => {
    const read: readonly string[] = [
      ...[sets, lists, latest, views, rollouts, histories, queries, throttled].flat(),
      ...single,
    ];

    expect(names.filter((name) => !read.includes(name))).toStrictEqual([]);
    expect(read.filter((name) => !names.includes(name))).toStrictEqual([]);
  });

  it.each(sets)('hold a scale set: %s', (name) => {
    expect(readScaleSet(bodyOf(name))).toMatchObject({ mode: expect.any(String), orchestration: 'Uniform' });
  });

  it('list sets of both kinds, with the times of their models', () => {
    const read = listed('rec-2024-3-vmss-list-uniform-and-flex').map(readScaleSet);

    expect(read.map((one) => one?.orchestration)).toStrictEqual(['Uniform', 'Flexible']);
    expect(read.every((one) => one?.modelCreatedAt !== undefined)).toBe(true);
  });

  it.each(lists)('list instances: %s', (name) => {
    const read = listed(name).map(readInstance);

    expect(read.length).toBeGreaterThan(0);
    expect(read.map((one) => one?.raw['properties'])).toStrictEqual(
      listed(name).map((raw) => (raw as { properties: object }).properties),
    );
  });

  it.each(latest)('say whether instances are on the model: %s', (name) => {
    const read = listed(name).map(readInstance);

    expect(read.length).toBeGreaterThan(0);
    expect(new Set(read.map((one) => one?.latestModelApplied))).toStrictEqual(new Set([name.includes('true')]));
  });

  it('show a protected instance', () => {
    expect(readInstance(bodyOf('rec-aba-4-vm-protected-put-response'))?.isProtected).toBe(true);
  });

  it('show VMs of a Flexible set, with and without the tag', () => {
    const [vm] = listed('made-flex-vm-list-filter');

    expect(readFlexInstance(vm)).toMatchObject({ instanceId: 'flex_1b6e6d5c', customised: false });
    expect(readFlexInstance(vm)).not.toHaveProperty('profileCreatedAt');
    const tagged = bodyOf('doc-flex-profile-tag')['vm'];
    expect(readFlexInstance(tagged)?.profileCreatedAt).toBe('2024-08-29T18:27:26.000Z');
  });

  // A list asks for them with $expand, so they come as a property of the instance.
  it.each(views)('view an instance that is well and skips no upgrade: %s', (name) => {
    const properties = { provisioningState: 'Succeeded', instanceView: bodyOf(name) };

    expect(readInstance({ instanceId: '0', properties })).toMatchObject({ state: 'ok', skipsUpgrade: false });
  });

  it('tell of an instance that skips upgrades, once its application says so', () => {
    const view = JSON.stringify(bodyOf('doc-custommetrics-instanceview'));
    const skipping = JSON.parse(view.replace('\\"SkipUpgrade\\": false', '\\"SkipUpgrade\\": true'));

    expect(readInstance({ instanceId: '0', properties: { instanceView: skipping } })?.skipsUpgrade).toBe(true);
  });

  it.each(rollouts)('hold a rolling upgrade: %s', (name) => {
    const { lastActionAt, startedAt } = readRollout(bodyOf(name)) ?? {};

    expect([startedAt, lastActionAt]).toStrictEqual([expect.any(String), expect.any(String)]);
  });

  it.each(histories)('hold the history of OS upgrades: %s', (name) => {
    const [upgrade] = listed(name).map(readOsUpgrade);

    expect(upgrade).toMatchObject({ code: 'RollingForward', endedAt: expect.any(String) });
  });

  it('name the newest version of an image', () => {
    const { body } = sampleOf('rec-cse-5-platform-image-latest-version').response;

    expect(newestVersion(readPlatformVersions(body) ?? [])).toBe('16.04.202009220');
  });

  it('record a change: who and when, and here no part of the model', () => {
    const { targetResourceId, changeAttributes, changes } = sampleOf('doc-resourcechanges-record');
    const { timestamp, changedBy, changedByType } = changeAttributes;

    // The columns of query D, see resource-graph-queries.ts.
    expect(readChange({ id: targetResourceId, at: timestamp, changedBy, changedByType, changes })).toStrictEqual({
      setId: targetResourceId.toLowerCase(),
      change: { at: '2023-11-08T12:19:04.347Z', by: 'ada@maplewood.example', byType: 'User', paths: [] },
    });
  });

  it('tell of a scale set that was written, for the next look', () => {
    const [event] = sampleOf('made-eventgrid-vmss-write');

    expect(changedScaleSets('event-grid', [event])).toStrictEqual([event.subject.toLowerCase()]);
  });
});

describe('recorded answers of Resource Graph', () => {
  it.each(queries)('are pages to the last; rows with other columns count as unread: %s', async (name) => {
    const { $skipToken, ...answer } = bodyOf(name);
    const asked: unknown[] = [];
    const graph = resourceGraph(async ({ body }) => {
      const json = asked.length === 0 ? bodyOf(name) : answer;
      asked.push((body as { readonly options: object }).options);
      return { kind: 'read', value: { json, header: () => undefined } };
    }, 'https://management.azure.com');

    const pages: unknown[] = [];
    for await (const each of graph.candidates(['tenant'])) pages.push(each);

    const rows: readonly { readonly id: string }[] = answer['data'] ?? [];
    const unread = rows.map(({ id }) => id);
    const page = { kind: 'page', items: [], unread, truncated: false };
    expect(pages).toStrictEqual($skipToken === undefined ? [page] : [page, page]);
    expect(asked[1]).toStrictEqual($skipToken && expect.objectContaining({ $skipToken }));
  });
});

describe('a recorded refusal', () => {
  const now = Date.parse('2026-11-20T08:00:00Z');
  const region: Weight = {
    subscriptionId: 'aaaaaaaa-0000-4000-8000-000000000001',
    location: 'westeurope',
    cost: 'high',
  };
  const graph: Weight = { subscriptionId: '', location: 'graph', cost: 'graph' };
  const expected = {
    'doc-compute-429': { weight: region, wait: 1_200_000, code: 'OperationNotAllowed' },
    'code-arg-429': { weight: graph, wait: 2_000, code: 'RateLimiting' },
  } as const;

  const incoming = (name: string) => {
    const { status, headers, body } = sampleOf(name);
    const lower = new Map(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), String(value)]));
    const header = (key: string) => lower.get(key);
    return { kind: 'answered', status, header, text: JSON.stringify(body) } as const;
  };

  it.each(throttled)('is waited out for as long as it asks, and held when it comes again and again: %s', (name) => {
    const { weight, wait, code } = expected[name as keyof typeof expected];
    const ask: Ask = { ...weight, call: 'instances', name: 'shop-web', url: 'https://management.azure.com/' };
    const step = (waits: number) => judge(ask, incoming(name), { failures: 0, waits, renewals: 0 }, now, () => 0.5);

    expect(step(0)).toStrictEqual({ kind: 'hold', milliseconds: wait });
    expect(step(5)).toMatchObject({
      kind: 'end',
      reading: { kind: 'held', status: 429, code, until: new Date(now + wait).toISOString() },
    });
  });

  it('of Resource Graph empties its bucket', () => {
    const spending = budget(() => now);
    const book = () => spending.book(graph, now + 60_000);

    expect(book()).toBe(now);
    spending.settle(graph, incoming('code-arg-429').header);

    expect(book()).toBeGreaterThan(now);
  });
});
