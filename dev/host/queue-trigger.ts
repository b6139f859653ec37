import { setTimeout as sleep } from 'node:timers/promises';
import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { messageIn, queueText } from '../../src/delivery/rules/queue-text.ts';
import { limit } from '../../src/outbound/http/limit.ts';
import { statusOf } from '../../src/outbound/storage/storage.ts';
import type { QueueSettings } from './host-settings.ts';

export interface QueueTrigger {
  readonly queue: QueueClient;
  /** `<queue>-poison`, where the host puts what failed too often, and at once what is no Base64. */
  readonly poison: QueueClient;
  readonly settings: QueueSettings;
  /** A throw means "again later". */
  readonly handler: (message: unknown, metadata: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly log: (line: string) => void;
}

// Azure's host keeps a message out of sight for minutes and renews that while the function runs. Here it is seconds,
// renewed as well, so that a relay that was killed is not missed for long.
const WINDOW_SECONDS = 6;
const RENEW_MILLISECONDS = 2_500;
const SHORTEST_POLL = 100;
// What begins as storage comes back is told five seconds later at most, also where a look at the queue began before that.
const LOOK_MILLISECONDS = 4_000;

/**
 * The queue trigger of Azure Functions for the local run, with the real one's rules: batches, polling that slows down,
 * deletion on return, visibility on a throw, what is no Base64 given up at once and what is no UTF-8 never passed on, and the
 * poison queue at the dequeue count of host.json. What differs: a relay that died gives back after 6 s what it had in hand; Azure's host after ten minutes.
 * https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue
 */
export function startQueueTrigger(trigger: QueueTrigger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const loop = poll(trigger, running, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await loop;
      await Promise.all(running);
    },
  };
}

async function poll(trigger: QueueTrigger, running: Set<Promise<void>>, stop: AbortSignal): Promise<void> {
  const { queue, settings } = trigger;
  const inHand = new Map<string, Held>();
  let pause = SHORTEST_POLL;
  let down = false;
  while (!stop.aborted) {
    if (running.size > settings.newBatchThreshold) {
      await Promise.race(running);
      continue;
    }
    const received = await receive(trigger);
    if (received === 'unreachable' && !down) trigger.log('storage cannot be reached; waiting for it');
    if (received !== 'unreachable' && down) trigger.log('storage is back');
    down = received === 'unreachable';
    const messages = received === 'unreachable' ? [] : received;
    for (const message of messages) {
      const { messageId, popReceipt } = message;
      // Storage was away while it was renewed, so it came back. Whoever has it goes on, with the receipt that counts now.
      const mine = inHand.get(messageId);
      if (mine !== undefined) {
        mine.take(popReceipt);
        continue;
      }
      const held = hold(queue, message);
      inHand.set(messageId, held);
      const work = run(trigger, message, held).finally(() => {
        inHand.delete(messageId);
        running.delete(work);
      });
      running.add(work);
    }
    pause = messages.length > 0 ? SHORTEST_POLL : Math.min(pause * 1.5, settings.maxPollingMilliseconds);
    if (messages.length === 0) await sleep(pause, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function receive({ queue, settings }: QueueTrigger): Promise<readonly DequeuedMessageItem[] | 'unreachable'> {
  try {
    const options = {
      numberOfMessages: settings.batchSize,
      visibilityTimeout: WINDOW_SECONDS,
      ...limit(LOOK_MILLISECONDS),
    };
    return (await queue.receiveMessages(options)).receivedMessageItems;
  } catch (error) {
    // There is no queue before the first message.
    return statusOf(error) === 404 ? [] : 'unreachable';
  }
}

async function run(trigger: QueueTrigger, message: DequeuedMessageItem, held: Held): Promise<void> {
  const { queue, poison, settings, handler, log } = trigger;
  const { messageId, dequeueCount } = message;
  try {
    // Also before the run: a handler that ends the whole process never gets to the check after it.
    const read = queueText(message.messageText);
    if (read.kind === 'foreign' || dequeueCount > settings.maxDequeueCount) {
      if (read.kind === 'foreign')
        log('a message that is not Base64 goes to the poison queue; the hourly watch keeps it as a dead letter');
      return await held.release((receipt) => bury(queue, poison, message, receipt));
    }
    if (read.kind === 'unreadable') throw new Error('it is Base64 of something that is not UTF-8');
    await handler(messageIn(read.text), { id: messageId, dequeueCount, insertionTime: message.insertedOn });
    await held.release((receipt) => queue.deleteMessage(messageId, receipt, limit()));
  } catch (error) {
    log(`a message comes back: ${error instanceof Error ? error.message : String(error)}`);
    await held
      .release((receipt) =>
        dequeueCount >= settings.maxDequeueCount
          ? bury(queue, poison, message, receipt)
          : queue.updateMessage(messageId, receipt, undefined, settings.visibilitySeconds, limit()),
      )
      // Storage is down or somebody else has the message: either way it comes back by itself.
      .catch(() => undefined);
  }
}

/** A message in somebody's hands. */
interface Held {
  /** The message was handed out once more: only the newest receipt counts. */
  take(newest: string): void;
  /** Ends the hold, with the receipt that counts. */
  release(end: (receipt: string) => Promise<unknown>): Promise<void>;
}

/** Keeps a message out of sight until it is released; each renewal changes the receipt that the next call needs. */
function hold(queue: QueueClient, { messageId, popReceipt }: DequeuedMessageItem): Held {
  let receipt = popReceipt;
  let renewal: Promise<void> = Promise.resolve();
  const renew = async () => {
    try {
      const renewed = await queue.updateMessage(
        messageId,
        receipt,
        undefined,
        WINDOW_SECONDS,
        limit(RENEW_MILLISECONDS),
      );
      receipt = renewed.popReceipt ?? receipt;
    } catch {
      // Storage is away for the moment: the next renewal, or the message's return, will do.
    }
  };
  const timer = setInterval(() => {
    // One after the other: each needs the receipt of the one before.
    renewal = renewal.then(renew);
  }, RENEW_MILLISECONDS);
  return {
    take(newest) {
      receipt = newest;
    },
    async release(end) {
      clearInterval(timer);
      await renewal;
      await end(receipt);
    },
  };
}

async function bury(
  queue: QueueClient,
  poison: QueueClient,
  message: DequeuedMessageItem,
  receipt: string,
): Promise<void> {
  await poison.createIfNotExists(limit());
  await poison.sendMessage(message.messageText, limit());
  await queue.deleteMessage(message.messageId, receipt, limit());
}
