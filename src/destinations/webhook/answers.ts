import type { AnswerTable } from '../answer.ts';

// Standard Webhooks: any 2xx is a success, 410 says that nobody listens any more, and Retry-After is observed.
// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#delivery-success-and-failure
export const webhookAnswers: AnswerTable = {
  // 409 is what subscribers say to an id that they have already.
  accepted: (status) => (status >= 200 && status < 300) || status === 409,
  words: {},
};
