import type { StorageQueueFunctionOptions } from '@azure/functions';
import { asksForDrift, relay } from '../src/app/main.ts';
import { deliveryLine } from '../src/telemetry/line.ts';
import { drift } from './drift.ts';
import type { Invocation } from './invocation.ts';

// The message is deleted when this returns. What must come again is queued by the relay itself, with its own delay;
// only a storage fault throws, and then the host brings the message back.
export const deliver = {
  queueName: 'deliveries',
  connection: 'AzureWebJobsStorage',
  handler: async (message: unknown, context: Invocation) => {
    if (await asksForDrift(message)) return drift.handler(undefined, context);
    const id = context.triggerMetadata?.['id'];
    const { deliver } = await relay();
    const host = context.traceContext?.traceParent;
    for (const report of await deliver(message, typeof id === 'string' ? id : undefined, host)) {
      context.log('delivery', deliveryLine(report));
    }
  },
} satisfies StorageQueueFunctionOptions;
