import type { Receiver } from '../../src/destinations/receiver.ts';
import { destinations } from '../../src/destinations/registry.ts';
import type { Known } from './inbox.ts';
import { builtIn, isDouble } from './inbox-message.ts';
import { mailPortOf } from './mail-door.ts';

type Voice = Pick<Receiver, 'locale' | 'timeZone'>;

/** The receivers of a run that has none of its own: the inbox at `url`. */
export const builtInReceivers = (url: string, { locale, timeZone }: Voice): readonly Receiver[] =>
  builtIn.map((type) => ({
    name: `inbox-${type}`,
    type,
    url: `${url}/inbox/${type}`,
    rate: destinations[type].rate,
    locale,
    timeZone,
  }));

export interface Addresses {
  /** Names of those that post to another address than the inbox. */
  readonly elsewhere: readonly string[];
  /** The only receiver behind each address, by its end, as "slack" or "slack/ops"; of several, nobody knows which one posted. */
  readonly voices: ReadonlyMap<string, Known>;
}

/** Which receivers post to the inbox of the run at `url`: one's own may, too. */
export function addressesOf(receivers: readonly Receiver[], url: string): Addresses {
  const all = receivers.map((receiver) => ({ ...receiver, door: doorOf(receiver, url) }));
  const voices = new Map<string, Known>();
  for (const { door, name, locale, timeZone } of all) {
    const isOnly = all.filter((other) => other.door === door).length === 1;
    if (door !== undefined && isDouble(door.split('/')[0] ?? '') && isOnly) {
      voices.set(door, { receiver: name, locale, timeZone });
    }
  }
  return { elsewhere: all.filter(({ door }) => door === undefined).map(({ name }) => name), voices };
}

/** Mail has no address at the inbox: it comes by a port of its own, and is told apart by the receiver's name. */
const doorOf = (receiver: Receiver, inbox: string): string | undefined =>
  mailPortOf(receiver) === undefined ? doorAt(receiver.url, inbox) : `email/${receiver.name}`;

/** The end of an address of the inbox, whoever is behind it: that of nobody answers 404, to rehearse with. */
function doorAt(address: string, inbox: string): string | undefined {
  const { hostname = '', port, pathname = '' } = URL.parse(address) ?? {};
  if (!['127.0.0.1', 'localhost'].includes(hostname) || port !== new URL(inbox).port) return undefined;
  // That of a chat's API has the method behind it.
  return /^\/inbox\/([\w-]+(?:\/(?!api\/?$)[\w-]+)?)(?:\/api\/?)?$/.exec(pathname)?.[1];
}
