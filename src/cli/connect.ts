import type { ConnectOptions } from './connect-run.ts';
import { collected, examples } from './options.ts';
import type { Define } from './shell.ts';

export const connect: Define = (program, work) => {
  program
    .command('connect')
    .summary('point autoscale settings and alert rules at the relay')
    .description(
      'Reads the autoscale settings, alert rules and action groups that your sign-in (az login) may see, says which post to the relay, and prints the lines of az that make the others do so, and those that take them back. It changes nothing itself.',
    )
    .option('--url <url>', 'the relay that they are to post to (RELAY_URL)')
    .option('--subscription <id or name>', 'these only, in place of all that you may see', collected)
    .option('--resource-group <name>', 'settings and rules of these only', collected)
    .option(
      '--home <group>',
      'resource group for the action group, where none posts to the relay yet; [subscription/]group. Without it, that of the function app',
    )
    .option('--undo', 'print the lines that take the relay out of all that post to it')
    .addHelpText(
      'after',
      examples(
        ['connect --url https://relay.example.net', 'what posts to it, and the lines for what does not'],
        ['connect --url https://relay.example.net --home rg-relay', 'with the place for the action group'],
        ['connect --url https://relay.example.net --undo', 'the lines that take it all back'],
      ),
    )
    .action(async (options: ConnectOptions) => (await import('./connect-run.ts')).runConnect(options, work));
};
