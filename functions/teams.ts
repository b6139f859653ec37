import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

// Teams signs what it sends with a token, and has no place for a key.
export const teams = {
  route: 'teams',
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: async (request: HttpRequest) => (await relay()).teams(request),
} satisfies HttpFunctionOptions;
