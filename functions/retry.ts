import type { RetryOptions } from '@azure/functions';

/** For timers, which may all be repeated: a run that threw counts as done otherwise, and the next may be a night away. */
export const again = {
  strategy: 'fixedDelay',
  maxRetryCount: 3,
  delayInterval: { minutes: 1 },
} satisfies RetryOptions;
