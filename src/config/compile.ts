import type { Destination } from '../destinations/destination.ts';
import { mailboxIn } from '../destinations/email/mailbox.ts';
import type { Receiver } from '../destinations/receiver.ts';
import { audienceOf } from '../destinations/receiver-audience.ts';
import { destinations } from '../destinations/registry.ts';
import type { Severity } from '../event/fields.ts';
import type { LocaleName } from '../locales/registry.ts';
import type { Environment } from '../routing/environments.ts';
import { compileEnvironment } from '../routing/environments-written.ts';
import type { Joins } from '../routing/joins.ts';
import { matcher } from '../routing/match.ts';
import { compileMutes, type MuteRules } from '../routing/mutes.ts';
import type { Owner } from '../routing/owners.ts';
import { compileOwner } from '../routing/owners-written.ts';
import { type Route, toAll } from '../routing/routes.ts';
import type { Runbook } from '../routing/runbooks.ts';
import { NO_TELLING, type Telling, telling } from '../routing/tell.ts';
import type { Terms } from '../routing/terms.ts';
import { compileThreads } from '../routing/threads-written.ts';
import type { ConfigFile } from './schema.ts';
import type { SourceOptions } from './source-options.ts';

/** What a configuration file says, ready to work with. */
export interface Rules {
  readonly receivers: readonly Receiver[];
  readonly environments: readonly Environment[];
  readonly routes: readonly Route[];
  /** Who is told what the relay has to say of itself. */
  readonly notices: readonly string[];
  readonly runbooks: readonly Runbook[];
  readonly owners: readonly Owner[];
  readonly quiet: MuteRules;
  /** What is told in one conversation although it is several stories; undefined where nothing is. */
  readonly joins: Joins | undefined;
  readonly drill: ConfigFile['drill'];
  readonly reviews: readonly ReviewPlan[];
  /** What is to come at least how often. */
  readonly expects: readonly Expectation[];
  /** Who is let in to the page. */
  readonly page: { readonly viewers: readonly string[]; readonly operators: readonly string[] };
  /** Whether the machines of scalings are looked up. */
  readonly machines: boolean;
  /** By the name of the source. */
  readonly sources: Readonly<Record<string, SourceOptions>>;
  /** The sources whose senders may choose among the receivers. */
  readonly mayChoose: readonly string[];
  /** How severe everything is that a source tells, by its name. */
  readonly severities: Readonly<Record<string, Severity>>;
}

/** What is to come from a sender at least so often, in milliseconds, and who is told if not. */
interface Expectation {
  readonly source: string;
  readonly every: number;
  readonly to?: readonly string[] | undefined;
}

/** Who is told what a week was like, and when (NCRONTAB in UTC). */
export interface ReviewPlan {
  readonly to: readonly string[];
  readonly environment?: string | undefined;
  readonly at: string;
}

const MONDAYS = '0 0 7 * * 1';

/** How receivers are spoken to that do not say it. */
export interface Defaults {
  readonly locale: LocaleName;
  readonly timeZone: string;
}

export function compiled(file: ConfigFile, defaults: Defaults): Rules {
  const receivers = Object.entries(file.receivers).map(([name, given]) => receiverOf(name, given, defaults));
  const sources = Object.fromEntries(
    Object.entries(file.sources ?? {}).flatMap(([name, options]) => (options ? [[name, options]] : [])),
  );
  return {
    receivers,
    environments: file.environments?.map(compileEnvironment) ?? [],
    routes: file.routes?.map((each) => routeOf(each, NO_TELLING)) ?? toAll(receivers.map(({ name }) => name)),
    notices: file.notices ?? [],
    runbooks: file.runbooks?.map(({ match, url }) => ({ url, ...(match && { match: matcher(match) }) })) ?? [],
    owners: file.owners?.map(compileOwner) ?? [],
    quiet: compileMutes(
      file.quiet ?? {},
      defaults.timeZone,
      receivers.flatMap(({ name, type }) => (destinations[type].readers === 'people' ? [name] : [])),
    ),
    joins: file.threads && compileThreads(file.threads),
    drill: file.drill,
    reviews: file.review?.map(({ at = MONDAYS, ...rest }) => ({ at, ...rest })) ?? [],
    expects: file.expect ?? [],
    page: { viewers: file.page?.viewers ?? [], operators: file.page?.operators ?? [] },
    machines: file.scaling?.machines ?? false,
    sources,
    mayChoose: Object.keys(sources).filter((name) => sources[name]?.mayChoose === true),
    severities: Object.fromEntries(
      Object.entries(sources).flatMap(([name, { set }]) => (set === undefined ? [] : [[name, set.severity]])),
    ),
  };
}

type GivenReceiver = ConfigFile['receivers'][string];

const receiverOf = (
  name: string,
  {
    type,
    key,
    region,
    url = homeOf(type, region),
    from,
    to,
    token,
    channel,
    stories = 'both',
    broadcast = false,
    signingSecret,
    tenant,
    appId,
    secret,
    auth,
    proxy,
    rate,
    fallback,
    charts,
    ...own
  }: GivenReceiver,
  defaults: Defaults,
) => ({
  name,
  type,
  url,
  ...lettersOf(from, to),
  ...(secret !== undefined && { secrets: [secret].flat() }),
  ...(key !== undefined && { secrets: [key] }),
  ...(token !== undefined && { secrets: [token] }),
  ...(channel !== undefined && { room: { channel, stories, broadcast } }),
  ...(signingSecret !== undefined && { signingSecrets: [signingSecret].flat() }),
  ...(tenant !== undefined && appId !== undefined && { bot: { tenant, appId } }),
  ...audienceFor(url, auth),
  ...(proxy !== undefined && { proxy }),
  rate: rate === 'off' ? {} : { ...destinations[type].rate, ...rate },
  ...(fallback !== undefined && { fallback }),
  ...(charts && { charts }),
  locale: own.locale ?? defaults.locale,
  timeZone: own.timeZone ?? defaults.timeZone,
});

function lettersOf(from: string | undefined, to: string | undefined): Pick<Receiver, 'letters'> {
  const [sender, addressee] = [mailboxIn(from ?? ''), mailboxIn(to ?? '')];
  return sender === undefined || addressee === undefined ? {} : { letters: { from: sender, to: addressee } };
}

/** Where the vendor of a kind of receiver takes its messages; empty where each receiver has an address, which its check asks for. */
function homeOf(type: GivenReceiver['type'], region: GivenReceiver['region']): string {
  const { regions = {}, home = '' }: Destination = destinations[type];
  return (region === undefined ? Object.values(regions)[0] : regions[region]) ?? home;
}

function audienceFor(url: string, auth: GivenReceiver['auth']): Pick<Receiver, 'audience'> {
  const audience = auth === 'entra' ? audienceOf(url) : auth?.entra;
  return audience === undefined ? {} : { audience };
}

function routeOf(
  { match, to, routes, tell, set, remind: again, ...rest }: NonNullable<ConfigFile['routes']>[number],
  around: Telling & Terms,
): Route {
  const phases = match?.phase === undefined ? around.phases : [...around.phases, match.phase];
  const severity = set?.severity ?? around.severity;
  const remind = again === 'off' ? undefined : (again ?? around.remind);
  const terms = { ...(severity !== undefined && { severity }), ...(remind !== undefined && { remind }) };
  const here = { tell: tell ?? around.tell, phases, ...terms };
  return {
    ...(match && { match: matcher(match) }),
    ...(to && { to }),
    ...(routes && { routes: routes.map((each) => routeOf(each, here)) }),
    continue: rest.continue ?? false,
    tells: telling(here),
    ...terms,
  };
}
