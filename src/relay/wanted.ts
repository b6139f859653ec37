import { isMeantBy } from '../delivery/find.ts';
import type { LedgerEntry } from '../delivery/rules/ledger.ts';
import type { RelayEvent } from '../event/event.ts';
import { outline, titled } from '../event/outline.ts';

/** What of an event is asked for. Text is looked for in whatever case. */
export interface EventWish {
  readonly kind?: string | undefined;
  readonly severity?: string | undefined;
  readonly source?: string | undefined;
  readonly environment?: string | undefined;
  /** In the name, the group or the ARM id of its resource. */
  readonly resource?: string | undefined;
  /** In what it tells, its names and ids, its receiver, and why it was not told. */
  readonly text?: string | undefined;
}

/** Whether a delivery is of an event that is asked for; undefined where any is. */
export function wantedBy(wish: EventWish): ((entry: LedgerEntry) => boolean) | undefined {
  const { kind, severity, source, environment } = wish;
  const [resource, text] = [wish.resource?.toLowerCase(), wish.text?.toLowerCase()];
  if ([kind, severity, source, environment, resource, text].every((each) => each === undefined)) return undefined;
  return (entry) => {
    const { event } = entry;
    return (
      (kind === undefined || event.kind === kind) &&
      (severity === undefined || event.severity === severity) &&
      (source === undefined || event.source === source) &&
      (environment === undefined || event.environment === environment) &&
      (resource === undefined || holds(placeOf(event), resource)) &&
      (text === undefined || holds(saidOf(entry), text) || isMeantBy(entry, text))
    );
  };
}

const holds = (parts: readonly (string | undefined)[], text: string): boolean =>
  parts.some((part) => part?.toLowerCase().includes(text));

const placeOf = ({ resource: { name, group, id } }: RelayEvent) => [name, group, id];

function saidOf({ event, receiver, reason, digest }: LedgerEntry): readonly (string | undefined)[] {
  const told = outline(event);
  const said = [told.state, titled(told), told.figure, event.id, event.story, event.environment, event.source];
  return [...placeOf(event), ...said, receiver, reason, digest];
}
