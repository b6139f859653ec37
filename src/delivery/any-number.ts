import type { Queue } from './ports.ts';
import type { QueueMessage } from './rules/delivery.ts';

/** So many names fit beside the largest event. */
const FEW = 20;

/** A queue that takes any number of receivers; few events have so many that what splits them is loaded. */
export const forAnyNumber = (queue: Queue<QueueMessage>): Queue<QueueMessage> => ({
  async send(message, delaySeconds) {
    if (!('receivers' in message) || message.receivers.length <= FEW) return queue.send(message, delaySeconds);
    return (await import('./in-parts.ts')).sendInParts(queue, message, delaySeconds);
  },
  check: () => queue.check(),
  oldest: () => queue.oldest(),
});
