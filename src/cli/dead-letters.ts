import { examples, listable, moment, remote } from './options.ts';
import type { Define } from './shell.ts';

export const NO_DEAD_LETTERS = { none: 'No dead letters.', many: 'dead letters' };

interface Options {
  readonly url?: string;
  readonly since?: string;
  readonly until?: string;
  readonly receiver?: string;
  readonly most: number;
}

export const deadLetters: Define = (program, { shell, screen }) => {
  const command = program
    .command('dead-letters')
    .summary('what was given up')
    .description('Lists what a relay has given up, the newest first, and why.')
    .option('--since <time>', 'given up since then: 90s, 30m, 1h, 7d, or an ISO date with its zone', moment)
    .option('--until <time>', 'given up before then, in the same forms', moment)
    .option('--receiver <name>', 'of this receiver only; also of one that is no longer configured')
    .option('--most <number>', 'so many at most, up to 1000', listable, 100)
    .action(async ({ url, most, ...narrowed }: Options) => {
      const [{ relayAt }, { answers, held }] = await Promise.all([import('./client.ts'), import('./answers.ts')]);
      const client = relayAt(url, shell.env);
      const answer = await client.call({ method: 'GET', path: '/api/dead-letters', query: { ...narrowed, most } });
      const { deliveries: found, next } = held(answers.deliveries, answer, client);
      if (screen.json) return screen.document(answer);
      if (found.length === 0) {
        const { nothingFound } = await import('./nothing-found.ts');
        return screen.print(await nothingFound(narrowed, client, NO_DEAD_LETTERS));
      }
      const { deliveryTable } = await import('./delivery-table.ts');
      await deliveryTable(found, screen);
      if (next !== undefined) screen.remark(`${found.length} are shown; --until ${next} shows those before them.`);
      screen.remark(
        'Send one again: npm run relay -- replay <id> (its beginning is enough). All of them: npm run relay -- replay',
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
