import type { HttpFunctionOptions } from '@azure/functions';
import type { HttpRequest } from '../src/http.ts';
import { relay } from '../src/main.ts';

export const health = {
  route: 'health',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: async (request: HttpRequest) => (await relay()).health(request),
} satisfies HttpFunctionOptions;
