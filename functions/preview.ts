import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

export const preview = {
  route: 'preview/{source?}',
  methods: ['POST', 'GET'],
  authLevel: 'function',
  handler: async (request: HttpRequest) => (await relay()).preview(request),
} satisfies HttpFunctionOptions;
