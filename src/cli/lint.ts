import { typedHere } from '../event/command.ts';
import type { LintOptions } from './lint-run.ts';
import { examples } from './options.ts';
import type { Define } from './shell.ts';

export const lint: Define = (program, work) => {
  program
    .command('lint')
    .argument('[file]', 'configuration to check; without it, what the relay would read: RELAY_CONFIG, else relay.yaml')
    .summary('check the configuration, and show who gets what')
    .description(
      'Checks the configuration and lists every problem. A good one is summed up: its receivers, its routes, and which route takes a sample of each kind of event.',
    )
    .option(
      '--deployed',
      `as Azure would take it: without plain http: to this machine, which ${typedHere.start} allows`,
    )
    .option(
      '--event <file>',
      'show which routes take the webhook body in this file (- is standard input), and why not the others',
    )
    .option('--source <name>', 'the sender of that body, where it cannot be told by itself')
    .addHelpText(
      'after',
      examples(
        ['lint', 'relay.yaml, as the relay would read it'],
        ['lint other.yaml --deployed', 'before it is deployed'],
        ['lint --event alert.json', 'who would get this webhook, and why nobody else'],
      ),
    )
    .action(async (file: string | undefined, options: LintOptions) =>
      (await import('./lint-run.ts')).runLint(file, options, work),
    );
};
