import type { DeliveryState } from '../delivery/rules/ledger.ts';
import { examples, listable, moment, remote } from './options.ts';
import type { Define } from './shell.ts';
import { idGiven } from './told.ts';

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

const WORDS = { none: 'No deliveries yet.', many: 'deliveries' };

interface Options {
  readonly url?: string;
  readonly since?: string;
  readonly until?: string;
  readonly receiver?: string;
  readonly state?: keyof typeof STATES;
  readonly most: number;
}

export const deliveries: Define = (program, { shell, screen }) => {
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
      const [{ relayAt }, { answers, held }] = await Promise.all([import('./client.ts'), import('./answers.ts')]);
      const client = relayAt(url, shell.env);
      const id = given === undefined ? undefined : idGiven(given);
      const query = { ...narrowed, id, most, state: state && STATES[state] };
      const answer = await client.call({ method: 'GET', path: '/api/deliveries', query });
      const found = held(answers.deliveries, answer, client).deliveries;
      if (screen.json) return screen.document(answer);
      if (found.length === 0) {
        const { nothingFound } = await import('./nothing-found.ts');
        return screen.print(await nothingFound({ ...narrowed, id, state }, client, WORDS));
      }
      const { deliveryTable } = await import('./delivery-table.ts');
      await deliveryTable(found, screen);
      const oldest = found.at(-1);
      if (found.length >= most && oldest !== undefined) {
        screen.remark(`${found.length} are shown; --until ${oldest.updatedAt} shows those before them.`);
      }
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
