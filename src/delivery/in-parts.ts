import type { Queue } from './ports.ts';
import type { QueueMessage } from './rules/delivery.ts';
import { sideBySide } from './side-by-side.ts';

/** Queues a message in several, where its receivers' names do not fit into one. Rejects with a StorageError. */
export const sendInParts = <Message extends QueueMessage & { readonly receivers: string[] }>(
  queue: Queue<QueueMessage>,
  message: Message,
  delaySeconds?: number,
): Promise<void> => sideBySide(partsOf(message), (part) => queue.send(part, delaySeconds));

// A message of a queue is 64 KiB, in Base64.
// https://learn.microsoft.com/azure/storage/queues/scalability-targets
const MOST_BYTES = 48 * 1024;

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
