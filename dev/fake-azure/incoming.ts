import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setOf } from './compute-answers.ts';
import { graphPage, queryOf } from './graph-answers.ts';
import type { SeenCall } from './journal.ts';
import { pageNumber } from './paging.ts';
import { readQuery } from './query.ts';
import type { AzureRequest } from './request.ts';
import { kindOf } from './respond.ts';
import { type Route, routeOf } from './routes.ts';

export interface Incoming {
  readonly request: AzureRequest;
  readonly route: Route | undefined;
  readonly call: SeenCall;
}

/** Reads a request as far as it can be told what it wants. */
export async function incoming(
  message: IncomingMessage,
  world: Omit<AzureRequest, 'path' | 'query' | 'params' | 'body'>,
): Promise<Incoming> {
  const { method = 'GET', url: target = '/' } = message;
  const { path, query } = readQuery(target);
  const found = routeOf(path);
  const route = found?.route;
  const params: AzureRequest['params'] = found?.params ?? {};
  const body = method === 'GET' ? '' : await text(message);
  const request = { ...world, path, query, params, body };
  const set = setOf(request);
  const graphQuery = route?.kind === 'graph' ? queryOf(world.graph.queries, body) : undefined;
  const [subscriptionId, name, location] = [params['s'], params['n'], params['l']];
  const region = set?.location ?? location;
  return {
    request,
    route,
    call: {
      kind: kindOf(method, route, query.get('$filter')),
      method,
      target,
      ...(subscriptionId !== undefined && { subscriptionId: subscriptionId.toLowerCase() }),
      ...(name !== undefined && { set: name.toLowerCase() }),
      ...(region !== undefined && { region }),
      ...(graphQuery !== undefined && { query: graphQuery.name }),
      page: route?.kind === 'graph' ? graphPage(body) : pageNumber(query.raw('$skiptoken')),
    },
  };
}
