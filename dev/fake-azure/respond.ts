import { type Answer, withHeaders } from './answer.ts';
import {
  mayNot,
  noApiVersion,
  noSubscription,
  noSuchPath,
  noToken,
  wrongApiVersion,
  wrongNamespace,
  wrongSubscription,
  wrongType,
} from './arm-refusals.ts';
import { setOf } from './compute-answers.ts';
import type { CallKind } from './journal.ts';
import type { AzureRequest } from './request.ts';
import type { Route } from './routes.ts';
import type { Throttle } from './throttle.ts';
import { writeAnswer } from './write-answers.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Resource Manager's own checks, in its order, and then the provider's answer. */
export function respond(
  request: AzureRequest,
  {
    method,
    route,
    throttle,
    authorization,
    tokens,
  }: {
    readonly method: string;
    readonly route: Route | undefined;
    readonly throttle: Throttle;
    readonly authorization: string | undefined;
    readonly tokens: readonly string[] | 'any' | undefined;
  },
): Answer {
  const challenge = tokens === undefined ? undefined : challenged(authorization, tokens);
  if (challenge !== undefined) return challenge;
  const subscriptionId = /^\/subscriptions\/([^/]+)/i.exec(request.path)?.[1];
  const passed = route?.kind === 'graph' ? throttle.graph() : throttle.manager(subscriptionId?.toLowerCase());
  if ('refused' in passed) return passed.refused;
  return withHeaders(checked(request, method, route, subscriptionId, throttle), passed.headers);
}

function challenged(authorization: string | undefined, tokens: readonly string[] | 'any'): Answer | undefined {
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) return noToken('missing');
  return tokens === 'any' || tokens.includes(token) ? undefined : noToken('expired');
}

function checked(
  request: AzureRequest,
  method: string,
  route: Route | undefined,
  subscriptionId: string | undefined,
  throttle: Throttle,
): Answer {
  const { path, query, fleet } = request;
  const version = query.get('api-version');
  if (version === undefined || version === '') return noApiVersion();
  if (subscriptionId !== undefined && !GUID.test(subscriptionId)) return wrongSubscription(subscriptionId);
  if (subscriptionId !== undefined && !fleet.subscriptions.some(({ id }) => id === subscriptionId.toLowerCase())) {
    return noSubscription(subscriptionId);
  }
  const posting = request.monitor?.answer(request, method);
  if (posting !== undefined) return posting;
  const written = request.writes === undefined || method === 'GET' ? undefined : writeAnswer(request, method);
  if (written !== undefined) return written;
  if (route !== undefined && route.method !== method && method !== 'GET') return forbidden(path, method);
  if (route === undefined || route.method !== method)
    return method === 'GET' ? unknown(path, version) : forbidden(path, method);
  const { newest = '9999' } = request;
  const versions = route.versions.filter((each) => each <= newest);
  if (!versions.includes(version)) return wrongApiVersion(typeIn(path), version, versions);
  const set = setOf(request);
  const costs = throttle.compute(route.cost, {
    subscriptionId: subscriptionId ?? '',
    region: set?.location ?? 'all',
    ...(set !== undefined && { set: set.name }),
    views: route.kind === 'listInstances' ? (set?.state.instances.length ?? 0) : 0,
  });
  return 'refused' in costs ? costs.refused : withHeaders(route.answer(request), costs.headers);
}

/** `Microsoft.Compute`, `virtualMachineScaleSets`, and so on, after the last `providers`. */
const providerIn = (path: string): readonly string[] => /^.*\/providers\/(.*)$/i.exec(path)?.[1]?.split('/') ?? [];

const typeIn = (path: string): string => providerIn(path)[1] ?? 'subscriptions';

const NAMESPACES = ['microsoft.compute', 'microsoft.management', 'microsoft.resourcegraph', 'microsoft.insights'];

function unknown(path: string, version: string): Answer {
  const [namespace, type] = providerIn(path);
  if (namespace === undefined || type === undefined) return noSuchPath(path);
  return NAMESPACES.includes(namespace.toLowerCase()) ? wrongType(type, namespace, version) : wrongNamespace(namespace);
}

/** The relay is a reader. Whatever would change something is refused, and counted as a write. */
function forbidden(path: string, method: string): Answer {
  const [namespace = '', ...rest] = providerIn(path);
  const types = rest.filter((_segment, index) => index % 2 === 0).join('/');
  return mayNot(`${namespace}/${types}/${method === 'DELETE' ? 'delete' : 'write'}`, path);
}

/** How a call is counted. */
export function kindOf(method: string, route: Route | undefined, filter: string | undefined): CallKind {
  if (route?.method === method) {
    return route.kind === 'listInstances' && /latestModelApplied eq false/.test(filter ?? '')
      ? 'listDriftedInstances'
      : route.kind;
  }
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 'unknown' : 'write';
}
