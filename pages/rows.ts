import type { Chosen } from './filter.ts';
import { type Destination, type InboxMessage, keyOf, oneLine } from './message.ts';

/** One event as a reader sees it: what Slack got and what Teams got. */
export interface Row {
  readonly key: string;
  readonly event: string;
  readonly startedAt: number;
  readonly messages: Partial<Record<Destination, InboxMessage>>;
  /** Whether a row before it is of the same event: several receivers are of one type. */
  readonly isMore?: boolean;
}

const NEAR_MS = 2 * 60_000;

const at = (message: InboxMessage): number => Date.parse(message.receivedAt);

const isSame = (row: Row, message: InboxMessage): boolean =>
  row.event === message.event && Math.abs(at(message) - row.startedAt) <= NEAR_MS;

/** Each chat has a digest of its own, with an id of its own: what says the same at the same time is one to its reader. */
const isTwin = (row: Row, message: InboxMessage): boolean =>
  message.about === undefined &&
  Math.abs(at(message) - row.startedAt) <= NEAR_MS &&
  Object.values(row.messages).every((other) => other.about === undefined && oneLine(other) === oneLine(message));

const hasRoom = (row: Row, message: InboxMessage): boolean =>
  (isSame(row, message) || isTwin(row, message)) && row.messages[message.destination] === undefined;

/** Newest event first. A row keeps its place when its second message comes late. */
export function rowsOf(messages: readonly InboxMessage[]): readonly Row[] {
  const rows: Row[] = [];
  for (const message of messages.toSorted((a, b) => a.id - b.id)) {
    const row = rows.find((candidate) => hasRoom(candidate, message));
    if (row) row.messages[message.destination] = message;
    else {
      const messages = { [message.destination]: message };
      const isMore = rows.some((other) => isSame(other, message));
      rows.push({ key: keyOf(message), event: message.event, startedAt: at(message), messages, isMore });
    }
  }
  return rows.reverse();
}

/** Whether a row has a message of the chosen kind in the chosen chat. */
export const fits = ({ messages }: Row, { kind, chat }: Chosen<'kind' | 'chat'>): boolean =>
  Object.values(messages).some(
    ({ destination, about }) => (chat === '' || destination === chat) && (kind === '' || about?.kind === kind),
  );
