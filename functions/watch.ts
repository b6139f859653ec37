import type { TimerFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import { deliveryLine, line } from '../src/telemetry/line.ts';
import type { Invocation } from './invocation.ts';
import { again } from './retry.ts';

export const watch = {
  // Every hour at 17 past.
  schedule: '0 17 * * * *',
  retry: again,
  handler: async (_timer: unknown, context: Invocation) => {
    const { sweep, watch } = await relay();
    // First: what becomes of what the platform gave up is told by the watch.
    for (const report of await sweep()) context.log('delivery', deliveryLine(report));
    context.log('watch', line(await watch()));
  },
} satisfies TimerFunctionOptions;
