import type { HttpFunctionOptions } from '@azure/functions';
import type { HttpRequest } from '../src/http.ts';
import { relay } from '../src/main.ts';

export const queueDrift = {
  route: 'drift',
  methods: ['POST'],
  authLevel: 'admin',
  handler: async (request: HttpRequest) => (await relay()).queueDrift(request),
} satisfies HttpFunctionOptions;
