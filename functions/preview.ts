import type { HttpFunctionOptions } from '@azure/functions';
import type { HttpRequest } from '../src/http.ts';
import { relay } from '../src/main.ts';

export const preview = {
  route: 'preview/{source?}',
  methods: ['POST', 'GET'],
  authLevel: 'function',
  handler: async (request: HttpRequest) => (await relay()).preview(request),
} satisfies HttpFunctionOptions;
