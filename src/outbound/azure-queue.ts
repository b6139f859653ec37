import type { QueueClient } from '@azure/storage-queue';
import type { Queue } from '../ports.ts';
import { creating, queueClient, type StorageConnection } from './storage.ts';

// Messages wait for an operator over a long weekend and longer: they never expire.
const NEVER = -1;

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
        () => client.createIfNotExists(),
        () => client.sendMessage(text, { visibilityTimeout: delaySeconds, messageTimeToLive: NEVER }),
      );
    },
    async check() {
      const client = await open();
      await creating(
        `the queue ${name} cannot be reached`,
        () => client.createIfNotExists(),
        () => client.getProperties(),
      );
    },
  };
}
