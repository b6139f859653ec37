import type { HttpFunctionOptions } from '@azure/functions';
import { accept } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';
import { line, webhookFacts } from '../src/telemetry/line.ts';
import type { Invocation } from './invocation.ts';

// OPTIONS is the CloudEvents handshake; GET is listed only so that a person who opens the URL is told what it is for.
export const webhook = {
  route: 'webhooks/{source?}',
  methods: ['POST', 'OPTIONS', 'GET'],
  authLevel: 'function',
  handler: async (request: HttpRequest, context?: Invocation) => {
    const answer = await accept(request, context?.traceContext?.traceParent);
    context?.log('webhook', line(webhookFacts(answer)));
    return answer;
  },
} satisfies HttpFunctionOptions;
