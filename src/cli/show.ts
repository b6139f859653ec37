import { examples, remote } from './options.ts';
import type { Define } from './shell.ts';
import { idGiven } from './text.ts';

interface Options {
  readonly url?: string;
  readonly receiver?: string;
}

export const show: Define = (program, { shell, screen }) => {
  const command = program
    .command('show')
    .argument('<id>', 'as a message shows it, of an event, a story or a digest; the beginning is enough')
    .summary('one event: who was told, and what kept it back')
    .description('Shows one event, who was told when, what each chat answered, and what kept it back.')
    .option('--receiver <name>', 'for this receiver only; also for one that is no longer configured')
    .action(async (id: string, { url, receiver }: Options) => {
      const [{ relayAt }, { answers, parsedAnswer }] = await Promise.all([
        import('./client.ts'),
        import('./answers.ts'),
      ]);
      const client = relayAt(url, shell.env);
      const answer = await client.call({ method: 'GET', path: '/api/show', query: { id: idGiven(id), receiver } });
      const { events } = parsedAnswer(answers.show, answer, client);
      if (screen.json) return screen.document(answer);
      const { shownEvent } = await import('./shown-event.ts');
      for (const event of events) await shownEvent(event, screen);
    });
  remote(command).addHelpText(
    'after',
    examples(['show 9f3c1ab2', 'what became of it'], ['show 9f3c1ab2 --json', 'with every try, for programs']),
  );
};
