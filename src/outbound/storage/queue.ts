import type { QueueClient } from '@azure/storage-queue';
import type { Queue } from '../../delivery/ports.ts';
import { limit } from '../http/limit.ts';
import { creating, queueClient, type StorageConnection, statusOf, storageError } from './storage.ts';

// Messages wait for an operator over a long weekend and longer: they never expire.
const NEVER = -1;

/** The most that the service gives in one call. */
const MOST_AT_ONCE = 32;

/** A queue of Azure Storage. Messages are JSON in Base64, as host.json tells the trigger (`messageEncoding`). */
export function azureQueue<Message>(connection: StorageConnection, name: string): Queue<Message> {
  let opened: Promise<QueueClient> | undefined;
  const open = () => (opened ??= queueClient(connection, name));

  return {
    async send(message, delaySeconds = 0) {
      const client = await open();
      const text = Buffer.from(JSON.stringify(message)).toString('base64');
      await creating(
        `the queue ${name} did not take the message`,
        (limit) => client.createIfNotExists(limit),
        async (limit) => {
          const options = { visibilityTimeout: delaySeconds, messageTimeToLive: NEVER, ...limit };
          const { messageId } = await client.sendMessage(text, options);
          // Something in between may answer in the queue's place.
          if (!messageId) throw new Error('the answer is not that of a queue');
        },
      );
    },
    async check() {
      const client = await open();
      await creating(
        `the queue ${name} cannot be reached`,
        (limit) => client.createIfNotExists(limit),
        async (limit) => {
          const { approximateMessagesCount } = await client.getProperties(limit);
          if (approximateMessagesCount === undefined) throw new Error('the answer is not that of a queue');
        },
      );
    },
    async oldest() {
      const client = await open();
      try {
        const { peekedMessageItems } = await client.peekMessages({ numberOfMessages: MOST_AT_ONCE, ...limit() });
        const all = peekedMessageItems.map(({ messageId, insertedOn }) => ({
          id: messageId,
          since: insertedOn.getTime(),
        }));
        return all.sort((one, other) => one.since - other.since)[0];
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw storageError(`the queue ${name} cannot be looked into`, error);
      }
    },
  };
}
