import { answers, held } from './answers.ts';
import type { Client } from './client.ts';
import { noReceiver } from './settings.ts';

/** Throws where a relay has no receiver of the name that nothing was found for. One that was removed is known by what it got. */
export async function knownReceiver(name: string | undefined, client: Client): Promise<void> {
  if (name === undefined) return;
  const { receivers } = held(answers.health, await client.call({ method: 'GET', path: '/api/health' }), client);
  if (!receivers.includes(name)) throw noReceiver(name, receivers);
}

/** What is said where a list is empty: that there is none at all, or none of what was asked for. */
export async function nothingFound(
  wish: Readonly<Record<string, string | undefined>>,
  client: Client,
  { none, noSuch }: { readonly none: string; readonly noSuch: string },
): Promise<string> {
  await knownReceiver(wish['receiver'], client);
  return Object.values(wish).some((each) => each !== undefined) ? noSuch : none;
}
