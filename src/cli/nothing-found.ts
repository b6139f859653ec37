import { answers, held } from './answers.ts';
import type { Client } from './client.ts';
import { safeLine } from './screen.ts';
import { noReceiver } from './settings.ts';

/** Throws where a relay has no receiver of the name that nothing was found for. One that was removed is known by what it got. */
export async function knownReceiver(name: string | undefined, client: Client): Promise<void> {
  if (name === undefined) return;
  const { receivers } = held(answers.health, await client.call({ method: 'GET', path: '/api/health' }), client);
  if (!receivers.includes(name)) throw noReceiver(name, receivers);
}

/** What is said where a list is empty: that there is none at all, or none of what was asked for, and what that was. */
export async function nothingFound(
  wish: Readonly<Record<string, string | undefined>>,
  client: Client,
  { none, many }: { readonly none: string; readonly many: string },
): Promise<string> {
  await knownReceiver(wish['receiver'], client);
  const asked = Object.entries(wish).flatMap(([name, value]) =>
    value === undefined ? [] : [name === 'id' ? `id ${value}` : `--${name} ${value}`],
  );
  return asked.length > 0 ? safeLine(`There are no ${many} for ${asked.join(' ')}.`) : none;
}
