import type { Answer } from './delivery/answer.ts';
import type { DeadLetter, Delivery } from './delivery/delivery.ts';
import type { ClaimWish, LedgerEntry } from './delivery/ledger.ts';

/** Holds messages durably until somebody has dealt with them. Rejects with a StorageError. */
export interface Queue<Message> {
  /** Resolves once the message is stored. It becomes visible after `delaySeconds` (whole, at most 7 days). */
  send(message: Message, delaySeconds?: number): Promise<void>;
  /** Resolves if the queue can be reached. */
  check(): Promise<void>;
}

export type Claim =
  | {
      readonly kind: 'claimed';
      readonly entry: LedgerEntry;
      /** Writes the outcome, unless somebody took the claim over. */
      record(entry: LedgerEntry): Promise<void>;
    }
  | { readonly kind: 'settled'; readonly entry: LedgerEntry }
  | { readonly kind: 'leased'; readonly until: string };

/** One entry per event and receiver; claims are atomic across instances. Rejects with a StorageError. */
export interface Ledger {
  claim(wish: ClaimWish): Promise<Claim>;
  check(): Promise<void>;
}

/** Keeps bodies that could not be read, for people to look at. Rejects with a StorageError. */
export interface Rejected {
  keep(
    bytes: Uint8Array,
    about: { readonly id: string; readonly receivedAt: string; readonly source: string; readonly reason: string },
  ): Promise<void>;
  /** Deletes what is older; resolves with how many. `now` is in milliseconds. */
  clean(olderThanDays: number, now: number): Promise<number>;
}

/** Puts a payload on the wire once: no retries, no redirects, an answer within 10 s. Never rejects. */
export type Transport = (url: string, payload: unknown) => Promise<Answer>;

interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

/** Everything that the relay needs from outside. */
export interface Ports {
  readonly deliveries: Queue<Delivery>;
  readonly deadLetters: Queue<DeadLetter>;
  readonly ledger: Ledger;
  readonly rejected: Rejected;
  readonly transports: Readonly<Record<'slack-webhook' | 'teams-workflow', Transport>>;
  readonly clock: Clock;
  /** In [0, 1). */
  random(): number;
}
