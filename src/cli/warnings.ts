import type { Config } from '../config/config.ts';
import type { SourceOptions } from '../config/source-options.ts';
import type { Destination } from '../destinations/destination.ts';
import { destinations } from '../destinations/registry.ts';
import { isOwnKind } from '../event/own-kinds.ts';
import { isShort, MAKE_ONE } from '../event/webhook-secret.ts';
import { routingOf } from '../relay/routed.ts';
import { releaseAfter } from '../routing/mutes.ts';
import { phasesAllTheSame } from '../routing/tell.ts';
import { idleEnvironments, type WrittenEnvironment } from './idle-environments.ts';
import { idleRoutes } from './idle-routes.ts';
import { routeNumber, type WrittenRoute } from './route-verdicts.ts';
import { samples } from './samples.ts';
import { few } from './text.ts';

/** What is no mistake in itself, and yet leaves somebody out. */
export const warnings = (
  config: Config,
  written: readonly WrittenRoute[],
  environments: readonly WrittenEnvironment[],
): readonly string[] => [
  ...idleEnvironments(environments),
  ...idleRoutes(written),
  ...unled(leftOut(config, written)),
  ...withoutEnvironment(config, environments),
  ...contradictions(written),
  ...withoutProof(config),
  ...shortSecrets(config),
  ...endless(config, Date.now()),
  ...threadless(config),
];

/** Receivers that get nothing: no route, nobody's fallback, no notices, and no sender may choose them. */
function leftOut({ receivers, notices, mayChoose }: Config, written: readonly WrittenRoute[]): readonly string[] {
  if (mayChoose.length > 0) return [];
  const told = new Set([...ledTo(written), ...notices, ...receivers.flatMap(({ fallback = [] }) => fallback)]);
  return receivers.map(({ name }) => name).filter((name) => !told.has(name));
}

// Each by itself, where it is a mistake; in one sentence, where most are left to somebody else.
const unled = (names: readonly string[]): readonly string[] =>
  names.length <= 3 ? names.map((name) => `No route leads to ${name}.`) : [`No route leads to ${few(names)}.`];

/** The receivers of all routes that an event can come to: none does after one that takes everything. */
function ledTo(routes: readonly WrittenRoute[], around: readonly string[] = []): readonly string[] {
  const last = routes.findIndex(
    ({ match, to = around, ...rest }) => match === undefined && to.length > 0 && rest.continue !== true,
  );
  const asked = last < 0 ? routes : routes.slice(0, last + 1);
  return asked.flatMap(({ to = around, routes: inner = [] }) => [...to, ...ledTo(inner, to)]);
}

/** Many senders do not say where something happened, and routes by environment do not take their events. */
function withoutEnvironment(config: Config, rules: readonly WrittenEnvironment[]): readonly string[] {
  // A rule without a condition gives every event one.
  if (rules.some(({ match }) => match === undefined || Object.keys(match).length === 0)) return [];
  const lost = samples.filter((event) => {
    const { environment: _, ...rest } = event;
    return reaches(event, config) && !reaches(rest as typeof event, config);
  });
  const kinds = lost.map(({ kind }) => kind).join(', ');
  return lost.length === 0 ? [] : [`Without an environment, these go to nobody: ${kinds}.`];
}

// What the relay says of itself takes no route.
const reaches = (event: (typeof samples)[number], config: Config): boolean =>
  !isOwnKind(event.kind) && routingOf(config)(event).receivers.length > 0;

/** Routes that leave out by `tell` what their own `match` asks for. */
function contradictions(routes: readonly WrittenRoute[], within = ''): readonly string[] {
  return routes.flatMap(({ tell, match, routes: inner = [] }, index) => {
    const at = `${within}routes.${index}`;
    const named = phasesAllTheSame(tell, match?.phase).join(', ');
    const said = `Route ${routeNumber(at)} has \`tell: ${tell}\`, and tells ${named} all the same: its \`phase\` names it. Delete one of the two.`;
    return [...(named === '' ? [] : [said]), ...contradictions(inner, `${at}.`)];
  });
}

/** Rules of `inhibit` that no deployment counts for. */
function withoutProof({ quiet, sources }: Config): readonly string[] {
  if (Object.values(sources).some(canProve)) return [];
  return quiet.inhibitions.flatMap(({ named }, index) =>
    named.length > 0
      ? []
      : [
          `Rule ${index + 1} of \`quiet.inhibit\` holds nothing back: no sender has credentials under \`sources\`, and its \`during\` names no \`source\`.`,
        ],
  );
}

const canProve = ({ secret, token, basic, entra }: SourceOptions): boolean =>
  [secret, token, basic, entra].some((each) => each !== undefined);

/** Windows that are open at every time of the week, by themselves or one after another. `now` is in milliseconds. */
const endless = ({ quiet, receivers }: Config, now: number): readonly string[] =>
  quiet.windows
    .filter((window) =>
      receivers.some(
        ({ name }) =>
          window.isOpen(now) &&
          window.receivers?.includes(name) !== false &&
          releaseAfter(window, quiet, name, now) === undefined,
      ),
    )
    .map(
      ({ name }) =>
        `Quiet window ${name} never ends: what comes in it is never told. Give it \`from\` and \`to\`, or some \`days\`.`,
    );

/** Keys that are shorter than Standard Webhooks asks for. */
export function shortSecrets({ receivers, sources }: Config): readonly string[] {
  const signing = receivers
    .filter(({ type, secrets = [] }) => destinations[type].isSigned && secrets.some(isShort))
    .map(({ name }) => name);
  const own = Object.entries(sources).flatMap(([name, { map, secret = [] }]) =>
    (name === 'custom' || map !== undefined) && [secret].flat().some(isShort) ? [`sources.${name}`] : [],
  );
  return [...signing, ...own].map(
    (name) => `The secret of ${name} has fewer than 24 bytes, which Standard Webhooks asks for: ${MAKE_ONE}.`,
  );
}

/** Threads without a receiver that has any. */
function threadless({ joins, receivers }: Config): readonly string[] {
  if (joins === undefined || receivers.some(({ type }) => isLiving(destinations[type]))) return [];
  return ['`threads` joins nothing: no receiver is a chat app, whose messages live on.'];
}

const isLiving = ({ living }: Destination): boolean => living !== undefined;
