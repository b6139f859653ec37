import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

export const health = {
  route: 'health',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: async (request: HttpRequest) => (await relay()).health(request),
} satisfies HttpFunctionOptions;
