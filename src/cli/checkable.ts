import { answers, held } from './answers.ts';
import type { Client } from './client.ts';
import { CommandFailure } from './failure.ts';

/**
 * Throws where a drift check that is asked for now would come to nothing: whoever fires a timer is answered 202 in any
 * case. An older relay does not say whether its report is on.
 */
export async function checkable(client: Client): Promise<void> {
  const { configuration, drift } = held(
    answers.presence,
    await client.call({ method: 'GET', path: '/api/health' }),
    client,
  );
  if (configuration === 'unusable') {
    throw new CommandFailure(`The relay at ${client.url} cannot use its configuration.`, {
      next: 'npm run relay -- health says what is wrong with it.',
    });
  }
  if (drift === 'off') {
    throw new CommandFailure(`The drift report of ${client.url} is off.`, {
      next: 'Where that relay runs, set DRIFT_SCOPE to what is to be looked at, such as sub:<subscription id>: docs/drift.md.',
    });
  }
}
