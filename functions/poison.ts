import type { StorageQueueFunctionOptions } from '@azure/functions';
import { relay } from '../src/main.ts';
import { deliveryLine } from '../src/telemetry/line.ts';
import type { Invocation } from './invocation.ts';

/** Messages that the host gave up: they become dead letters, with the reason. */
export const poison = {
  queueName: 'deliveries-poison',
  connection: 'AzureWebJobsStorage',
  handler: async (message: unknown, context: Invocation) => {
    const { bury } = await relay();
    const reports = await bury(message, context.traceContext?.traceParent);
    for (const report of reports) context.log('delivery', deliveryLine(report));
  },
} satisfies StorageQueueFunctionOptions;
