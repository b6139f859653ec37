import { typedHere } from '../event/command.ts';
import { examples, moment, remote } from './options.ts';
import type { RehearseOptions } from './rehearse-run.ts';
import type { Define } from './shell.ts';

export const rehearse: Define = (program, work) => {
  const command = program
    .command('rehearse')
    .argument('[bodies...]', "webhook bodies as JSON, or folders of them; without any, a relay's own events")
    .summary('what a new configuration would have told to whom')
    .description(
      'Routes the events of a relay, or of bodies, by the configuration here and by a new one, and says what would change. ' +
        'Nothing is stored or sent. Rates, silences and deployments under way are left out of account.',
    )
    .requiredOption('--config <file>', 'the new configuration')
    .option('--against <file>', `the one in force; without it, the one that ${typedHere.start} would read here`)
    .option('--since <time>', 'events that changed since then: 12h, 7d, or an ISO date with its zone', moment, '7d')
    .option('--source <name>', 'the sender of the bodies, where it cannot be told by itself')
    .action(async (bodies: readonly string[], options: RehearseOptions) =>
      (await import('./rehearse-run.ts')).runRehearse(bodies, options, work),
    );
  remote(command).addHelpText(
    'after',
    examples(
      ['rehearse --config new.yaml', "last week's events of the local run"],
      ['rehearse --config new.yaml --url https://relay.example.net', 'of a deployed relay'],
      ['rehearse bodies/ --config new.yaml --json', 'of bodies in a folder, for programs'],
    ),
  );
};
