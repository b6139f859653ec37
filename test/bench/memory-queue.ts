import type { Queue } from '../../src/delivery/ports.ts';
import type { QueueMessage } from '../../src/delivery/rules/delivery.ts';

// So many at once: what Azure's host is told to do by host.json is 24; a queue without storage behind has no such need.
const AT_ONCE = 64;

/** A queue in memory that hands on what it gets, at once or after its delay, to whoever deals with messages. */
export class MemoryPump implements Queue<QueueMessage> {
  readonly #waiting: QueueMessage[] = [];
  #running = 0;
  #count = 0;
  /** Deals with one message. */
  handler: (message: unknown, owner: string) => Promise<unknown> = async () => undefined;

  async send(message: QueueMessage, delaySeconds = 0): Promise<void> {
    // As text, as a real queue has it.
    const copy = JSON.parse(JSON.stringify(message)) as QueueMessage;
    if (delaySeconds > 0) setTimeout(() => this.#take(copy), delaySeconds * 1_000);
    else this.#take(copy);
  }

  async check(): Promise<void> {}

  async oldest(): Promise<undefined> {}

  #take(message: QueueMessage): void {
    this.#waiting.push(message);
    this.#next();
  }

  #next(): void {
    while (this.#running < AT_ONCE) {
      const message = this.#waiting.shift();
      if (message === undefined) return;
      this.#running += 1;
      this.#count += 1;
      void this.handler(message, `message-${this.#count}`).finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }
}
