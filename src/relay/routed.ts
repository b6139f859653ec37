import type { RelayEvent } from '../event/event.ts';
import { type Routed, routeEvent } from '../routing/choice.ts';
import { withRunbook } from '../routing/runbooks.ts';
import type { RelayParts } from './parts.ts';

type Deciding = 'receivers' | 'environments' | 'routes' | 'mayChoose' | 'severities' | 'runbooks';

/** Makes of each event whom it goes to, by the configuration. */
export function routingOf({ receivers, runbooks = [], ...rest }: Pick<RelayParts, Deciding>) {
  const { environments = [], routes, mayChoose = [], severities = {} } = rest;
  const names = receivers.map(({ name }) => name);
  const routing = { environments, routes, receivers: names, mayChoose, severities };
  return (given: RelayEvent): Routed => {
    const { event, ...found } = routeEvent(given, routing);
    return { ...found, event: withRunbook(event, runbooks) };
  };
}

/** The events of one body; `proven`: their source proved itself. */
interface Told {
  readonly given: readonly RelayEvent[];
  readonly proven: boolean;
}

/** Routes the events of one body. Most tell of no scaling: what knows of those is loaded when there is one. */
export async function routedAll(
  ports: RelayParts['ports'],
  { given, proven }: Told,
  route: (event: RelayEvent) => Routed,
): Promise<{ readonly events: readonly Routed[]; readonly keep: () => Promise<void> }> {
  const isScaling = given.some(({ kind }) => kind === 'scale');
  if (!isScaling) return { events: given.map(route), keep: async () => undefined };
  const { routedByBeginning } = await import('../delivery/beginnings.ts');
  const { lastDays } = await import('../delivery/capacity.ts');
  const [{ events, keep }, days] = await Promise.all([
    routedByBeginning(ports, { given, proven }, route),
    lastDays(ports, { given, proven }),
  ]);
  return {
    events: events.map((routed) => ({ ...routed, event: days.withDay(routed.event) })),
    keep: async () => {
      await Promise.all([keep(), days.keep()]);
    },
  };
}
