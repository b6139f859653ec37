import { examples, remote } from './options.ts';
import type { Define } from './shell.ts';
import { safeLine } from './text.ts';

export const health: Define = (program, { shell, screen }) => {
  const command = program
    .command('health')
    .summary('is a relay there, and is it well?')
    .description('Asks a relay whether it is well, its storage included.')
    .action(async ({ url }: { url?: string }) => {
      const [{ relayAt }, { answers, parsedAnswer }] = await Promise.all([
        import('./client.ts'),
        import('./answers.ts'),
      ]);
      const client = relayAt(url, shell.env);
      const answer = await client.call({ method: 'GET', path: '/api/health', query: { deep: 1 } });
      const { status, version, receivers } = parsedAnswer(answers.health, answer, client);
      if (screen.json) return screen.document(answer);
      screen.print(
        `${screen.paint('green', safeLine(status))}  ${client.url}`,
        `version    ${safeLine(version)}`,
        `receivers  ${safeLine(receivers.join(', '))}`,
        'storage    reached',
      );
    });
  remote(command).addHelpText(
    'after',
    examples(
      ['health', 'the local run'],
      ['health --url https://relay.example.net', 'a deployed relay; this needs no key'],
    ),
  );
};
