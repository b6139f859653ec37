import type { destinations } from '../../src/destinations/registry.ts';
import type { Reply } from './server.ts';

/** Those that answer a message by HTTP, and want no token for it from elsewhere. */
export type AnsweringType = Exclude<keyof typeof destinations, 'email' | 'teams-bot'>;

/**
 * What an answer means. taken: it counts as sent; later: it is tried again; message: it speaks of this message; unknown:
 * it may have arrived; hopeless: it speaks of the receiver.
 */
export type Meaning = 'taken' | 'later' | 'message' | 'unknown' | 'hopeless';

const HTML = '<!doctype html><html><title>Sign in</title></html>';

/** An answer of the given status. */
export const answering = (status: number, body = '', headers = {}): Reply => ({ status, body, headers });
const elsewhere = { location: 'http://127.0.0.1:1/' };
const same = (meaning: Meaning): Readonly<Record<AnsweringType, Meaning>> => ({
  slack: meaning,
  'slack-app': meaning,
  teams: meaning,
  mattermost: meaning,
  'google-chat': meaning,
  pagerduty: meaning,
  webhook: meaning,
});
const chats = (meaning: Meaning, webhook: Meaning) => ({ ...same(meaning), webhook });
const success = (slack: Meaning, teams: Meaning) => ({
  slack,
  teams,
  ...{ 'slack-app': slack, mattermost: slack, 'google-chat': slack, pagerduty: slack },
  webhook: 'taken' as const,
});

/** Answers that no documentation promises, by what people would call them, and what each means of each kind of receiver. */
export const oddAnswers: Readonly<Record<string, readonly [Reply, Readonly<Record<AnsweringType, Meaning>>]>> = {
  ...Object.fromEntries(
    [401, 402, 403, 404, 405, 406, 407, 410, 411, 414, 415, 418, 421, 424, 426, 428, 431, 451].map((status) => [
      `${status}`,
      [answering(status, HTML), same('hopeless')] as const,
    ]),
  ),
  ...Object.fromEntries(
    [300, 301, 302, 303, 304, 307, 308].map((status) => [
      `${status}`,
      [answering(status, '', elsewhere), same('hopeless')] as const,
    ]),
  ),
  ...Object.fromEntries(
    [408, 423, 425, 429, 500, 502, 503, 504, 522, 599].map((status) => [
      `${status}`,
      [answering(status, HTML), same('later')] as const,
    ]),
  ),
  ...Object.fromEntries(
    [400, 413, 422].map((status) => [`${status}`, [answering(status, HTML), same('message')] as const]),
  ),
  '409': [answering(409, 'duplicate'), chats('later', 'taken')],
  'no answer': [{ status: 200, reset: true }, same('later')],
  no_service: [answering(404, 'no_service'), same('hopeless')],
  'no_service with 200': [
    answering(200, 'no_service'),
    {
      ...success('hopeless', 'unknown'),
      'slack-app': 'unknown',
      mattermost: 'unknown',
      'google-chat': 'unknown',
      pagerduty: 'unknown',
    },
  ],
  'invalid_auth with 200': [
    answering(200, '{"ok":false,"error":"invalid_auth"}'),
    { ...success('unknown', 'taken'), 'slack-app': 'hopeless' },
  ],
  'a word of no list with 200': [
    answering(200, '{"ok":false,"error":"unheard_of"}'),
    { ...success('unknown', 'taken'), 'slack-app': 'later' },
  ],
  'a wrong routing key': [
    answering(
      400,
      `{"status":"invalid event","errors":["Length of 'routing_key' is incorrect (should be 32 characters)"]}`,
    ),
    { ...same('message'), pagerduty: 'hopeless' },
  ],
  'errors with 202': [
    answering(202, '{"status":"success","message":"x","errors":["x"]}'),
    { ...success('unknown', 'taken'), pagerduty: 'later' },
  ],
  'an invalid event with 202': [
    answering(202, '{"status":"invalid event","message":"Event object is invalid","errors":["x"]}'),
    { ...success('unknown', 'taken'), pagerduty: 'message' },
  ],
  'no such key': [
    answering(
      400,
      '{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}',
    ),
    { ...same('message'), 'google-chat': 'hopeless' },
  ],
  'no such hook': [
    answering(400, '{"id":"web.incoming_webhook.invalid.app_error","status_code":400}'),
    { ...same('message'), mattermost: 'hopeless' },
  ],
  WorkflowNotFound: [answering(404, '{"error":{"code":"WorkflowNotFound"}}'), same('hopeless')],
  'a page with 200': [answering(200, HTML), success('hopeless', 'hopeless')],
  'a page with 202': [answering(202, HTML), success('hopeless', 'hopeless')],
  'nothing with 200': [answering(200), success('unknown', 'taken')],
  'nothing with 201': [answering(201), success('unknown', 'taken')],
  'nothing with 204': [answering(204), success('unknown', 'taken')],
  'JSON with 200': [answering(200, '{"status":"posted"}'), success('unknown', 'taken')],
  'an error with 200': [answering(200, '{"error":{"code":"Unheard"}}'), success('unknown', 'later')],
  'a word with 200': [answering(200, 'Thank you'), success('unknown', 'unknown')],
  'bytes with 200': [{ status: 200, body: Buffer.from([0xff, 0xfe, 0x00, 0x9f]) }, success('unknown', 'unknown')],
  'a part with 206': [answering(206, '{}'), success('unknown', 'unknown')],
};
