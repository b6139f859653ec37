import type { Receiver } from '../receiver.ts';
import { builtIn, type DoubleName, isDouble } from './inbox.ts';

type Voice = Pick<Receiver, 'locale' | 'timeZone'>;

/** The receivers of a run that has none of its own: the inbox at `url`. */
export const builtInReceivers = (url: string, { locale, timeZone }: Voice): readonly Receiver[] =>
  builtIn.map((type) => ({ name: `inbox-${type}`, type, url: `${url}/inbox/${type}`, locale, timeZone }));

export interface Places {
  /** Names of those that post to another address than the inbox. */
  readonly elsewhere: readonly string[];
  /** How the only receiver behind a double is spoken to; of several, nobody knows which one posted. */
  readonly voices: ReadonlyMap<DoubleName, Voice>;
}

/** Which receivers post to the inbox of the run at `url`: one's own may, too. */
export function placesOf(receivers: readonly Receiver[], url: string): Places {
  const all = receivers.map((receiver) => ({ ...receiver, door: doorAt(receiver.url, url) }));
  const voices = new Map<DoubleName, Voice>();
  for (const { door, locale, timeZone } of all) {
    const isOnly = all.filter((other) => other.door === door).length === 1;
    if (door !== undefined && isDouble(door) && isOnly) voices.set(door, { locale, timeZone });
  }
  return { elsewhere: all.filter(({ door }) => door === undefined).map(({ name }) => name), voices };
}

/** The last part of an address of the inbox, whoever is behind it: that of nobody answers 404, to rehearse with. */
function doorAt(address: string, inbox: string): string | undefined {
  const { hostname = '', port, pathname = '' } = URL.parse(address) ?? {};
  if (!['127.0.0.1', 'localhost'].includes(hostname) || port !== new URL(inbox).port) return undefined;
  return /^\/inbox\/([\w-]+)$/.exec(pathname)?.[1];
}
