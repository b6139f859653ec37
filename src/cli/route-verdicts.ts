import type { RelayEvent } from '../event/event.ts';
import type { Severity } from '../event/fields.ts';
import type { Conditions } from '../routing/match.ts';
import { type Route, taking } from '../routing/routes.ts';
import { type Tell, whyLeftOut } from '../routing/tell.ts';
import { misfits } from './conditions-text.ts';

/** A route as the configuration file writes it. */
export interface WrittenRoute {
  readonly match?: Conditions | undefined;
  readonly to?: readonly string[] | undefined;
  readonly continue?: boolean | undefined;
  readonly tell?: Tell | undefined;
  readonly set?: { readonly severity: Severity } | undefined;
  /** Milliseconds. */
  readonly remind?: number | 'off' | undefined;
  readonly routes?: readonly WrittenRoute[] | undefined;
}

/** What a route says to an event, and why. */
export interface RouteVerdict {
  /** "routes.1.routes.0", as problems of the configuration name it. */
  readonly at: string;
  /**
   * untold: it takes the event, which is a beginning and it tells ends, or the other way round; inside: a route inside it
   * takes the event; nowhere: it fits, and leads to nobody; unreached: another took it before.
   */
  readonly verdict: 'takes' | 'untold' | 'inside' | 'nowhere' | 'unfit' | 'unreached';
  readonly why: string;
  readonly to: readonly string[];
}

/** What every route says to an event, in their order; routes inside one that does not fit are not asked. */
export function routeVerdicts(
  event: RelayEvent,
  routes: readonly Route[],
  written: readonly WrittenRoute[],
): readonly RouteVerdict[] {
  const taken = new Map(taking(event, routes).map((each) => [each.at, each]));
  const verdicts: RouteVerdict[] = [];
  const walk = (level: readonly Route[], texts: readonly WrittenRoute[] | undefined, within: string): void => {
    let by: string | undefined;
    for (const [index, route] of level.entries()) {
      const at = `${within}routes.${index}`;
      const tell = (verdict: RouteVerdict['verdict'], why: string) =>
        verdicts.push({ at, verdict, why, to: verdict === 'untold' ? [] : (taken.get(at)?.to ?? []) });
      if (by !== undefined) {
        tell('unreached', `route ${routeNumber(by)} took it and does not continue`);
        continue;
      }
      if (route.match !== undefined && !route.match(event)) {
        tell('unfit', misfits(event, texts?.[index]?.match).join('; '));
        continue;
      }
      const inside = [...taken.keys()].some((each) => each.startsWith(`${at}.`));
      if (taken.get(at)?.untold) tell('untold', whyLeftOut(event));
      else if (taken.has(at)) tell('takes', route.continue ? 'and later routes are asked as well' : '');
      else if (inside) tell('inside', 'a route inside it takes the event');
      else tell('nowhere', 'it fits, and leads to nobody');
      walk(route.routes ?? [], texts?.[index]?.routes, `${at}.`);
      if ((taken.has(at) || inside) && route.continue !== true) by = at;
    }
  };
  walk(routes, written, '');
  return verdicts;
}

/** "2.1", counted from 1 as people do, of "routes.1.routes.0". */
export const routeNumber = (at: string): string =>
  at
    .split('.')
    .filter((part) => part !== 'routes')
    .map((part) => Number(part) + 1)
    .join('.');
