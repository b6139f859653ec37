import type { IncomingMessage } from 'node:http';
import type { HttpAnswer, HttpRequest } from '../../src/relay/http.ts';
import { wrongMethod } from './wrong-method.ts';

interface HttpDefinition {
  /** As Azure writes routes: "webhooks/{source?}". */
  readonly route: string;
  readonly methods: readonly string[];
  readonly handler: (request: HttpRequest) => Promise<HttpAnswer>;
}

/**
 * The HTTP trigger of Azure Functions for the local run: the answer of the function whose route and method fit; where only
 * the method does not, one that says so; undefined where no route fits.
 */
export function httpTrigger(definitions: readonly HttpDefinition[], routePrefix: string) {
  const routes = definitions.map((definition) => ({ ...definition, pattern: pattern(routePrefix, definition.route) }));
  return async (request: IncomingMessage, url: URL): Promise<HttpAnswer | undefined> => {
    const method = request.method ?? 'GET';
    for (const { pattern, methods, handler } of routes) {
      const match = pattern.exec(url.pathname);
      if (match === null || !methods.includes(method)) continue;
      return handler({
        method,
        headers: { get: (name) => headerOf(request, name) },
        params: named(match.groups),
        query: url.searchParams,
        body: request,
      });
    }
    const others = routes.filter(({ pattern }) => pattern.test(url.pathname)).flatMap(({ methods }) => methods);
    return others.length === 0 ? undefined : wrongMethod(method, url.pathname, others);
  };
}

/** "webhooks/{source?}" as a pattern. Azure matches routes without case, and with or without a slash at the end. */
function pattern(prefix: string, route: string): RegExp {
  const parts = route.split('/').map((part) => {
    const [, all, name, optional] = /^\{(\*)?(\w+)(\?)?\}$/.exec(part) ?? [];
    if (name === undefined) return `/${part}`;
    // All that is left of the path, which may be nothing.
    return all === undefined ? `(?:/(?<${name}>[^/]+))${optional ?? ''}` : `(?:/(?<${name}>.*?))?`;
  });
  return new RegExp(`^/${prefix}${parts.join('')}/?$`, 'i');
}

const named = (groups: Readonly<Record<string, string | undefined>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : (value ?? null);
}
