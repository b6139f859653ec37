import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const seconds = z
  .string()
  .regex(/^\d{2}:\d{2}:\d{2}(\.\d{1,7})?$/)
  .transform((text) => text.split(':').reduce((total, part) => total * 60 + Number(part), 0));

const hostJson = z.object({
  extensions: z.object({
    http: z.object({ routePrefix: z.string() }),
    // Strictly, for Azure's host takes no notice of a name that it does not know.
    queues: z.strictObject({
      // The relay writes Base64; the trigger must read what it writes.
      messageEncoding: z.literal('base64'),
      maxPollingInterval: seconds,
      visibilityTimeout: seconds,
      batchSize: z.int().min(1).max(32),
      newBatchThreshold: z.int().min(0),
      maxDequeueCount: z.int().min(1),
    }),
  }),
});

export interface QueueSettings {
  readonly maxPollingMilliseconds: number;
  readonly visibilitySeconds: number;
  readonly batchSize: number;
  readonly newBatchThreshold: number;
  readonly maxDequeueCount: number;
}

export interface HostSettings {
  readonly routePrefix: string;
  readonly queues: QueueSettings;
}

/** The settings of host.json that the local run obeys: the same file that Azure reads. */
export async function hostSettings(): Promise<HostSettings> {
  const text = await readFile(new URL('../../host.json', import.meta.url), 'utf8');
  const { http, queues } = hostJson.parse(JSON.parse(text)).extensions;
  const { maxPollingInterval, visibilityTimeout, batchSize, newBatchThreshold, maxDequeueCount } = queues;
  return {
    routePrefix: http.routePrefix,
    queues: {
      maxPollingMilliseconds: maxPollingInterval * 1000,
      visibilitySeconds: visibilityTimeout,
      batchSize,
      newBatchThreshold,
      maxDequeueCount,
    },
  };
}
