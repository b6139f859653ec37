import type { RelayEvent } from '../event/event.ts';
import { type Severity, worst } from '../event/fields.ts';
import { isFiring } from '../event/firing.ts';

/** On what terms one receiver gets an event. */
export interface Terms {
  /** How severe it is for this receiver. */
  readonly severity?: Severity;
  /** How often an alert is told again while it fires, in milliseconds. */
  readonly remind?: number;
}

/** What a route that takes an event says of it. */
interface Said extends Terms {
  readonly to: readonly string[];
}

/**
 * The terms of each receiver for which they are not the event's own. Of several routes that lead to one, the worse severity
 * holds, and the shorter time between reminders.
 */
export function termsOf(event: RelayEvent, said: readonly Said[]): ReadonlyMap<string, Terms> {
  const terms = new Map<string, Terms>();
  if (said.every(({ severity, remind }) => severity === undefined && remind === undefined)) return terms;
  for (const name of new Set(said.flatMap(({ to }) => to))) {
    const own = said.filter(({ to }) => to.includes(name));
    const severity = worst(own.map((each) => each.severity ?? event.severity));
    const paces = isFiring(event) ? own.flatMap(({ remind = [] }) => remind) : [];
    if (severity === event.severity && paces.length === 0) continue;
    terms.set(name, {
      ...(severity !== event.severity && { severity }),
      ...(paces.length > 0 && { remind: Math.min(...paces) }),
    });
  }
  return terms;
}

interface Told {
  readonly event: RelayEvent;
  readonly terms?: ReadonlyMap<string, Terms> | undefined;
}

/** The event as one receiver gets it. */
export function asSentTo(receiver: string, { event, terms }: Told): RelayEvent {
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
  const termsFor = (name: string): Terms => told.terms?.get(name) ?? {};
  const groups = Map.groupBy(receivers, (name) => JSON.stringify(termsFor(name)));
  return [...groups.values()].flatMap((names) =>
    names.slice(0, 1).map((first) => {
      const { severity: _, ...terms } = termsFor(first);
      return { ...terms, event: asSentTo(first, told), receivers: names };
    }),
  );
}

/** Who is told again of the alerts among some events while they fire, and how often, in seconds; nothing where nobody is. */
export function remindersGiven(told: readonly Told[]): {
  readonly reminded?: readonly { readonly event: string; readonly receiver: string; readonly seconds: number }[];
} {
  const reminded = told.flatMap(({ event, terms }) =>
    [...(terms ?? [])].flatMap(([receiver, { remind }]) =>
      remind === undefined ? [] : [{ event: event.id, receiver, seconds: remind / 1_000 }],
    ),
  );
  return reminded.length === 0 ? {} : { reminded };
}
