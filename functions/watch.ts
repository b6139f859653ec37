import type { TimerFunctionOptions } from '@azure/functions';
import { relay } from '../src/main.ts';
import { line } from '../src/telemetry/line.ts';
import type { Invocation } from './invocation.ts';

export const watch = {
  // Every hour at 17 past.
  schedule: '0 17 * * * *',
  handler: async (_timer: unknown, context: Invocation) => {
    const { watch } = await relay();
    context.log('watch', line(await watch()));
  },
} satisfies TimerFunctionOptions;
