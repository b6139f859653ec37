import type { TimerFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import { line } from '../src/telemetry/line.ts';
import type { Invocation } from './invocation.ts';
import { again } from './retry.ts';

export const count = {
  // Every three hours at 40 past, off what other timers do.
  schedule: '0 40 */3 * * *',
  retry: again,
  handler: async (_timer: unknown, context: Invocation) => {
    const { count } = await relay();
    context.log('count', line(await count()));
  },
} satisfies TimerFunctionOptions;
