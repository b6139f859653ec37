import type { LedgerEntry } from '../delivery/rules/ledger.ts';
import type { RelayEvent } from '../event/event.ts';
import { shownId } from '../event/identity.ts';
import { outline, titled } from '../event/outline.ts';
import type { ShownEvent } from './ui/answers.ts';

/** An event in brief, as lists show it. */
export function shownEvent(event: RelayEvent): ShownEvent {
  const { id, kind, source, severity, occurredAt, environment, resource } = event;
  const { state, figure, ...named } = outline(event);
  return {
    ...{ id, short: shownId(event), kind, source, severity, occurredAt, environment },
    resource: resource.name,
    told: state,
    // What a deployment is brought to is part of its name.
    subject: kind === 'deployment' ? titled(named) : named.subject,
    figure,
  };
}

/** A delivery as operators see it: the event in brief, and everything about its tries. */
export const shown = ({ event, owner: _, leaseUntil: __, ...rest }: LedgerEntry) => ({
  ...rest,
  event: shownEvent(event),
});
