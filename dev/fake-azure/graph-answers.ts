import * as z from 'zod';
import { type Answer, jsonAnswer, refusal } from './answer.ts';
import type { ManagementGroup, Subscription } from './fleet.ts';
import type { GraphQuery, GraphRow } from './graph.ts';
import { positionOf, skipToken } from './paging.ts';
import type { AzureRequest } from './request.ts';

const MOST_ROWS = 1_000;

// https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources
const wish = z.strictObject({
  query: z.string().min(1),
  subscriptions: z.array(z.guid()).min(1).optional(),
  managementGroups: z.array(z.string().min(1)).min(1).max(10).optional(),
  facets: z.array(z.unknown()).optional(),
  options: z
    .strictObject({
      $top: z.int().min(1).max(MOST_ROWS).optional(),
      $skip: z.int().min(0).optional(),
      $skipToken: z.string().min(1).optional(),
      resultFormat: z.literal('objectArray').optional(),
      authorizationScopeFilter: z
        .enum(['AtScopeAndBelow', 'AtScopeAndAbove', 'AtScopeExact', 'AtScopeAboveAndBelow'])
        .optional(),
      allowPartialScopes: z.boolean().optional(),
    })
    .optional(),
});

type Wish = z.infer<typeof wish>;

/** Wording: https://github.com/Azure/aztfexport/issues/485 */
function refused(request: AzureRequest, code: string, message: string): Answer {
  const time = new Date(request.clock.now()).toISOString();
  return refusal(
    400,
    'BadRequest',
    `Please provide below info when asking for support: timestamp = ${time}, correlationId = 00000000-0000-0000-0000-000000000000.`,
    { details: [{ code, message }] },
  );
}

const INVALID_QUERY =
  'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.';

function parsed(body: string): Wish | string {
  try {
    const reading = wish.safeParse(JSON.parse(body));
    return reading.success ? reading.data : z.prettifyError(reading.error);
  } catch {
    return 'The request body is not JSON.';
  }
}

/** The first of the known queries that fits; undefined for others, and for bodies that are no query. */
export function queryOf(queries: readonly GraphQuery[], body: string): GraphQuery | undefined {
  const read = parsed(body);
  return typeof read === 'string' ? undefined : queries.find((each) => each.matches(read.query));
}

/** Number of the page that a body asks for, from 1. */
export function graphPage(body: string): number {
  const read = parsed(body);
  return typeof read === 'string' ? 1 : (place(read)?.page ?? 1);
}

const place = ({ query, options }: Wish) =>
  positionOf(query, options?.$skipToken === undefined ? undefined : encodeURIComponent(options.$skipToken));

export function graphAnswer(request: AzureRequest): Answer {
  const read = parsed(request.body);
  if (typeof read === 'string') return refused(request, 'InvalidRequest', read);
  const { query, subscriptions, managementGroups, options = {} } = read;
  if (subscriptions !== undefined && managementGroups !== undefined) {
    return refused(request, 'InvalidRequest', 'Subscriptions and management groups exclude each other.');
  }
  const known = request.graph.queries.find((each) => each.matches(query));
  if (known === undefined) return refused(request, 'InvalidQuery', INVALID_QUERY);
  const position = place(read);
  if (position === undefined) return refused(request, 'InvalidSkipToken', 'The skip token is invalid.');
  const inScope = scopeOf(request, read);
  if (inScope.length === 0) {
    return refused(
      request,
      'NoValidSubscriptionsInQueryRequest',
      'There must be at least one subscription that is eligible to contain resources.',
    );
  }
  const rows = known.rows(asked(request, query, inScope));
  return page(rows, {
    from: Math.max(position.after + 1, options.$skip ?? 0),
    top: options.$top,
    bytes: request.graph.pageBytes,
    tokenAt: (after) => (known.pageable === false ? undefined : skipToken(query, { after, page: position.page + 1 })),
  });
}

function scopeOf({ fleet }: AzureRequest, { subscriptions, managementGroups }: Wish): readonly Subscription[] {
  if (subscriptions !== undefined) {
    const wanted = new Set(subscriptions.map((id) => id.toLowerCase()));
    return fleet.subscriptions.filter(({ id }) => wanted.has(id));
  }
  if (managementGroups === undefined) return fleet.subscriptions;
  const wanted = new Set(managementGroups.map((id) => id.toLowerCase()));
  return fleet.subscriptions.filter(({ parent }) => standsIn(parent, wanted, fleet.managementGroups));
}

function standsIn(group: string | undefined, wanted: ReadonlySet<string>, all: readonly ManagementGroup[]): boolean {
  if (group === undefined) return false;
  return wanted.has(group.toLowerCase()) || standsIn(all.find(({ id }) => id === group)?.parent, wanted, all);
}

/** What Resource Graph has heard of by now, with its gaps. */
function asked({ fleet, clock, graph }: AzureRequest, query: string, inScope: readonly Subscription[]) {
  const now = clock.now();
  const subscriptions = inScope.filter(({ id }) => !graph.lacks.has(id));
  const ids = new Set(subscriptions.map(({ id }) => id));
  const sets = fleet.sets.flatMap((set) => {
    const state = ids.has(set.subscriptionId) ? set.stateAt(now - graph.lag(set)) : undefined;
    return state === undefined ? [] : [{ set, state }];
  });
  return { query, fleet, now, subscriptions, sets, settings: graph };
}

/** Ends at `top` rows, at the most rows there are, or at the most bytes. The flag of truncation is a text. */
function page(
  rows: readonly GraphRow[],
  {
    from,
    top,
    bytes,
    tokenAt,
  }: { from: number; top: number | undefined; bytes: number; tokenAt: (after: number) => string | undefined },
): Answer {
  const texts: string[] = [];
  let size = 0;
  for (const row of rows.slice(from, from + (top ?? MOST_ROWS))) {
    const text = JSON.stringify(typeof row === 'function' ? row() : row);
    if (texts.length > 0 && size + text.length > bytes) break;
    size += text.length;
    texts.push(text);
  }
  const end = from + texts.length;
  const token = end < rows.length ? tokenAt(end - 1) : undefined;
  const isCut = end < rows.length && (token === undefined || texts.length !== top);
  return jsonAnswer(
    `{"totalRecords":${rows.length},"count":${texts.length},"resultTruncated":"${isCut}","facets":[],${
      token === undefined ? '' : `"$skipToken":${JSON.stringify(token)},`
    }"data":[${texts.join(',')}]}`,
  );
}
