import type { TimerFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import { line } from '../src/telemetry/line.ts';
import type { Invocation } from './invocation.ts';
import { again } from './retry.ts';

export const clean = {
  // Every night at 03:30 UTC.
  schedule: '0 30 3 * * *',
  retry: again,
  handler: async (_timer: unknown, context: Invocation) => {
    const { clean } = await relay();
    context.log('clean', line(await clean()));
  },
} satisfies TimerFunctionOptions;
