import { came } from '../bench/faults/world.ts';
import { dataFolder, startRun } from '../support/local-run.ts';
import { Stack } from '../support/stack.ts';
import { cloudEvents, eventGrid, type Run, signing } from './clients/checks.ts';
import { subscriber } from './clients/subscriber.ts';
import { type Load, npmPackages } from './npm.ts';
import type { Part } from './part.ts';

const VERSIONS = { cloudevents: '10.0.0', '@azure/eventgrid': '5.12.0', standardwebhooks: '1.1.1', svix: '2.5.0' };
const LONGEST_MILLISECONDS = 120_000;

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

async function localRun(stack: Stack): Promise<Run> {
  const { url: receiver, got } = await subscriber(stack);
  const folder = stack.use(await dataFolder());
  const secret = `whsec_${Buffer.from('clients share it with the relay').toString('base64')}`;
  const config = {
    receivers: { told: { type: 'webhook', url: receiver, secret, rate: 'off' } },
    sources: { custom: { secret } },
  };
  const run = stack.use(startRun(folder, { RELAY_CONFIG: await folder.write('relay.yaml', JSON.stringify(config)) }));
  return {
    url: await run.ready(),
    secret,
    async told(id) {
      const mine = () => got.filter(({ headers }) => headers['webhook-id'] === id);
      await came(() => mine().length > 0, LONGEST_MILLISECONDS);
      const [first, ...more] = mine();
      if (first === undefined || more.length > 0) throw new Error(`${id} was told ${mine().length} times`);
      return first;
    },
  };
}
