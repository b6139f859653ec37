import { type Destination, type InboxMessage, keyOf } from './message.ts';

/** One event as a reader sees it: what Slack got and what Teams got. */
export interface Row {
  readonly key: string;
  readonly event: string;
  readonly startedAt: number;
  readonly messages: Partial<Record<Destination, InboxMessage>>;
}

const NEAR_MS = 2 * 60_000;

const at = (message: InboxMessage): number => Date.parse(message.receivedAt);

const fits = (row: Row, message: InboxMessage): boolean =>
  row.event === message.event &&
  row.messages[message.destination] === undefined &&
  Math.abs(at(message) - row.startedAt) <= NEAR_MS;

/** Newest event first. A row keeps its place when its second message comes late. */
export function rowsOf(messages: readonly InboxMessage[]): readonly Row[] {
  const rows: Row[] = [];
  for (const message of messages.toSorted((a, b) => a.id - b.id)) {
    const row = rows.find((candidate) => fits(candidate, message));
    if (row) row.messages[message.destination] = message;
    else {
      const messages = { [message.destination]: message };
      rows.push({ key: keyOf(message), event: message.event, startedAt: at(message), messages });
    }
  }
  return rows.reverse();
}
