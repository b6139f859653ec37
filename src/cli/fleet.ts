import { InvalidArgumentError } from 'commander';
import type { FleetOptions } from './fleet-run.ts';
import { collected, examples, remote } from './options.ts';
import type { Define } from './shell.ts';

function seconds(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number of seconds, from 1.');
}

export const fleet: Define = (program, work) => {
  const command = program
    .command('fleet')
    .summary('every scale set that has drifted, by name')
    .description(
      'Lists every scale set that has drifted or could not be read, as the last drift check left it, the oldest first.',
    )
    .option(
      '--match <pattern>',
      'a name, or field=pattern of name, group, environment, verdict or subscription',
      collected,
    )
    .option(
      '--watch [seconds]',
      'show it again whenever a check has changed it, asking every 30 seconds; Ctrl+C ends it. With --json, one document a line',
      seconds,
    )
    .action(async (options: FleetOptions) => (await import('./fleet-run.ts')).runFleet(options, work));
  remote(command).addHelpText(
    'after',
    examples(
      ['fleet', 'all of them'],
      ['fleet --match environment=prod* --match verdict=pending', 'some of them'],
      ['fleet --json', 'with everything, for programs'],
    ),
  );
};
