import type { Queue } from '../../../src/delivery/ports.ts';
import type { QueueMessage } from '../../../src/delivery/rules/delivery.ts';
import { MemoryLedger, memoryPorts } from '../../support/ports.ts';

interface Waiting {
  readonly message: QueueMessage;
  readonly visibleAt: number;
  readonly id: string;
}

/** A queue in memory whose messages come into sight by a clock that is set by hand. */
class HandQueue implements Queue<QueueMessage> {
  #waiting: Waiting[] = [];
  #count = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  async send(message: QueueMessage, delaySeconds = 0): Promise<void> {
    this.#count += 1;
    const visibleAt = this.#now() + delaySeconds * 1_000;
    this.#waiting.push({ message: structuredClone(message), visibleAt, id: `message-${this.#count}` });
  }

  async check(): Promise<void> {}

  async oldest(): Promise<undefined> {}

  /** When the next message comes into sight, in milliseconds; undefined where none waits. */
  get next(): number | undefined {
    return this.#waiting.length === 0 ? undefined : Math.min(...this.#waiting.map(({ visibleAt }) => visibleAt));
  }

  /** Takes out what is in sight now. */
  take(): readonly Waiting[] {
    const inSight = this.#waiting.filter(({ visibleAt }) => visibleAt <= this.#now());
    this.#waiting = this.#waiting.filter(({ visibleAt }) => visibleAt > this.#now());
    return inSight;
  }
}

/** Ports with storage in memory and real transports, whose time passes only when it is told to. */
export function handPorts(start: number) {
  const time = { now: start };
  const now = () => time.now;
  const deliveries = new HandQueue(now);
  const wait = async (milliseconds: number) => {
    time.now += milliseconds;
  };
  return { ...memoryPorts(), deliveries, ledger: new MemoryLedger(now), clock: { now, wait }, time };
}
