import type { RelayEvent } from '../event/event.ts';
import { outline, titled } from '../event/outline.ts';
import { routingOf } from '../relay/routed.ts';
import { deferredNow, deferredText } from '../routing/deferred.ts';
import { joinGiven } from '../routing/joins.ts';
import { asSentTo } from '../routing/terms.ts';
import { eventsOf } from './body.ts';
import { environmentText, givenTo, joinText, termsText, wholeText } from './event-text.ts';
import { type RouteVerdict, routeNumber, routeVerdicts } from './route-verdicts.ts';
import type { Good } from './settings.ts';
import type { Work } from './shell.ts';
import { safeLine } from './text.ts';

/** Which routes take the events of a body, why the others do not, and who is told in the end. */
export async function eventVerdicts(
  { config, written }: Good,
  body: { readonly file: string; readonly source: string | undefined },
  work: Work,
): Promise<void> {
  const { screen } = work;
  const events = await eventsOf(body, config.sources, work);
  const all = events.map((sent) => {
    const { event, environmentRule, receivers, unknown, terms } = routingOf(config)(sent);
    const routes = routeVerdicts(event, config.routes, written);
    const led = [...new Set(routes.flatMap(({ to }) => to))];
    return {
      event: { id: event.id, kind: event.kind, source: event.source, told: toldOf(event) },
      // For people alone: it is no part of the document.
      [TEXT]: wholeText(event),
      ...givenTo({ event, environmentRule }),
      routes,
      receivers,
      // A sender may choose among the receivers itself.
      chosen: receivers.join() !== led.join(),
      unknown,
      ...joinGiven(event, config.joins),
      ...(terms && { terms: Object.fromEntries(terms) }),
      held: receivers.flatMap((name) =>
        deferredNow(asSentTo(name, { event, terms }), [name], config.quiet, Date.now()),
      ),
    };
  });
  if (screen.json) return screen.document({ events: all });
  for (const [
    index,
    { event, environment, routes, receivers, terms = {}, chosen, unknown, joins, held },
  ] of all.entries()) {
    screen.print(
      ...(index > 0 ? [''] : []),
      `${screen.paint('bold', all[index]?.[TEXT] ?? event.told)}  from ${event.source}`,
    );
    if (environment !== undefined) screen.print(screen.paint('dim', `  ${environmentText(environment)}`));
    await screen.table(
      ['ROUTE', 'VERDICT', 'WHY'],
      routes.map((each) => row(each, screen)),
      [2],
    );
    const told = receivers.map((name) => `${name}${termsText(terms[name])}`).join(', ');
    screen.print(`→ ${told || 'nobody'}${chosen ? ' (its sender chose)' : ''}`);
    if (unknown.length > 0) screen.print(`  its sender also named ${safeLine(unknown.join(', '))}: no such receivers`);
    if (joins !== undefined) screen.print(screen.paint('dim', `  ${joinText(joins)}`));
    for (const each of held) screen.print(screen.paint('yellow', `  held now: ${safeLine(deferredText(each))}`));
  }
}

/** A symbol is left out of JSON. */
const TEXT = Symbol('text');

const toldOf = (event: RelayEvent): string => {
  const { state, figure, ...named } = outline(event);
  return safeLine([event.kind, state, titled(named), figure].filter(Boolean).join(' '));
};

const WORDS: Readonly<Record<RouteVerdict['verdict'], string>> = {
  takes: 'takes it',
  untold: 'keeps it back',
  inside: 'fits',
  nowhere: 'fits',
  unfit: 'does not fit',
  unreached: 'not asked',
};

const row = ({ at, verdict, why, to }: RouteVerdict, { paint }: Work['screen']): readonly string[] => [
  routeNumber(at),
  paint(verdict === 'takes' ? 'green' : 'dim', WORDS[verdict]),
  [to.length > 0 ? `→ ${to.join(', ')}` : '', safeLine(why)].filter(Boolean).join('; '),
];
