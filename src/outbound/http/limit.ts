import type { TableServiceClientOptions } from '@azure/data-tables';
import type { RequestPolicyFactory } from '@azure/storage-blob';
import { budgetEnd } from '../../problems/budget.ts';

// The SDKs wait for an answer without end; senders and the host do not.
export const LIMIT_MILLISECONDS = 5_000;

// Whoever has more to carry says so; nothing takes longer than the largest of it.
const LONGEST_MILLISECONDS = 30_000;

/** The option that ends a call to Azure that is not answered: with its retries, its token and its body. */
export const limit = (milliseconds = LIMIT_MILLISECONDS) => {
  const time = AbortSignal.timeout(milliseconds);
  const end = budgetEnd();
  return { abortSignal: end === undefined ? time : AbortSignal.any([time, end]) };
};

export type Limit = ReturnType<typeof limit>;

type Policy = NonNullable<TableServiceClientOptions['additionalPolicies']>[number]['policy'];

/** A policy that ends what is not answered, also where the call gave no limit. The SDK's own time-out leaves out the body. */
export const limiting = (milliseconds: number): Policy => ({
  name: 'limit',
  sendRequest(request, next) {
    request.abortSignal = bounded(request.abortSignal, milliseconds);
    return next(request);
  },
});

/** The same, for the older form of policies that queues and blobs take. */
export const limitingFactory: RequestPolicyFactory = {
  create: (next) => ({
    sendRequest(request) {
      request.abortSignal = bounded(request.abortSignal, LIMIT_MILLISECONDS);
      return next.sendRequest(request);
    },
  }),
};

function bounded(given: unknown, milliseconds: number): AbortSignal {
  return given instanceof AbortSignal
    ? AbortSignal.any([given, AbortSignal.timeout(LONGEST_MILLISECONDS)])
    : limit(milliseconds).abortSignal;
}
