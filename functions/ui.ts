import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

// Who it is for is asked by the relay: App Service signs people in, who have no key.
export const ui = {
  route: 'ui/{*path}',
  methods: ['GET', 'POST', 'DELETE'],
  authLevel: 'anonymous',
  handler: async (request: HttpRequest) => (await relay()).page(request),
} satisfies HttpFunctionOptions;
