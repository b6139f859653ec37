import type { QueueMessage } from '../delivery/delivery.ts';
import type { Queue } from '../ports.ts';
import { sideBySide } from './side-by-side.ts';

// A message of a queue is 64 KiB, in Base64.
// https://learn.microsoft.com/azure/storage/queues/scalability-targets
const MOST_BYTES = 48 * 1024;

/** So many names fit beside the largest event. */
const FEW = 20;

/** A queue that takes any number of receivers: where their names do not fit into one message, there are several. */
export const inParts = (queue: Queue<QueueMessage>): Queue<QueueMessage> => ({
  send: (message, delaySeconds) => {
    if (!('receivers' in message) || message.receivers.length <= FEW) return queue.send(message, delaySeconds);
    return sideBySide(partsOf(message), (part) => queue.send(part, delaySeconds));
  },
  check: () => queue.check(),
  oldest: () => queue.oldest(),
});

/** The same message for some of its receivers each. */
function partsOf<Message extends { readonly receivers: string[] }>(message: Message): readonly Message[] {
  const room = MOST_BYTES - Buffer.byteLength(JSON.stringify({ ...message, receivers: [] }));
  const parts: string[][] = [];
  let left = 0;
  for (const name of message.receivers) {
    // With its quotes and a comma.
    const bytes = name.length + 3;
    left -= bytes;
    if (left < 0) {
      parts.push([]);
      left = room - bytes;
    }
    parts.at(-1)?.push(name);
  }
  return parts.map((receivers) => ({ ...message, receivers }));
}
