import type { Destination } from '../destinations/destination.ts';
import { mailboxProblem } from '../destinations/email/mailbox.ts';
import type { Guide } from '../destinations/guidance.ts';
import { guides } from '../destinations/guide.ts';
import { proxyProblem } from '../destinations/receiver-url.ts';
import { type DestinationName, destinations } from '../destinations/registry.ts';

const useless = (given: unknown, why: string): string | undefined => (given === undefined ? undefined : why);

/** What is wrong with the way to a receiver: mail has a server and two addresses, all else may have a proxy and a gateway. */
export function wayProblems(
  type: DestinationName,
  { host, proxy, from, to }: Readonly<Record<string, unknown>>,
  development: boolean,
): Readonly<Record<string, string | undefined>> {
  if (type !== 'email') {
    const why = 'only mail has an address: it has no use here';
    const isOwn = (destinations[type] as Destination).addressProblem === undefined;
    return {
      host: isOwn ? undefined : useless(host, 'it is called at its own hosts alone: host has no use here'),
      proxy: typeof proxy === 'string' ? proxyProblem(proxy, development) : undefined,
      from: useless(from, why),
      to: useless(to, why),
    };
  }
  return {
    host: useless(host, 'the server of a mail is the one that `url` names: host has no use here'),
    proxy: useless(proxy, 'a mail goes straight to its server: a proxy has no use here'),
    from: mailboxProblem(from),
    to: mailboxProblem(to),
  };
}

/** What is wrong with the lack of an address; undefined where the vendor has one for all, or where the schema tells it. */
export const missingUrl = (type: DestinationName, given: unknown): string | undefined =>
  given === undefined && regionsOf(type) === undefined && homeOf(type) === undefined
    ? 'expected the address that its messages go to'
    : undefined;

const regionsOf = (type: DestinationName): Destination['regions'] => (destinations[type] as Destination).regions;
const homeOf = (type: DestinationName): string | undefined => (destinations[type] as Destination).home;

/** What is wrong with the key and the region of a receiver, without repeating the key. */
export function keyProblems(
  type: DestinationName,
  { key, region, url }: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string | undefined>> {
  if (regionsOf(type) === undefined) {
    const { token, bot } = guides[type];
    const has = token !== undefined ? 'a token' : bot !== undefined ? 'an appId' : 'an address';
    return {
      key: useless(key, `a receiver of type ${type} has ${has}, and no key`),
      region: useless(region, `a receiver of type ${type} has ${has}, and no region`),
    };
  }
  const { fits, expected } = guides[type].key ?? { fits: /./, expected: 'a key' };
  return {
    key: typeof key === 'string' && fits.test(key.trim()) ? undefined : `expected ${expected}`,
    region: url === undefined ? undefined : useless(region, 'url says where it leads: region has no use here'),
  };
}

/** What is wrong with what only chat apps have, without repeating what is secret. */
export function roomProblems(
  type: DestinationName,
  { token, channel, stories, broadcast, signingSecret, tenant, appId }: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string | undefined>> {
  const guide = guides[type];
  const unsigned = `nobody presses a button in ${type} that the relay hears of: it has no use here`;
  const lives = (destinations[type] as Destination).living !== undefined;
  const why = `only of chat apps (${APPS.join(', ')}): it has no use here`;
  return {
    token: formProblem(guide.token, token, `a receiver of type ${type} has no token: it has no use here`),
    channel: lives ? formProblem(guide.channel, channel, why) : useless(channel, why),
    stories: lives ? undefined : useless(stories, why),
    broadcast:
      lives && guide.callsNobodyLoud === undefined ? undefined : useless(broadcast, guide.callsNobodyLoud ?? why),
    tenant: formProblem(guide.bot?.tenant, tenant, 'only bots of Teams have a tenant: it has no use here'),
    appId: formProblem(guide.bot?.appId, appId, 'only bots of Teams have an appId: it has no use here'),
    signingSecret: [signingSecret]
      .flat()
      .map((each) => (each === undefined ? undefined : formProblem(guide.signingSecret, each, unsigned)))
      .find((fault) => fault !== undefined),
  };
}

const APPS = Object.entries<Destination>(destinations).flatMap(([name, { living }]) => (living ? [name] : []));

/** What is wrong with what a kind of receiver needs, if it has such a thing. */
function formProblem(form: Guide['token'], given: unknown, why: string): string | undefined {
  if (form === undefined) return useless(given, why);
  return typeof given === 'string' && form.fits.test(given.trim()) ? undefined : `expected ${form.expected}`;
}
