import type { TimerFunctionOptions } from '@azure/functions';
import { relay } from '../src/app/main.ts';
import { line } from '../src/telemetry/line.ts';
import type { Invocation } from './invocation.ts';

export const expected = {
  // Every minute. A run that is missed or fails is made up for by the next: the host need not write down each.
  schedule: '15 * * * * *',
  useMonitor: false,
  handler: async (_timer: unknown, context: Invocation) => {
    const { checkSenders } = await relay();
    const told = await checkSenders();
    if (told > 0) context.log('expected', line({ told }));
  },
} satisfies TimerFunctionOptions;
