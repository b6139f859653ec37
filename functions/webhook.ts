import type { HttpFunctionOptions } from '@azure/functions';
import { accept } from '../src/app/main.ts';
import type { HttpRequest } from '../src/relay/http.ts';
import { answerOf } from '../src/relay/receipt.ts';
import { line, webhookFacts } from '../src/telemetry/line.ts';
import type { Invocation } from './invocation.ts';

// OPTIONS is the CloudEvents handshake; GET is listed only so that a person who opens the URL is told what it is for.
export const webhook = {
  route: 'webhooks/{source?}',
  methods: ['POST', 'OPTIONS', 'GET'],
  authLevel: 'function',
  handler: async (request: HttpRequest, context?: Invocation) => {
    const receipt = await accept(request, context?.traceContext?.traceParent);
    context?.log('webhook', line(webhookFacts(receipt)));
    return answerOf(receipt);
  },
} satisfies HttpFunctionOptions;
