import type { HttpFunctionOptions } from '@azure/functions';
import type { HttpRequest } from '../src/http.ts';
import { relay } from '../src/main.ts';

export const deadLetters = {
  route: 'dead-letters',
  methods: ['GET'],
  authLevel: 'admin',
  handler: async (request: HttpRequest) => (await relay()).deadLetters(request),
} satisfies HttpFunctionOptions;
