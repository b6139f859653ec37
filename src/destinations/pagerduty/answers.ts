import type { AnswerTable } from '../answer.ts';

// https://developer.pagerduty.com/docs/events-api-v2-overview#response-codes--retry-logic: { status, message, dedup_key }, or
// { status: "invalid event", message, errors }, of which the key's are in https://github.com/envato/pagerduty/issues/70.
export const pagerDutyAnswers: AnswerTable = {
  accepted: (status, body) => status === 202 && /"status":\s*"success"/.test(body),
  // A 202 that has errors has taken less than all, or nothing.
  failed: /"errors":\s*\[\s*[^\s\]]/,
  // What is wrong with the key is said among the errors of an event.
  word: /'routing_key'|[Ii]nvalid routing key|(?<="status":\s*")invalid event(?=")(?![\s\S]*routing[_ ]key)/g,
  words: {
    "'routing_key'": 'broken',
    'Invalid routing key': 'broken',
    'invalid routing key': 'broken',
    'invalid event': 'refused',
  },
};
