import type { Change, GivenUp, Ledger, Poison, Ports, Queue, Range, Rejected, Row } from '../../src/delivery/ports.ts';
import type { QueueMessage } from '../../src/delivery/rules/delivery.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { StorageError } from '../../src/problems/errors.ts';

/** A message in the queue, as a host sees it. */
export interface Queued<Message> {
  readonly id: string;
  readonly message: Message;
  /** Milliseconds since 1970. */
  visibleAt: number;
  dequeueCount: number;
}

/** A queue in memory that remembers with which delay each message came. Passes the same contract as the real one. */
export class MemoryQueue<Message> implements Queue<Message> {
  readonly sent: { readonly message: Message; readonly delay: number }[] = [];
  /** What nobody has dealt with yet. */
  readonly waiting: Queued<Message>[] = [];
  readonly #now: () => number;
  /** While true, every call fails as storage does when it is down. */
  down = false;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  async send(message: Message, delaySeconds = 0): Promise<void> {
    if (this.down) throw new StorageError('the queue did not take the message', 'no answer');
    const copy = structuredClone(message);
    this.sent.push({ message: copy, delay: delaySeconds });
    const visibleAt = this.#now() + delaySeconds * 1000;
    this.waiting.push({ id: `message-${this.sent.length}`, message: copy, visibleAt, dequeueCount: 0 });
  }

  /** The message that becomes visible first. */
  next(): Queued<Message> | undefined {
    return this.waiting.reduce<Queued<Message> | undefined>(
      (first, each) => (first === undefined || each.visibleAt < first.visibleAt ? each : first),
      undefined,
    );
  }

  delete(queued: Queued<Message>): void {
    const at = this.waiting.indexOf(queued);
    if (at >= 0) this.waiting.splice(at, 1);
  }

  async check(): Promise<void> {
    if (this.down) throw new StorageError('the queue cannot be reached', 'no answer');
  }

  async oldest() {
    if (this.down) throw new StorageError('the queue cannot be looked into', 'no answer');
    const first = this.next();
    return first === undefined || first.visibleAt > this.#now() ? undefined : { id: first.id, since: first.visibleAt };
  }
}

/** What a host gave up, in memory. Passes the same contract as the real one. */
class MemoryPoison implements Poison {
  readonly texts: string[] = [];

  /** As the host moves a message of the relay. */
  give(message: unknown): void {
    this.texts.push(Buffer.from(JSON.stringify(message)).toString('base64'));
  }

  async take(): Promise<readonly GivenUp[]> {
    return this.texts.slice(0, 32).map((text) => ({
      text,
      remove: async () => void this.texts.splice(this.texts.indexOf(text), 1),
    }));
  }
}

/** A ledger in memory. Passes the same contract as the real one. */
export class MemoryLedger implements Ledger {
  readonly #partitions = new Map<string, Map<string, Row>>();
  readonly #now: () => number;
  /** By partition and key, how often a row was written: what happens to one row does not show in the etags of others. */
  readonly #versions = new Map<string, number>();
  /** While true, every call fails as storage does when it is down. */
  down = false;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The rows of a partition whose keys begin so. */
  rows(partition: string, prefix = ''): readonly Row[] {
    return [...(this.#partitions.get(partition)?.values() ?? [])]
      .filter(({ key }) => key.startsWith(prefix))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async read(partition: string, key: string): Promise<Row | undefined> {
    this.#reached();
    return structuredClone(this.#partitions.get(partition)?.get(key));
  }

  async write(partition: string, changes: readonly Change[]): Promise<ReadonlyMap<string, string> | 'conflict'> {
    this.#reached();
    const rows = this.#partitions.get(partition) ?? new Map<string, Row>();
    if (changes.some((change) => !allows(rows.get(change.key), change))) return 'conflict';
    this.#partitions.set(partition, rows);
    const etags = new Map<string, string>();
    for (const change of changes) {
      if (change.kind === 'delete') {
        rows.delete(change.key);
        etags.set(change.key, '');
        continue;
      }
      const row = `${partition} ${change.key}`;
      const version = (this.#versions.get(row) ?? 0) + 1;
      this.#versions.set(row, version);
      const etag = `v${version}`;
      const value: unknown = JSON.parse(JSON.stringify(change.value));
      rows.set(change.key, { key: change.key, etag, value, changedAt: new Date(this.#now()).toISOString() });
      etags.set(change.key, etag);
    }
    return etags;
  }

  async *list(partition: string, { from, to, since = '', page }: Range): AsyncIterable<readonly Row[]> {
    this.#reached();
    const found = this.rows(partition).filter(({ key, changedAt }) => key >= from && key < to && changedAt >= since);
    const most = page ?? Math.max(1, found.length);
    for (let at = 0; at < found.length; at += most) yield structuredClone(found.slice(at, at + most));
  }

  async clean(prefix: string, before: string): Promise<number> {
    this.#reached();
    let deleted = 0;
    for (const rows of this.#partitions.values()) {
      for (const [key, { changedAt }] of rows) {
        if (key.startsWith(prefix) && changedAt < before) deleted += rows.delete(key) ? 1 : 0;
      }
    }
    return deleted;
  }

  async check(): Promise<void> {
    this.#reached();
  }

  #reached(): void {
    if (this.down) throw new StorageError('the ledger did not answer', 'no answer');
  }
}

function allows(row: Row | undefined, change: Change): boolean {
  switch (change.kind) {
    case 'insert':
      return row === undefined;
    case 'put':
      return true;
    case 'replace':
      return row?.etag === change.etag;
    case 'delete':
      return row !== undefined;
  }
}

/** Rejected bodies in memory. */
class MemoryRejected implements Rejected {
  readonly kept: { readonly text: string; readonly about: Parameters<Rejected['keep']>[1] }[] = [];

  async keep(bytes: Uint8Array, about: Parameters<Rejected['keep']>[1]): Promise<void> {
    this.kept.push({ text: Buffer.from(bytes).toString('utf8'), about });
  }

  async clean(olderThanDays: number, now: number): Promise<number> {
    const oldest = new Date(now - olderThanDays * 86_400_000).toISOString();
    const old = this.kept.filter(({ about }) => about.receivedAt < oldest);
    for (const each of old) this.kept.splice(this.kept.indexOf(each), 1);
    return old.length;
  }
}

export type MemoryPorts = ReturnType<typeof memoryPorts>;

/** Storage in memory, real transports, and a clock that tests set. */
export function memoryPorts() {
  const time = { now: Date.parse('2026-11-20T14:05:09.000Z') };
  return {
    deliveries: new MemoryQueue<QueueMessage>(() => time.now),
    poison: new MemoryPoison(),
    ledger: new MemoryLedger(() => time.now),
    rejected: new MemoryRejected(),
    transports: transportsWithin('local'),
    clock: {
      now: () => time.now,
      wait: async (milliseconds: number) => {
        time.now += milliseconds;
      },
    },
    random: () => 0.5,
    time,
  } satisfies Ports & { time: { now: number } };
}
