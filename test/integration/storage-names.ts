import { randomUUID } from 'node:crypto';

// All tests share one Azurite, so each queue and table has a name of its own.

export const newQueueName = (): string => `q-${randomUUID()}`;

/** Tables take letters and digits only. */
export const newTableName = (): string => `t${randomUUID().replaceAll('-', '')}`;
