import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

export const queueDrift = {
  route: 'drift',
  methods: ['POST'],
  authLevel: 'admin',
  handler: async (request: HttpRequest) => (await relay()).queueDrift(request),
} satisfies HttpFunctionOptions;
