import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

export const review = {
  route: 'review',
  methods: ['GET'],
  authLevel: 'admin',
  handler: async (request: HttpRequest) => (await relay()).review(request),
} satisfies HttpFunctionOptions;
