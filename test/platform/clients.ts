import { Stack } from '../support/stack.ts';
import { cloudEvents, eventGrid, signing } from './clients/checks.ts';
import { localRun, type Run } from './clients/run.ts';
import { type Load, npmPackages } from './npm.ts';
import type { Part } from './part.ts';

const VERSIONS = { cloudevents: '10.0.0', '@azure/eventgrid': '5.12.0', standardwebhooks: '1.1.1', svix: '2.5.0' };

const CHECKS: Readonly<Record<string, (load: Load, run: Run) => Promise<void>>> = {
  standardwebhooks: signing('standardwebhooks'),
  svix: signing('svix'),
  cloudevents: cloudEvents,
  '@azure/eventgrid': eventGrid,
};

export const clientsPart: Part = {
  name: 'Clients of npm',
  version: '2026-11',
  from: 'npm',
  checks: 'what they send by default, and what they read as subscribers',
  run: async () => {
    const load = await npmPackages(VERSIONS);
    const stack = new Stack();
    try {
      const run = await localRun(stack);
      const problems: string[] = [];
      for (const [name, check] of Object.entries(CHECKS)) {
        await check(load, run).catch((error: Error) => problems.push(`${name}: ${error.message}`));
      }
      if (problems.length > 0) throw new Error(problems.join('\n'));
      return Object.entries(VERSIONS)
        .map((each) => each.join(' '))
        .join(', ');
    } finally {
      await stack.disposeAsync();
    }
  },
};
