import type { IncomingMessage } from 'node:http';
import type { HttpAnswer, HttpRequest } from '../http.ts';

interface HttpDefinition {
  /** As Azure writes routes: "webhooks/{source?}". */
  readonly route: string;
  readonly methods: readonly string[];
  readonly handler: (request: HttpRequest) => Promise<HttpAnswer>;
}

/** The HTTP trigger of Azure Functions for the local run: the answer of the function whose route and method fit, if any. */
export function httpTrigger(definitions: readonly HttpDefinition[], routePrefix: string) {
  const routes = definitions.map((definition) => ({ ...definition, pattern: pattern(routePrefix, definition.route) }));
  return async (request: IncomingMessage, url: URL): Promise<HttpAnswer | undefined> => {
    // Azure takes a slash at the end as well.
    const pathname = url.pathname.replace(/\/$/, '');
    const method = request.method ?? 'GET';
    for (const { pattern, methods, handler } of routes) {
      const params = pattern.exec({ pathname })?.pathname.groups;
      if (params === undefined || !methods.includes(method)) continue;
      return handler({
        method,
        headers: { get: (name) => headerOf(request, name) },
        params: Object.fromEntries(
          Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined),
        ),
        query: url.searchParams,
        body: request,
      });
    }
    return undefined;
  };
}

// "{name?}" is ":name?" in a URLPattern, and takes the slash before it with it. Azure matches routes without case.
const pattern = (prefix: string, route: string): URLPattern =>
  new URLPattern({ pathname: `/${prefix}/${route.replace(/\{(\w+)(\??)\}/g, ':$1$2')}` }, { ignoreCase: true });

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : (value ?? null);
}
