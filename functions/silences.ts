import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

export const silences = {
  route: 'silences/{id?}',
  methods: ['GET', 'POST', 'DELETE'],
  authLevel: 'admin',
  handler: async (request: HttpRequest) => (await relay()).silences(request),
} satisfies HttpFunctionOptions;
