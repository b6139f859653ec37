import { Option } from 'commander';
import { things } from '../history/rules/day-count.ts';
import type { FiguresOptions } from './figures-run.ts';
import { examples, moment, remote } from './options.ts';
import type { Define } from './shell.ts';

export const figures: Define = (program, work) => {
  const command = program
    .command('figures')
    .summary('what days came to: events, scalings, deployments, alerts, drift, messages')
    .description(
      'Shows what each day (UTC) came to, as the relay counts it every three hours and keeps it for thirteen months.',
    )
    .option('--since <time>', 'from the day of this time on: 7d, 30d, or an ISO date with its zone', moment, '30d')
    .option('--until <time>', 'up to the day of this time', moment)
    .addOption(new Option('--of <thing>', 'what is counted by').choices(things).default('all'))
    .option('--name <name>', 'one of them: its name, or the ARM id of a set')
    .option('--environment <name>', 'only of this environment')
    .option('--csv', 'as CSV, with every column')
    .action(async (options: FiguresOptions) => (await import('./figures-run.ts')).runFigures(options, work));
  remote(command).addHelpText(
    'after',
    examples(
      ['figures --since 7d', 'the last week, day by day'],
      ['figures --of set --environment prod', 'each scale set of an environment'],
      ['figures --of rule --since 90d --csv', 'every alert rule, for a spreadsheet'],
    ),
  );
};
