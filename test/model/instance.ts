import { hash } from 'node:crypto';
import type { Change, Ports, Range, Row } from '../../src/delivery/ports.ts';
import { STATE } from '../../src/delivery/rules/keys.ts';
import { StorageError } from '../../src/problems/errors.ts';
import { createRelay, type Relay } from '../../src/relay/relay.ts';
import { everyTransport } from '../support/transports.ts';
import type { Parts, Queued, Storage } from './storage.ts';
import type { Sent } from './witness.ts';

/** Short name of a text, for states to be told apart by. */
export const nameOf = (text: string): string => hash('sha1', text, 'base64').slice(0, 14);

/** A call of an instance to the outside that waits until it is its turn. */
export interface Op {
  readonly kind: 'read' | 'list' | 'write' | 'queue' | 'post' | 'delete' | 'wake';
  readonly what: string;
  /** When it was made, in milliseconds. */
  readonly since: number;
  /** Does it; resolves with a name of what came of it. */
  run(): Promise<string>;
}

/** `body`: without it, that of a webhook. */
interface Answered {
  readonly status: number;
  readonly retryAfter?: string;
  readonly body?: string | undefined;
}

/** What a chat answers, and the storage that all instances share. */
export interface Outside {
  readonly storage: Storage;
  readonly parts: Parts;
  answer(instance: Instance, receiver: string, id: string, payload: unknown): Answered;
}

/** Seconds until a message is back that somebody failed with, or died of. */
export const BACK_MILLISECONDS = 30_000;

/** A process that runs the relay. Whatever it calls waits in `pending`. */
export class Instance {
  readonly index: number;
  readonly relay: Relay;
  readonly pending: Op[] = [];
  /** Pauses of the product, until then. */
  readonly waiting: { readonly until: number; readonly go: () => void }[] = [];
  readonly hand = new Set<Queued>();
  /** What it posted, or queued as the digest of others, since it had nothing in hand. */
  readonly sent: Sent[] = [];
  /** By how much its clock is wrong, in milliseconds. */
  skew: number;
  fault: unknown;
  onDeath: () => void = () => undefined;
  #work = 0;
  #dead = false;
  /** What it saw since it had nothing to do; before that, it remembers no more than `#known`. */
  #seen = '';
  readonly #known = new Map<string, string>();
  readonly #outside: Outside;

  constructor(index: number, skew: number, outside: Outside) {
    this.index = index;
    this.skew = skew;
    this.#outside = outside;
    this.relay = createRelay({ ...outside.parts, ports: this.#ports() });
  }

  now(): number {
    return this.#outside.storage.now + this.skew;
  }

  get isIdle(): boolean {
    return this.#work === 0;
  }

  /** All that can make a difference to what it does next, as text. */
  get mind(): string {
    const { now } = this.#outside.storage;
    const ops = this.pending.map(({ what, since }) => `${what}@${now - since}`);
    const waits = this.waiting.map(({ until }) => until - now);
    const known = [...this.#known].sort().join(',');
    return `${this.skew}|${ops}|${waits}|${this.#seen}|${known}|${[...this.hand].map(({ id }) => id)}`;
  }

  /** Does something that is under way until it has ended, whatever it waits for. */
  begin(what: string, work: () => Promise<unknown>): void {
    this.#work += 1;
    this.#see(`begin ${what}`);
    void work()
      .catch((error: unknown) => {
        this.fault ??= error;
      })
      .finally(() => {
        this.#work -= 1;
        if (this.#work > 0) return;
        this.#seen = '';
        this.sent.length = 0;
      });
  }

  /** Takes a message of the queue in hand, and deletes it once it is dealt with. */
  take(queued: Queued): void {
    const { storage } = this.#outside;
    this.hand.add(queued);
    queued.holder = this.index;
    this.begin(queued.id, async () => {
      try {
        await this.relay.deliver(queued.message, queued.id);
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        this.#giveBack(queued);
        return;
      }
      await this.#call('delete', queued.id, async () => ({ value: storage.delete(queued), seen: '' }));
      this.hand.delete(queued);
    });
  }

  /** Runs the call that has waited for longest; resolves once it is done. */
  async run(op: Op): Promise<void> {
    this.pending.splice(this.pending.indexOf(op), 1);
    const came = await op.run();
    this.#see(`${op.what} ${came} ${this.now()}`);
  }

  /** Pauses that are over go on at their turn. */
  wake(): void {
    const { now } = this.#outside.storage;
    for (const each of this.waiting.filter(({ until }) => until <= now)) {
      this.waiting.splice(this.waiting.indexOf(each), 1);
      this.pending.push({
        kind: 'wake',
        what: 'wake',
        since: now,
        run: async () => {
          each.go();
          return '';
        },
      });
    }
  }

  /** Nothing that it waits for ever comes; what it had in hand comes back by itself. */
  die(): void {
    this.#dead = true;
    this.onDeath();
    for (const queued of this.hand) this.#giveBack(queued);
  }

  #giveBack(queued: Queued): void {
    this.hand.delete(queued);
    queued.holder = undefined;
    queued.visibleAt = this.#outside.storage.now + BACK_MILLISECONDS;
  }

  #see(text: string): void {
    this.#seen = nameOf(this.#seen + text);
  }

  #call<T>(
    kind: Op['kind'],
    what: string,
    work: () => Promise<{ readonly value: T; readonly seen: string }>,
  ): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<T>();
    if (this.#dead) return promise;
    this.pending.push({
      kind,
      what: `${kind} ${what}`,
      since: this.#outside.storage.now,
      run: async () => {
        const { value, seen } = await work();
        resolve(value);
        return seen;
      },
    });
    return promise;
  }

  /** What the desk remembers of a receiver's state: the one that it read or wrote last. */
  #knows(partition: string, seen: string): void {
    this.#known.set(partition, `${seen} ${this.now()}`);
  }

