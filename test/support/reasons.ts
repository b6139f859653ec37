import { destinations } from '../../src/destinations/registry.ts';

/** Why a message did not arrive, in the words of the chats and of the relay. */
export const ANSWER_REASONS: readonly string[] = [
  ...Object.values(destinations).flatMap(({ answers }) => Object.keys(answers.words)),
  ...[
    'timeout',
    'connection',
    'rate-limited',
    'unexpected-answer',
    'unknown-success',
    'unconfirmed',
    'failing-for-a-day',
  ],
  ...['no-such-receiver', 'failed-too-often', 'unreadable'],
  ...['proxy', 'NoToken', 'token-refused', 'not-granted', 'secret-refused'],
];
