import * as z from 'zod';
import type { Scope } from '../../drift/rules/settings.ts';
import type { Graph, Page, Pages, ReadResult } from '../../drift/scale-sets.ts';
import { type Answered, type Ask, failed } from '../arm/answer.ts';
import type { Caller } from '../arm/call.ts';
import { readScaleSet } from '../arm/compute/set.ts';
import { idOf } from '../arm/pages.ts';
import {
  candidatesQuery,
  changesQuery,
  flexQuery,
  imagesQuery,
  MOST_IDS,
  modelsQuery,
  probeQuery,
  subscriptionsQuery,
} from './queries.ts';
import { readCandidate, readChange, readFlexCount, readImageCount, readProbe, readSeen } from './rows.ts';

const API_VERSION = '2022-10-01';

/** Questions to Resource Graph. */
export function resourceGraph(call: Caller, origin: string): Graph {
  const url = `${origin}/providers/Microsoft.ResourceGraph/resources?api-version=${API_VERSION}`;
  const rows = <T>(
    what: Ask['call'],
    query: string,
    scopes: readonly Scope[],
    parse: (row: unknown) => T | undefined,
  ) => inTurn(bodiesFor(scopes), (scope) => answers(call, askFor(url, what), { ...scope, query }, parse));

  return {
    async probe(scopes) {
      const sum = { rows: 0, withModel: 0 };
      for await (const page of rows('probe', probeQuery, scopes, readProbe)) {
        if (page.kind !== 'page') return page;
        if (page.unread.length > 0) return failed(askFor(url, 'probe'), { status: 200, code: 'NotUnderstood' });
        for (const row of page.items) {
          sum.rows += row.rows;
          sum.withModel += row.withModel;
        }
      }
      return { kind: 'read', value: sum };
    },
    subscriptions: (scopes) => rows('subscriptions', subscriptionsQuery, scopes, readSeen),
    candidates: (scopes) => rows('candidates', candidatesQuery, scopes, readCandidate),
    models: (scopes) => rows('models', modelsQuery, scopes, readScaleSet),
    flex: (scopes) => rows('flex', flexQuery, scopes, readFlexCount),
    images: (scopes) => rows('images', imagesQuery, scopes, readImageCount),
    changes: (setIds) =>
      inTurn(parts(setIds, MOST_IDS), (ids) =>
        answers(call, askFor(url, 'changes'), { ...subscriptionsOf(ids), query: changesQuery(ids) }, readChange),
      ),
  };
}

const askFor = (url: string, call: Ask['call']): Ask => ({
  call,
  name: '',
  subscriptionId: '',
  location: 'graph',
  cost: 'graph',
  url,
});

const MOST_ROWS = 1000;

// resultTruncated is text: https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources
const answer = z.object({
  data: z.array(z.unknown()),
  $skipToken: z.string().nullish(),
  resultTruncated: z.union([z.boolean(), z.stringbool()]).optional().catch(undefined),
});

/** A page can end early by its size, so the token alone tells whether there is more. */
async function* answers<T>(
  call: Caller,
  ask: Ask,
  body: Readonly<Record<string, unknown>>,
  parse: (row: unknown) => T | undefined,
): Pages<T> {
  const followed = new Set<string>();
  let $skipToken: string | undefined;
  do {
    const options = { resultFormat: 'objectArray', $top: MOST_ROWS, ...($skipToken && { $skipToken }) };
    // As with the lists of Resource Manager, an answer does not outlive its page's making.
    const { page, token } = await call({ ...ask, body: { ...body, options } }).then((reading) =>
      pageIn(ask, reading, followed, parse),
    );
    yield page;
    if (token !== undefined) followed.add(token);
    $skipToken = token;
  } while ($skipToken);
}

function pageIn<T>(
  ask: Ask,
  reading: ReadResult<Answered>,
  followed: ReadonlySet<string>,
  parse: (row: unknown) => T | undefined,
): { readonly page: Page<T>; readonly token?: string | undefined } {
  if (reading.kind !== 'read') return { page: reading };
  const { data } = answer.safeParse(reading.value.json);
  if (data === undefined || followed.has(data.$skipToken ?? '')) {
    return { page: failed(ask, { status: 200, code: data === undefined ? 'NotUnderstood' : 'EndlessList' }) };
  }
  const token = data.$skipToken || undefined;
  const limited = reading.value.header('x-ms-tenant-subscription-limit-hit')?.toLowerCase() === 'true';
  return { page: pageOf(data.data, limited || (data.resultTruncated === true && !token), parse), token };
}

function pageOf<T>(rows: readonly unknown[], truncated: boolean, parse: (row: unknown) => T | undefined): Page<T> {
  const read = rows.map((row) => ({ row, item: parse(row) }));
  return {
    kind: 'page',
    items: read.flatMap(({ item }) => (item === undefined ? [] : [item])),
    unread: read.flatMap(({ row, item }) => (item === undefined ? [idOf(row)] : [])),
    truncated,
  };
}

/** One list after the other; the first failure ends them all. */
async function* inTurn<Part, T>(all: readonly Part[], list: (part: Part) => Pages<T>): Pages<T> {
  for (const part of all) {
    for await (const page of list(part)) {
      yield page;
      if (page.kind !== 'page') return;
    }
  }
}

// Group queries by less than 300 subscriptions:
// https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
const MOST_SUBSCRIPTIONS = 299;
const MOST_GROUPS = 10;

type ScopeBody =
  | { readonly managementGroups: readonly string[] }
  | { readonly subscriptions: readonly string[] }
  | object;

/** How a query names its scopes. The tenant is named by naming none. */
function bodiesFor(scopes: readonly Scope[]): readonly ScopeBody[] {
  if (scopes.includes('tenant')) return [{}];
  const named = (prefix: string) =>
    scopes.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  return [
    ...parts(named('mg:'), MOST_GROUPS).map((managementGroups) => ({ managementGroups })),
    ...parts(named('sub:'), MOST_SUBSCRIPTIONS).map((subscriptions) => ({ subscriptions })),
  ];
}

const subscriptionsOf = (setIds: readonly string[]) => ({
  subscriptions: [...new Set(setIds.map((id) => id.split('/')[2]?.toLowerCase() ?? ''))],
});

const parts = <T>(all: readonly T[], most: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, part) => all.slice(part * most, (part + 1) * most));
