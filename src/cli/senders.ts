import { examples, remote } from './options.ts';
import type { SendersOptions } from './senders-run.ts';
import type { Define } from './shell.ts';

export const senders: Define = (program, work) => {
  const command = program
    .command('senders')
    .summary('who sends, when last, and what was refused')
    .description(
      'Shows each sender with the time of its last accepted webhook and how many there were in 24 hours, and what was refused in the last seven days, with the reason.',
    )
    .action(async (options: SendersOptions) => (await import('./senders-run.ts')).runSenders(options, work));
  remote(command).addHelpText(
    'after',
    examples(['senders', 'every sender that the relay has heard of'], ['senders --json', 'for programs']),
  );
};
