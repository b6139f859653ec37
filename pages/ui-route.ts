import { signal } from '@preact/signals';

export interface Route {
  readonly view: string;
  readonly query: Readonly<Record<string, string>>;
}

function routeIn(hash: string): Route {
  const [view = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  return { view, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** Where the reader is: the address says all of it, so that a link hands it on. */
export const route = signal(routeIn(location.hash));

addEventListener('hashchange', () => {
  route.value = routeIn(location.hash);
});

export function hrefOf(view: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).flatMap(([part, value]) => (value ? [[part, value]] : []));
  const search = new URLSearchParams(given as [string, string][]).toString();
  return `#/${view}${search && `?${search}`}`;
}

/** Another query of the same view, without a step for the button that goes back. */
export function refine(query: Readonly<Record<string, string | undefined>>): void {
  const href = hrefOf(route.peek().view, { ...route.peek().query, ...query });
  history.replaceState(null, '', href);
  route.value = routeIn(href);
}

export function go(view: string, query?: Readonly<Record<string, string | undefined>>): void {
  location.hash = hrefOf(view, query);
}
