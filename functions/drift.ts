import type { TimerFunctionOptions } from '@azure/functions';
import { driftSchedule, relay } from '../src/app/main.ts';
import { line } from '../src/telemetry/line.ts';
import type { Invocation } from './invocation.ts';
import { again } from './retry.ts';

let saidOff = false;

// Never run on start: every new instance of the app would.
export const drift = {
  schedule: driftSchedule(),
  retry: again,
  handler: async (_timer: unknown, context: Invocation) => {
    const { checkDrift } = await relay();
    const report = await checkDrift((step, details) => context.log('drift', line({ step, ...details })));
    if (report.outcome !== 'off' || !saidOff) context.log('drift', line(report));
    saidOff = report.outcome === 'off';
  },
} satisfies TimerFunctionOptions;
