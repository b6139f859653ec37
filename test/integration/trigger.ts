import { QueueClient } from '@azure/storage-queue';
import { inject } from 'vitest';
import type { QueueSettings } from '../../dev/host/host-settings.ts';
import { startQueueTrigger } from '../../dev/host/queue-trigger.ts';
import { newQueueName } from './storage-names.ts';

export type Handler = (message: unknown, metadata: Readonly<Record<string, unknown>>) => Promise<void>;

interface More {
  readonly settings?: Partial<QueueSettings>;
  /** What the trigger uses instead of the way straight to storage. */
  readonly connectionString?: string;
  /** Runs before the trigger starts. */
  readonly prepare?: (queue: QueueClient) => Promise<void>;
}

const SETTINGS: QueueSettings = {
  maxPollingMilliseconds: 200,
  visibilitySeconds: 1,
  batchSize: 16,
  newBatchThreshold: 8,
  maxDequeueCount: 2,
};

/** The queue trigger on a queue of its own, stopped at the end of the test. */
export async function triggerWith(handler: Handler, { settings, connectionString, prepare }: More = {}) {
  const name = newQueueName();
  const queue = new QueueClient(inject('storage'), name);
  const poison = new QueueClient(inject('storage'), `${name}-poison`);
  await prepare?.(queue);
  const lines: string[] = [];
  const through = connectionString ?? inject('storage');
  const trigger = startQueueTrigger({
    queue: new QueueClient(through, name, { retryOptions: { maxTries: 1 } }),
    poison: new QueueClient(through, `${name}-poison`),
    settings: { ...SETTINGS, ...settings },
    handler,
    log: (line) => lines.push(line),
  });
  return {
    queue,
    poison,
    /** What the trigger logged. */
    lines,
    stop: trigger.stop,
    [Symbol.asyncDispose]: trigger.stop,
  };
}

export const create = async (queue: QueueClient): Promise<void> => {
  await queue.create();
};

export const encoded = (message: unknown): string => Buffer.from(JSON.stringify(message)).toString('base64');

/** How many messages there are, in sight or not. */
export const left = async (queue: QueueClient): Promise<number | undefined> =>
  (await queue.getProperties()).approximateMessagesCount;

export const texts = async (queue: QueueClient): Promise<string[]> =>
  (await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.map(({ messageText }) => messageText);
