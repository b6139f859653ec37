import * as z from 'zod';
import type { RelayEvent } from '../event/event.ts';
import { type Severity, severities } from '../event/fields.ts';

/** On what terms one receiver gets an event. */
export interface Terms {
  /** How severe it is for this receiver. */
  readonly severity?: Severity;
}

export const setOf = z
  .strictObject({ severity: z.enum(severities).describe('How severe the events are, whatever their sender says.') })
  .describe('What is set of these events, before anything is decided by it.');

/** What a route that takes an event says of it. */
interface Said extends Terms {
  readonly to: readonly string[];
}

/** The terms of each receiver for which they are not the event's own. Of several routes that lead to one, the worse severity holds. */
export function termsOf(event: RelayEvent, said: readonly Said[]): ReadonlyMap<string, Terms> {
  const terms = new Map<string, Terms>();
  if (said.every(({ severity }) => severity === undefined)) return terms;
  for (const name of new Set(said.flatMap(({ to }) => to))) {
    const severity = worst(said.filter(({ to }) => to.includes(name)).map((each) => each.severity ?? event.severity));
    if (severity !== event.severity) terms.set(name, { severity });
  }
  return terms;
}

const worst = (given: readonly Severity[]): Severity => severities.findLast((each) => given.includes(each)) ?? 'info';

interface Told {
  readonly event: RelayEvent;
  readonly terms?: ReadonlyMap<string, Terms> | undefined;
}

/** The event as one receiver gets it. */
export function asToldTo(receiver: string, { event, terms }: Told): RelayEvent {
  const severity = terms?.get(receiver)?.severity;
  return severity === undefined ? event : { ...event, severity };
}

/** An event as some receivers get it, all on the same terms. */
interface Letter extends Omit<Terms, 'severity'> {
  readonly event: RelayEvent;
  readonly receivers: readonly string[];
}

/** An event for each of the terms on which its receivers get it. */
export function lettersOf({ receivers, ...told }: Told & { readonly receivers: readonly string[] }): readonly Letter[] {
  const groups = Map.groupBy(receivers, (name) => JSON.stringify(told.terms?.get(name) ?? {}));
  return [...groups.values()].map((names) => {
    const { severity: _, ...terms } = told.terms?.get(names[0] ?? '') ?? {};
    return { ...terms, event: asToldTo(names[0] ?? '', told), receivers: names };
  });
}
