import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

// The token in the address is the key, and is good for one thing, once.
export const act = {
  route: 'act/{token}',
  methods: ['GET', 'HEAD', 'POST'],
  authLevel: 'anonymous',
  handler: async (request: HttpRequest) => (await relay()).act(request),
} satisfies HttpFunctionOptions;
