import { type Command, InvalidArgumentError } from 'commander';
import { collected, duration, examples, remote } from './options.ts';
import type { Define, Work } from './shell.ts';
import type { SilenceOptions } from './silence-run.ts';

function condition(text: string, before?: readonly string[]): readonly string[] {
  if (/^(properties\.[^=]+|\w+)=./.test(text)) return collected(text, before);
  throw new InvalidArgumentError('Expected a field and a pattern, such as resource=shop-web.');
}

function adding(silence: Command, work: Work): void {
  remote(silence.command('add'))
    .description('Keeps back every event for which all conditions hold, until the time is over.')
    .requiredOption(
      '--match <field=pattern>',
      'conditions as in the configuration: resource=shop-web, environment=prod*. All must hold; of several for the same field, one is enough',
      condition,
    )
    .requiredOption('--for <time>', 'how long: 90s, 10m, 2h, 1d', duration)
    .option('--reason <text>', 'why, for whoever wonders')
    .option('--author <name>', 'who; without it, the name of the account that runs this')
    .addHelpText(
      'after',
      examples(
        ['silence add --match resource=shop-web --for 10m', 'ten quiet minutes for one scale set'],
        ['silence add --match kind=drift --match environment=dev --for 2d --reason "image test"', 'and why'],
      ),
    )
    .action(async (options: SilenceOptions) => (await import('./silence-run.ts')).addSilence(options, work));
}

export const silence: Define = (program, work) => {
  const silence = program
    .command('silence')
    .summary('keep events back for a while')
    .description('Keeps events back for a while. What is kept back is listed by deliveries --state quiet.');

  adding(silence, work);

  remote(silence.command('list'))
    .description('Lists the silences in force.')
    .addHelpText('after', examples(['silence list', 'what is kept back, by whom, and until when']))
    .action(async ({ url }: { url?: string }) => (await import('./silence-run.ts')).listSilences(url, work));

  remote(silence.command('end'))
    .description('Ends a silence now.')
    .argument('<id>', 'as silence list shows it; the beginning is enough')
    .addHelpText('after', examples(['silence end 3f2a', 'tell of what comes from now on']))
    .action(async (id: string, { url }: { url?: string }) =>
      (await import('./silence-run.ts')).endSilence(id, url, work),
    );

  silence.addHelpText(
    'after',
    examples(
      ['silence add --match resource=shop-web --for 10m', 'ten quiet minutes for one scale set'],
      ['silence list', 'what is kept back, by whom, and until when'],
      ['silence end 3f2a', 'tell of what comes from now on'],
    ),
  );
};
