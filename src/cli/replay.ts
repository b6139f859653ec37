import { examples, moment, remote } from './options.ts';
import type { ReplayOptions } from './replay-run.ts';
import type { Define } from './shell.ts';

export const replay: Define = (program, work) => {
  const command = program
    .command('replay')
    .argument(
      '[id]',
      'of an event or a story, as messages, deliveries and dead-letters show it; the beginning is enough',
    )
    .summary('send again what was given up')
    .description(
      'Sends dead letters again: one event, or all of them. What a receiver has already got is not sent to it twice, unless forced.',
    )
    .option('--since <time>', 'given up since then: 90s, 30m, 1h, 7d, or an ISO date with its zone', moment)
    .option('--receiver <name>', 'to this receiver only')
    .option('--force', 'also what was sent already')
    .option(
      '--yes',
      'without asking: a terminal is asked before several are sent, and elsewhere every dead letter is sent only with this',
    )
    .action(async (id: string | undefined, options: ReplayOptions) =>
      (await import('./replay-run.ts')).runReplay(id, options, work),
    );
  remote(command).addHelpText(
    'after',
    examples(
      ['replay 9f3c1ab2', 'one event, to whoever did not get it'],
      ['replay --receiver ops-slack --since 1d', 'every dead letter of one receiver since yesterday'],
      ['replay 9f3c1ab2 --receiver ops-slack --force', 'once more, although it was sent'],
    ),
  );
};
