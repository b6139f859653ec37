import { examples } from './options.ts';
import type { PreviewOptions } from './preview-run.ts';
import type { Define } from './shell.ts';

export const preview: Define = (program, work) => {
  program
    .command('preview')
    .argument('<file>', 'a webhook body as JSON; - is standard input')
    .summary('read a webhook body and show its messages')
    .description('Shows the messages that a webhook body gives, as text. Nothing is stored or sent.')
    .option('--source <name>', 'its sender, where it cannot be told by itself')
    .option('--receiver <name>', 'as this receiver would get it, whatever the routes say')
    .option('--locale <language>', "in this language instead of the receivers' own: en, ko, cs, vi")
    .addHelpText(
      'after',
      examples(
        ['preview alert.json', 'what would be sent, and to whom'],
        ['preview alert.json --receiver ops-teams --locale ko', 'for one receiver, in Korean'],
        ['preview - --json < alert.json', 'the payloads, as Slack and Teams get them'],
      ),
    )
    .action(async (file: string, options: PreviewOptions) =>
      (await import('./preview-run.ts')).runPreview(file, options, work),
    );
};
