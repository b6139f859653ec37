import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

export const replay = {
  route: 'replay',
  methods: ['POST'],
  authLevel: 'admin',
  handler: async (request: HttpRequest) => (await relay()).replay(request),
} satisfies HttpFunctionOptions;
