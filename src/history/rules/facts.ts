import type { LedgerEntry } from '../../delivery/rules/ledger.ts';
import type { RelayEvent } from '../../event/event.ts';
import { isTest } from '../../event/test-mark.ts';

/** What became of an event at one receiver. */
interface Outcome {
  readonly at: number;
  readonly receiver: string;
  readonly environment: string | undefined;
  readonly came: 'sent' | 'bundled' | 'held' | 'silenced' | 'dead' | 'overtaken';
}

/** An event, once, whoever was told of it. */
export interface Fact {
  /** When it was accepted, in milliseconds: the day of this time is its day. */
  readonly at: number;
  readonly event: RelayEvent;
}

/** What rows of the ledger say, each thing with the time of the day that it belongs to. */
export class Facts {
  readonly outcomes: Outcome[] = [];
  readonly #events = new Map<string, Fact & { readonly receiver: string }>();
  readonly #isWanted: (at: number) => boolean;

  constructor(isWanted: (at: number) => boolean) {
    this.#isWanted = isWanted;
  }

  /** The events in the order of their own times. */
  get events(): readonly Fact[] {
    return [...this.#events.values()].sort(
      (a, b) => compared(a.event.occurredAt, b.event.occurredAt) || compared(a.event.id, b.event.id),
    );
  }

  add(entry: LedgerEntry): void {
    const { event, receiver } = entry;
    const at = Date.parse(entry.acceptedAt ?? event.occurredAt);
    if (!this.#isWanted(at) || isTest(event)) return;
    const environment = event.environment || undefined;
    for (const came of cameOf(entry)) this.outcomes.push({ at, receiver, environment, came });
    // A route may tell it as more or less severe: which row speaks for the event must not hang on who is read first.
    const known = this.#events.get(event.id);
    if (isNews(event) && (known === undefined || receiver < known.receiver))
      this.#events.set(event.id, { at, receiver, event });
  }
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Not what the relay itself makes of events: digests, reviews, reminders, what became of machines. */
const isNews = (event: RelayEvent): boolean =>
  event.kind !== 'digest' &&
  event.kind !== 'review' &&
  !(event.kind === 'alert' && event.still !== undefined) &&
  !(event.kind === 'scale' && event.machines !== undefined);

/** Partitions of what nobody was told have names that no receiver can have. */
const isReceiver = (name: string): boolean => !name.startsWith('~');

function cameOf({ receiver, state, reason = '', digest }: LedgerEntry): readonly Outcome['came'][] {
  if (!isReceiver(receiver)) return [];
  const left: readonly Outcome['came'][] = digest === undefined ? [] : ['bundled'];
  switch (state) {
    case 'sent':
      return digest === undefined ? ['sent'] : left;
    case 'quiet':
      return reason.startsWith('silence') ? ['silenced'] : ['held', ...left];
    case 'dead':
    case 'overtaken':
      return [state];
    default:
      return [];
  }
}
