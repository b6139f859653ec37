import { hash } from 'node:crypto';
import type { Change } from '../../src/delivery/ports.ts';
import type { QueueMessage } from '../../src/delivery/rules/delivery.ts';
import type { RelayParts } from '../../src/relay/parts.ts';
import { MemoryLedger } from '../support/ports.ts';

export type Parts = Omit<RelayParts, 'ports'>;

/** A message in the queue. */
export interface Queued {
  /** Says who sent it, and as which of theirs: messages of two instances have the same ids whoever was first. */
  readonly id: string;
  readonly message: QueueMessage;
  readonly name: string;
  /** Milliseconds since 1970. */
  visibleAt: number;
  /** The instance that has it in hand. */
  holder: number | undefined;
}

/** What all instances share: the queue, the ledger, the time. */
export class Storage {
  now: number;
  readonly ledger: MemoryLedger;
  readonly queue: Queued[] = [];
  /** Ids of the digests that were queued. */
  readonly digests = new Set<string>();
  readonly #sent = new Map<number, number>();
  readonly #marks = new Map<string, string>();

  constructor(now: number) {
    this.now = now;
    this.ledger = new MemoryLedger(() => this.now);
  }

  send(by: number, message: QueueMessage, delaySeconds: number): void {
    const count = (this.#sent.get(by) ?? 0) + 1;
    this.#sent.set(by, count);
    if ('event' in message && message.event.kind === 'digest') this.digests.add(message.event.id);
    const name = hash('sha1', JSON.stringify(message), 'base64').slice(0, 14);
    const visibleAt = this.now + delaySeconds * 1_000;
    this.queue.push({ id: `${by}.${count}`, message, name, visibleAt, holder: undefined });
  }

  delete(queued: Queued): void {
    const at = this.queue.indexOf(queued);
    if (at >= 0) this.queue.splice(at, 1);
  }

  async write(partition: string, changes: readonly Change[]): Promise<ReadonlyMap<string, string> | 'conflict'> {
    const done = await this.ledger.write(partition, changes);
    if (done === 'conflict') return done;
    for (const change of changes) {
      const row = `${partition} ${change.key}`;
      if (change.kind === 'delete') this.#marks.delete(row);
      else {
        const text = `${row} ${done.get(change.key)} ${this.now} ${JSON.stringify(change.value)}`;
        this.#marks.set(row, hash('sha1', text, 'base64').slice(0, 14));
      }
    }
    return done;
  }

  /** A name of what a row holds. */
  marks(partition: string, key: string): string {
    return this.#marks.get(`${partition} ${key}`) ?? '';
  }

  /** All that can make a difference to who reads it, as text. */
  get contents(): string {
    const queue = this.queue.map(({ id, name, visibleAt, holder }) => `${id} ${name} ${visibleAt} ${holder ?? ''}`);
    return `${this.now}|${queue.sort()}|${[...this.#marks.values()].sort()}|${[...this.#sent]}`;
  }
}
