import type { HttpAnswer } from '../../src/relay/http.ts';

/** The answer of an address that takes other methods: 404, as the Functions host answers, with those that it takes. */
export const wrongMethod = (method: string, pathname: string, methods: readonly string[]): HttpAnswer => ({
  status: 404,
  headers: { 'content-type': 'application/problem+json' },
  jsonBody: {
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: `${pathname} takes no ${method}, only ${methods.join(', ')}`,
  },
});
