import type { QueueClient } from '@azure/storage-queue';
import type { Poison } from '../../delivery/ports.ts';
import { limit } from '../http/limit.ts';
import { queueClient, type StorageConnection, statusOf, storageError } from './storage.ts';

// The most that the service gives in one call, and long enough to deal with them.
const SOME = { numberOfMessages: 32, visibilityTimeout: 300 };

/**
 * The queue that the Functions host moves into what it gave up: `<name>-poison`. No function listens to it, because a host hides for ten
 * minutes what it cannot decode, and messages in it expire after a week.
 */
export function azurePoison(connection: StorageConnection, name: string): Poison {
  let opened: Promise<QueueClient> | undefined;
  const open = () => (opened ??= queueClient(connection, `${name}-poison`));

  return {
    async take() {
      const client = await open();
      try {
        const { receivedMessageItems } = await client.receiveMessages({ ...SOME, ...limit() });
        return receivedMessageItems.map(({ messageId, popReceipt, messageText }) => ({
          text: messageText,
          remove: () =>
            client.deleteMessage(messageId, popReceipt, limit()).then(
              () => undefined,
              (error: unknown) => {
                throw storageError(`the queue ${name}-poison did not delete a message`, error);
              },
            ),
        }));
      } catch (error) {
        // The host makes it when it first gives something up.
        if (statusOf(error) === 404) return [];
        throw storageError(`the queue ${name}-poison cannot be reached`, error);
      }
    },
  };
}
