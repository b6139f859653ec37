import type { LedgerEntry } from '../../delivery/rules/ledger.ts';
import type { EventOf, RelayEvent } from '../../event/event.ts';
import { isTest } from '../../event/test-mark.ts';
import { dayOf } from './day-count.ts';

type Came = 'sent' | 'bundled' | 'held' | 'silenced' | 'dead' | 'overtaken';

/** What became of so many events of a day at one receiver. */
interface Outcome {
  readonly day: string;
  readonly receiver: string;
  readonly environment: string | undefined;
  readonly came: Came;
  count: number;
}

/** An event, once, whoever was told of it. */
export interface Fact {
  /** When it was accepted, in milliseconds: the day of this time is its day. */
  readonly at: number;
  readonly event: RelayEvent;
}

/** What rows of the ledger say, each thing with the time of the day that it belongs to. */
export class Facts {
  readonly #outcomes = new Map<string, Outcome>();
  /** Scalings whose machines showed that their setting allows no more: once each. */
  readonly atLimit = new Map<string, { readonly at: number; readonly event: EventOf<'scale'> }>();
  readonly #events = new Map<string, Fact & { readonly receiver: string }>();
  readonly #isWanted: (at: number) => boolean;

  constructor(isWanted: (at: number) => boolean) {
    this.#isWanted = isWanted;
  }

  get outcomes(): Iterable<Outcome> {
    return this.#outcomes.values();
  }

  /** The events in the order of their own times. */
  inOrder(): readonly Fact[] {
    return [...this.#events.values()].sort(
      (a, b) => compared(a.event.occurredAt, b.event.occurredAt) || compared(a.event.id, b.event.id),
    );
  }

  add(entry: LedgerEntry): void {
    const { event, receiver } = entry;
    const at = Date.parse(entry.acceptedAt ?? event.occurredAt);
    if (!this.#isWanted(at) || isTest(event)) return;
    const environment = event.environment || undefined;
    for (const came of cameOf(entry)) this.#came({ day: dayOf(at), receiver, environment, came, count: 0 });
    if (event.kind === 'scale' && event.machines?.limit === 'maximum') this.atLimit.set(event.id, { at, event });
    // A route may tell it as more or less severe: which row speaks for the event must not hang on who is read first.
    const known = this.#events.get(event.id);
    if (isNews(event) && (known === undefined || receiver < known.receiver))
      this.#events.set(event.id, { at, receiver, event: slim(notLater(event, at)) });
  }

  #came(outcome: Outcome): void {
    const { day, receiver, environment = '', came } = outcome;
    const key = JSON.stringify([day, receiver, environment, came]);
    const known = this.#outcomes.get(key) ?? outcome;
    known.count += 1;
    this.#outcomes.set(key, known);
  }
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A sender's clock may be ahead: nothing happened after it was told. */
const notLater = (event: RelayEvent, at: number): RelayEvent =>
  Date.parse(event.occurredAt) > at ? { ...event, occurredAt: new Date(at).toISOString() } : event;

/** What of an event is counted: a day of them has to fit into memory. */
function slim(event: RelayEvent): RelayEvent {
  const { name, id } = event.resource;
  const bare = { ...event, links: [], resource: { name, ...(id !== undefined && { id }) }, properties: undefined };
  switch (bare.kind) {
    case 'alert':
      return { ...bare, description: undefined, dimensions: undefined };
    case 'deployment':
      return { ...bare, output: undefined, change: undefined };
    case 'scale':
      return { ...bare, reason: undefined };
    case 'custom':
      return { ...bare, text: undefined };
    case 'drift':
      return { ...bare, command: undefined, tags: undefined };
    default:
      return bare;
  }
}

/** Not what the relay itself makes of events: digests, reviews, reminders, what became of machines. */
const isNews = (event: RelayEvent): boolean =>
  event.kind !== 'digest' &&
  event.kind !== 'review' &&
  !(event.kind === 'alert' && event.still !== undefined) &&
  !(event.kind === 'scale' && event.machines !== undefined);

/** Partitions of what nobody was told have names that no receiver can have. */
const isReceiver = (name: string): boolean => !name.startsWith('~');

function cameOf({ receiver, state, reason = '', digest }: LedgerEntry): readonly Came[] {
  if (!isReceiver(receiver)) return [];
  const left: readonly Came[] = digest === undefined ? [] : ['bundled'];
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
