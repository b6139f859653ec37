import type { DeliveryState } from '../delivery/rules/ledger.ts';
import { examples, listable, moment, remote } from './options.ts';
import type { Define } from './shell.ts';
import { idGiven } from './text.ts';

// "failed" is what people call a dead letter. A new state does not compile until it is here.
const STATES = {
  sending: 'sending',
  waiting: 'waiting',
  parked: 'parked',
  sent: 'sent',
  dead: 'dead',
  failed: 'dead',
  overtaken: 'overtaken',
  quiet: 'quiet',
} as const satisfies Record<DeliveryState | 'failed', DeliveryState>;

interface Options {
  readonly url?: string;
  readonly since?: string;
  readonly until?: string;
  readonly receiver?: string;
  readonly state?: keyof typeof STATES;
  readonly most: number;
}

export const deliveries: Define = (program, work) => {
  const command = program
    .command('deliveries')
    .argument('[id]', 'of one event, story or digest, as a message shows it; the beginning is enough')
    .summary('what was tried, and how it ended')
    .description('Lists what a relay has tried and how it ended, the newest first.')
    .option('--since <time>', 'changed since then: 90s, 30m, 1h, 7d, or an ISO date with its zone', moment)
    .option('--until <time>', 'changed before then, in the same forms', moment)
    .option('--receiver <name>', 'of this receiver only; also of one that is no longer configured');
  command
    .addOption(
      command
        .createOption('--state <state>', 'in this state only ("failed" is another word for dead)')
        .choices(Object.keys(STATES)),
    )
    .option('--most <number>', 'so many at most, up to 1000', listable, 100)
    .action(async (given: string | undefined, { url, state, most, ...narrowed }: Options) => {
      const { DELIVERIES: words, listDeliveries } = await import('./deliveries-run.ts');
      const id = given === undefined ? undefined : idGiven(given);
      const query = { ...narrowed, id, most, state: state && STATES[state] };
      await listDeliveries({ url, path: '/api/deliveries', wish: { ...narrowed, id, state }, query, words }, work);
    });
  remote(command).addHelpText(
    'after',
    examples(
      ['deliveries --since 1h', 'of the last hour'],
      ['deliveries --since 1h --receiver ops-slack --state failed', 'what ops-slack did not take'],
      ['deliveries 9f3c1ab2', 'of one event, at every receiver'],
      ['deliveries --json', 'with every try, for programs'],
    ),
  );
};
