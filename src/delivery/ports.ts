import type { Receiver } from '../destinations/receiver.ts';
import type { TransportName } from '../destinations/registry.ts';
import type { Post, SignIn, Transport } from '../destinations/transport.ts';
import type { QueueMessage } from './rules/delivery.ts';
import type { Sight } from './rules/sight.ts';

/** Holds messages durably until somebody has dealt with them. Rejects with a StorageError. */
export interface Queue<Message> {
  /** Resolves once the message is stored. It becomes visible after `delaySeconds` (whole, at most 7 days). */
  send(message: Message, delaySeconds?: number): Promise<void>;
  /** Resolves if the queue can be reached. */
  check(): Promise<void>;
  /** Of the message that has been in sight for longest: its id and when it was put in (milliseconds). Undefined where none is. */
  oldest(): Promise<{ readonly id: string; readonly since: number } | undefined>;
}

/** A message that the platform gave up. It is out of others' sight for minutes, and back unless it is removed. */
export interface GivenUp {
  /** As it lies there: somebody else may have put it into the queue, and not in Base64. */
  readonly text: string;
  remove(): Promise<void>;
}

/** The queue beside the queue, which the platform puts into what it gave up. Rejects with a StorageError. */
export interface Poison {
  /** Some of its messages; none where there are none, or no such queue. */
  take(): Promise<readonly GivenUp[]>;
}

/** One row of the ledger, as it is stored. */
export interface Row {
  readonly key: string;
  /** Changes with every write. */
  readonly etag: string;
  /** JSON. What is read back from storage is parsed by whoever reads it. */
  readonly value: unknown;
  /** ISO, UTC, by the storage's clock. */
  readonly changedAt: string;
}

/** insert: refused where there is a row; replace: refused where it has changed; put: whatever is there. */
export type Change =
  | { readonly kind: 'insert' | 'put'; readonly key: string; readonly value: unknown }
  | { readonly kind: 'replace'; readonly key: string; readonly value: unknown; readonly etag: string }
  | { readonly kind: 'delete'; readonly key: string };

/** Keys from `from` (included) to `to` (excluded), changed at or after `since` (ISO). */
export interface Range {
  readonly from: string;
  readonly to: string;
  readonly since?: string;
  /** Rows a page at most; without it 100. Whoever asks for more knows that they are small, or keeps little of each. */
  readonly page?: number;
}

/**
 * What the relay remembers: rows in partitions, one partition for each receiver. Keys are of letters, digits, `-`, `_`,
 * `.`, `:` and `~`. Rejects with a StorageError.
 */
export interface Ledger {
  read(partition: string, key: string): Promise<Row | undefined>;
  /** All of up to 100 changes or none. Resolves with the new etags by key; "conflict" where one was refused. */
  write(partition: string, changes: readonly Change[]): Promise<ReadonlyMap<string, string> | 'conflict'>;
  /** Page by page, in the order of the keys. */
  list(partition: string, range: Range): AsyncIterable<readonly Row[]>;
  /** Deletes every row whose key begins with the prefix and that was last changed before `before` (ISO). */
  clean(prefix: string, before: string): Promise<number>;
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

/** Looks at machines of scale sets (ARM ids). Never rejects, and ends within half a minute. */
export interface MachineReader {
  /** `final`: the next look will find no more. `reason`: one word, of our own or Azure's. */
  look(setId: string): Promise<Sight | { readonly unread: { readonly reason: string; readonly final: boolean } }>;
  /** The counts within which its autoscale setting keeps it; undefined where that is not known. */
  limits(setId: string): Promise<{ readonly minimum: number; readonly maximum: number } | undefined>;
}

interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Resolves once so many milliseconds have gone by. */
  wait(milliseconds: number): Promise<unknown>;
}

/** Everything that the relay needs from outside. */
export interface Ports {
  readonly deliveries: Queue<QueueMessage>;
  readonly poison: Poison;
  readonly ledger: Ledger;
  readonly rejected: Rejected;
  readonly transports: Readonly<Record<TransportName, Transport>>;
  /** Who the relay is to receivers that want to know; undefined where it is nobody. */
  readonly signIn?: SignIn;
  /** By which somebody who has pressed a button is told what came of it; undefined where nobody can be. */
  readonly answer?: Post;
  /** Whether Teams itself calls the bot of a receiver, by its token. Rejects with a KeysError. Undefined where nobody can tell. */
  readonly calledByTeams?: (
    receiver: Pick<Receiver, 'url' | 'bot'>,
    token: string,
    service: string,
  ) => Promise<boolean>;
  readonly clock: Clock;
  /** In [0, 1). */
  random(): number;
}
