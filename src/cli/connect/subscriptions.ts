import type { SenderReader, Unread as UnreadPart } from '../../outbound/arm/senders.ts';
import { didYouMean } from '../../problems/spelling.ts';
import { CommandFailure } from '../failure.ts';
import { few, safeLine, second } from '../text.ts';

export type Subscription = Awaited<ReturnType<SenderReader['subscriptions']>>['found'][number];

type Failure = UnreadPart['failure'];

/** What could not be read somewhere, and why. */
export interface Unread {
  readonly where: string;
  readonly what: readonly string[];
  readonly failure: Failure;
}

/** Those that are named, by id or name; all of them without names. Throws where there is none of a name. */
export function chosen(all: readonly Subscription[], named: readonly string[] = []): readonly Subscription[] {
  if (named.length === 0) return all;
  const found = named.map((text) => {
    const one = all.find(({ id, name }) => [id, name.toLowerCase()].includes(text.toLowerCase()));
    if (one !== undefined) return one;
    const names = all.map(({ name }) => name);
    throw new CommandFailure(
      safeLine(`There is no subscription ${text} that you may see${didYouMean(text, names) || '.'}`),
      {
        status: 2,
        next: safeLine(`There are ${few(names)}.`),
      },
    );
  });
  return [...new Set(found)];
}

/** What failed in the same place for the same reason, as one. */
export function together(unread: readonly Unread[]): readonly Unread[] {
  const groups = Map.groupBy(unread, ({ where, failure }) => `${where} ${whyOf(failure)}`);
  return [...groups.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [{ ...first, what: [first, ...more].flatMap(({ what }) => what) }],
  );
}

/** That nothing can be read at all. */
export function unreadFailure(failure: Failure | undefined): CommandFailure {
  if (failure === undefined)
    return new CommandFailure('Your sign-in sees no subscription.', { next: 'az login, or az account show.' });
  return new CommandFailure(`Azure could not be read: ${whyOf(failure)}.`, {
    next: failure.call === 'token' ? 'az login, and once more.' : undefined,
  });
}

export const unreadText = ({ where, what, failure }: Unread): string =>
  safeLine(`${where}: ${what.join(', ')} could not be read: ${whyOf(failure)}. What is there is not in the list.`);

function whyOf(failure: Failure): string {
  if (failure.call === 'token') return 'nobody is signed in';
  switch (failure.kind) {
    case 'forbidden':
      return 'your sign-in may not';
    case 'gone':
      return 'it is not there';
    case 'stopped':
      return 'it took too long';
    case 'held':
      return `Azure wants no calls before ${second(failure.until)} UTC`;
    case 'failed':
      return failure.code ?? `status ${failure.status}`;
  }
}
