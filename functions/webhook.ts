import type { HttpFunctionOptions } from '@azure/functions';
import type { HttpRequest } from '../src/http.ts';
import { relay } from '../src/main.ts';

// GET is listed only so that a person who opens the URL is told what it is for.
export const webhook = {
  route: 'webhooks/{source?}',
  methods: ['POST', 'GET'],
  authLevel: 'function',
  handler: (request: HttpRequest) => relay().accept(request),
} satisfies HttpFunctionOptions;
