import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

export const show = {
  route: 'show',
  methods: ['GET'],
  authLevel: 'admin',
  handler: async (request: HttpRequest) => (await relay()).show(request),
} satisfies HttpFunctionOptions;
