import type { HttpFunctionOptions } from '@azure/functions';
import type { HttpRequest } from '../src/http.ts';
import { relay } from '../src/main.ts';

export const replay = {
  route: 'replay',
  methods: ['POST'],
  authLevel: 'admin',
  handler: async (request: HttpRequest) => (await relay()).replay(request),
} satisfies HttpFunctionOptions;
