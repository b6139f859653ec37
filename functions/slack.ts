import type { HttpFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';

// Slack signs what it sends, and has no place for a key.
export const slack = {
  route: 'slack',
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: async (request: HttpRequest) => (await relay()).slack(request),
} satisfies HttpFunctionOptions;
