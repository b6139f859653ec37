import { collected, examples } from './options.ts';
import type { SendOptions } from './send-run.ts';
import type { Define } from './shell.ts';

export const send: Define = (program, work) => {
  program
    .command('send')
    .argument('[file]', 'a webhook body as JSON; - is standard input; without it, a plain test message')
    .summary('send a test message to the real receivers')
    .description(
      'Sends a message to the receivers of the configuration, directly, and says what each answered. It is marked as a test. Without a file it goes to every receiver; with a file, the message of that body goes to the receivers that its routes name.',
    )
    .option('--to <receiver>', 'to this receiver instead; may be given several times', collected)
    .option('--source <name>', 'the sender of the body, where it cannot be told by itself')
    .option('--test', 'the plain test message; the same as without a file')
    .addHelpText(
      'after',
      examples(
        ['send', 'a test message to every receiver'],
        ['send --to ops-slack', 'to one'],
        ['send alert.json', 'the message of this webhook, marked as a test, along the routes'],
      ),
    )
    .action(async (file: string | undefined, options: SendOptions) =>
      (await import('./send-run.ts')).runSend(file, options, work),
    );
};
