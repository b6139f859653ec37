import { examples, moment, remote } from './options.ts';
import type { ReviewOptions } from './review-run.ts';
import type { Define } from './shell.ts';

export const review: Define = (program, work) => {
  const command = program
    .command('review')
    .summary('what the last seven days were like, beside the seven before')
    .description(
      'Shows the weekly review of the last seven whole days (UTC), as a message of it would say it: from what the relay has counted.',
    )
    .option('--until <time>', 'of the seven days before the day of this time: 7d for the week before the last', moment)
    .option('--environment <name>', 'of this environment alone')
    .action(async (options: ReviewOptions) => (await import('./review-run.ts')).runReview(options, work));
  remote(command).addHelpText(
    'after',
    examples(
      ['review', 'the last seven days'],
      ['review --environment prod --until 7d', 'of one environment, a week earlier'],
      ['review --json', 'with everything, for programs'],
    ),
  );
};
