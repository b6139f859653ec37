import { typedHere } from '../event/command.ts';
import type { Client } from './client.ts';
import { CommandFailure } from './failure.ts';
import { examples, remote } from './options.ts';
import type { Define } from './shell.ts';

const PATH = '/api/drift';
// Of a release that has no other way.
const TIMER = '/admin/functions/drift';

export const drift: Define = (program, { shell, screen }) => {
  const command = program
    .command('drift')
    .summary('check scale sets now, without waiting for the timer')
    .description('Has the relay check now which instances are off the model of their scale set.')
    .action(async ({ url }: { url?: string }) => {
      const { relayAt } = await import('./client.ts');
      const client = relayAt(url, shell.env);
      await checkable(client);
      await client.call({ method: 'POST', path: PATH, body: {} }).catch(async (error: unknown) => {
        if (!isUnknown(error)) throw error;
        await fired(client);
      });
      if (screen.json) return screen.document({ started: true, url: client.url });
      screen.print(
        `The drift check has begun at ${client.url}.`,
        `What it finds goes to the receivers: ${typedHere.relay} deliveries --since 10m`,
        `All that has drifted by then: ${typedHere.relay} fleet`,
        'What it could not read is in the log of the function "drift".',
      );
    });
  remote(command).addHelpText(
    'after',
    examples(['drift', 'check now'], ['deliveries --since 10m', 'and see what came of it']),
  );
};

/**
 * Throws where a drift check that is asked for now would come to nothing: whoever fires a timer is answered 202 in any
 * case. An older relay does not say whether its report is on.
 */
async function checkable(client: Client): Promise<void> {
  const { answers, parsedAnswer } = await import('./answers.ts');
  const { configuration, drift } = parsedAnswer(
    answers.presence,
    await client.call({ method: 'GET', path: '/api/health' }),
    client,
  );
  if (configuration === 'unusable') {
    throw new CommandFailure(`The relay at ${client.url} cannot use its configuration.`, {
      next: `${typedHere.relay} health says what is wrong with it.`,
    });
  }
  if (drift === 'off') {
    throw new CommandFailure(`The drift report of ${client.url} is off.`, {
      next: 'Where that relay runs, set DRIFT_SCOPE to what is to be looked at, such as sub:<subscription id>: docs/drift.md.',
    });
  }
}

const isUnknown = (error: unknown): boolean => error instanceof CommandFailure && error.httpStatus === 404;

/** Fires the timer: https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http */
async function fired(client: Client): Promise<void> {
  await client.call({ method: 'POST', path: TIMER, body: {} }).catch((error: unknown) => {
    if (!isUnknown(error)) throw error;
    throw new CommandFailure(`The relay at ${client.url} has no drift check.`, {
      next: `It may be an older one, or no relay: ${typedHere.relay} health`,
    });
  });
}
