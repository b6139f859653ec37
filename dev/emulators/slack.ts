import type { DoubleAnswer, DoubleRequest } from './answer.ts';
import { readObject } from './payload.ts';
import { faultIn } from './slack-rules.ts';

// Slack answers with a bare word. Only invalid_payload has a documented status
// (https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks); a webhook was seen to answer
// 400 invalid_attachments (https://github.com/slackapi/java-slack-sdk/issues/415), and the others are assumed alike.
const headers = { 'content-type': 'text/plain; charset=utf-8' };

const refuse = (word: string, reason: string): DoubleAnswer => ({ status: 400, body: word, reason, headers });

/** Answers as Slack's incoming webhook does. It takes JSON only, although the real one also takes form data. */
export function answerSlack(request: DoubleRequest): DoubleAnswer {
  const reading = readObject(request);
  if (!reading.ok) return refuse('invalid_payload', reading.reason);
  const fault = faultIn(reading.value);
  if (fault !== undefined) return refuse(fault.word, fault.reason);
  return { status: 200, body: 'ok', headers };
}
