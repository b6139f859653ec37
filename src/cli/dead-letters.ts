import { typedHere } from '../event/command.ts';
import { examples, listable, moment, remote } from './options.ts';
import type { Define } from './shell.ts';

interface Options {
  readonly url?: string;
  readonly since?: string;
  readonly until?: string;
  readonly receiver?: string;
  readonly most: number;
}

export const deadLetters: Define = (program, work) => {
  const command = program
    .command('dead-letters')
    .summary('what was given up')
    .description('Lists what a relay has given up, the newest first, and why.')
    .option('--since <time>', 'given up since then: 90s, 30m, 1h, 7d, or an ISO date with its zone', moment)
    .option('--until <time>', 'given up before then, in the same forms', moment)
    .option('--receiver <name>', 'of this receiver only; also of one that is no longer configured')
    .option('--most <number>', 'so many at most, up to 1000', listable, 100)
    .action(async ({ url, most, ...wish }: Options) => {
      const { DEAD_LETTERS: words, listDeliveries } = await import('./deliveries-run.ts');
      const list = { url, path: '/api/dead-letters', wish, query: { ...wish, most }, words };
      if (!(await listDeliveries(list, work))) return;
      work.screen.remark(
        `Send one again: ${typedHere.relay} replay <id> (its beginning is enough). All of them: ${typedHere.relay} replay`,
      );
    });
  remote(command).addHelpText(
    'after',
    examples(
      ['dead-letters', 'every one that is kept: 30 days'],
      ['dead-letters --receiver ops-slack --since 1d', 'of one receiver, since yesterday'],
    ),
  );
};
