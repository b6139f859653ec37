import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

export const now = {
  route: 'now',
  methods: ['GET'],
  authLevel: 'admin',
  handler: async (request: HttpRequest) => (await relay()).now(request),
} satisfies HttpFunctionOptions;
