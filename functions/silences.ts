import type { HttpFunctionOptions } from '@azure/functions';
import type { HttpRequest } from '../src/http.ts';
import { relay } from '../src/main.ts';

export const silences = {
  route: 'silences/{id?}',
  methods: ['GET', 'POST', 'DELETE'],
  authLevel: 'admin',
  handler: async (request: HttpRequest) => (await relay()).silences(request),
} satisfies HttpFunctionOptions;
