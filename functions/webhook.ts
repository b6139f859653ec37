import type { HttpFunctionOptions } from '@azure/functions';
import type { HttpRequest } from '../src/http.ts';
import { relay } from '../src/main.ts';

// OPTIONS is the CloudEvents handshake; GET is listed only so that a person who opens the URL is told what it is for.
export const webhook = {
  route: 'webhooks/{source?}',
  methods: ['POST', 'OPTIONS', 'GET'],
  authLevel: 'function',
  handler: async (request: HttpRequest) => (await relay()).accept(request),
} satisfies HttpFunctionOptions;
