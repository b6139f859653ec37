import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

export const changes = {
  route: 'changes',
  methods: ['GET'],
  authLevel: 'admin',
  handler: async (request: HttpRequest) => (await relay()).changes(request),
} satisfies HttpFunctionOptions;
