import { came } from '../../bench/faults/world.ts';
import { dataFolder, startRun } from '../../support/local-run.ts';
import type { Stack } from '../../support/stack.ts';
import { type Got, subscriber } from './subscriber.ts';

const LONGEST_MILLISECONDS = 120_000;

/** The local run, and what a subscriber of it has got. */
export interface Run {
  readonly url: string;
  readonly secret: string;
  /** Resolves with what was told of an event; rejects where that was not once. */
  told(id: string): Promise<Got>;
}

export async function localRun(stack: Stack): Promise<Run> {
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
