import type { DoubleAnswer, DoubleRequest } from './answer.ts';
import { readObject } from './payload.ts';
import {
  attachmentsAreWrong,
  blockIdRepeats,
  blocksAreNoList,
  blocksAreWrong,
  saysNothing,
  saysTooMuch,
  tableRepeats,
  tooManyAttachments,
} from './slack-rules.ts';

// Slack answers with a bare word. Only invalid_payload has a documented status
// (https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks); a webhook was seen to answer
// 400 invalid_attachments (https://github.com/slackapi/java-slack-sdk/issues/415), and the others are assumed alike.
const RULES = [
  ['invalid_blocks_format', blocksAreNoList],
  ['too_many_attachments', tooManyAttachments],
  ['no_text', saysNothing],
  ['invalid_blocks', blocksAreWrong],
  ['invalid_attachments', attachmentsAreWrong],
  ['invalid_blocks', blockIdRepeats],
  ['invalid_attachments', tableRepeats],
  ['msg_blocks_too_long', saysTooMuch],
] as const;

const headers = { 'content-type': 'text/plain; charset=utf-8' };

const refuse = (word: string, reason: string): DoubleAnswer => ({ status: 400, body: word, reason, headers });

/** Answers as Slack's incoming webhook does. It takes JSON only, although the real one also takes form data. */
export function answerSlack(request: DoubleRequest): DoubleAnswer {
  const reading = readObject(request);
  if (!reading.ok) return refuse('invalid_payload', reading.reason);
  for (const [word, rule] of RULES) {
    const reason = rule(reading.value);
    if (reason !== undefined) return refuse(word, reason);
  }
  return { status: 200, body: 'ok', headers };
}
