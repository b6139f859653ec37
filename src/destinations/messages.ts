import type { Message } from './destination.ts';
import { type DestinationName, destinations } from './registry.ts';

type Messages = { readonly [Name in DestinationName]: Awaited<ReturnType<(typeof destinations)[Name]['message']>> };

const loaded = Object.entries(destinations).map(
  async ([name, { message }]): Promise<[string, Message]> => [name, await message()],
);

/** How each kind of receiver is written to, all at hand: for commands and the local run, which write to any. */
export const messages = Object.fromEntries(await Promise.all(loaded)) as unknown as Messages;