  #ports(): Ports {
    const { storage } = this.#outside;
    const { ledger } = storage;
    const nobody = async () => undefined;
    const post = (name: string, id: string, payload: unknown) =>
      this.#call('post', `${name} ${id}`, async () => {
        const { status, retryAfter, body = status === 200 ? 'ok' : '' } = this.#outside.answer(this, name, id, payload);
        this.sent.push({ receiver: name, id, isQueued: false });
        const answer = { kind: 'answered', status, body, retryAfter } as const;
        return { value: answer, seen: `${status} ${body}` };
      });
    const transport: Ports['transports']['slack-webhook'] = ({ url }, payload, id) =>
      post(url.slice(url.lastIndexOf('/') + 1), id, payload);
    return {
      deliveries: {
        send: (message, delay = 0) => {
          const what = nameOf(JSON.stringify(message) + delay);
          return this.#call('queue', what, async () => {
            if ('event' in message && message.event.kind === 'digest')
              this.sent.push(
                ...message.receivers.map((receiver) => ({ receiver, id: message.event.id, isQueued: true })),
              );
            return { value: storage.send(this.index, message, delay), seen: '' };
          });
        },
        check: nobody,
        oldest: nobody,
      },
      ledger: {
        read: (partition, key) =>
          this.#call('read', `${partition} ${key}`, async () => {
            const value = await ledger.read(partition, key);
            const seen = storage.marks(partition, key);
            if (key === STATE) this.#knows(partition, seen);
            return { value, seen };
          }),
        write: (partition, changes) =>
          this.#call('write', `${partition} ${changes.map(changeOf)}`, async () => {
            const value = await storage.write(partition, changes);
            const isState = value !== 'conflict' && changes.some(({ key }) => key === STATE);
            if (isState) this.#knows(partition, storage.marks(partition, STATE));
            return { value, seen: value === 'conflict' ? value : '' };
          }),
        list: (partition, range) => this.#list(partition, range),
        clean: async () => 0,
        check: nobody,
      },
      poison: { take: async () => [] },
      rejected: { keep: nobody, clean: async () => 0 },
      transports: everyTransport(() => transport),
      clock: {
        now: () => this.now(),
        wait: (milliseconds) =>
          new Promise((go) => {
            this.waiting.push({ until: storage.now + milliseconds, go: () => go(undefined) });
            // Where it is over already, time need not go on for it.
            this.wake();
          }),
      },
      random: () => 0,
    };
  }

  async *#list(partition: string, range: Range) {
    const { storage } = this.#outside;
    yield* await this.#call('list', `${partition} ${range.from}`, async () => {
      const value: (readonly Row[])[] = [];
      for await (const page of storage.ledger.list(partition, range)) value.push(page);
      const rows = value.flat().map(({ key }) => storage.marks(partition, key));
      return { value, seen: nameOf(rows.join()) };
    });
  }
}

const changeOf = (change: Change): string =>
  `${change.kind} ${change.key} ${'etag' in change ? change.etag : ''} ${'value' in change ? nameOf(JSON.stringify(change.value)) : ''}`;
