import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, judge } from '../../src/destinations/answer.ts';
import { slackAnswers } from '../../src/destinations/slack/answers.ts';
import { teamsAnswers } from '../../src/destinations/teams/answers.ts';

const answered = (status: number, body = '', retryAfter?: string): Answer => ({
  kind: 'answered',
  status,
  body,
  retryAfter,
});
const powerAutomate = (code: string) => JSON.stringify({ error: { code, message: `The workflow said ${code}.` } });

describe('an answer of Slack', () => {
  it.each([
    ['ok', 'ok'],
    ['ok and a line break', 'ok\n'],
  ])('means sent when it is 200 with %s', (_what, body) => {
    expect(judge(answered(200, body), slackAnswers)).toStrictEqual({ kind: 'sent' });
  });

  it.each([
    [200, ''],
    [200, 'OK, but not from Slack'],
    [201, 'ok'],
    [204, ''],
  ])('does not mean sent when it is %i with "%s": it is tried twice', (status, body) => {
    expect(judge(answered(status, body), slackAnswers)).toMatchObject({
      kind: 'retry',
      reason: 'unknown-success',
      most: 2,
    });
  });

  it.each([
    ['invalid_payload', 'refused'],
    ['invalid_blocks', 'refused'],
    ['invalid_blocks_format', 'refused'],
    ['invalid_attachments', 'refused'],
    ['msg_blocks_too_long', 'refused'],
    ['msg_too_long', 'refused'],
    ['no_text', 'refused'],
    ['too_many_attachments', 'refused'],
    ['user_not_found', 'broken'],
    ['channel_not_found', 'broken'],
    ['channel_is_archived', 'broken'],
    ['action_prohibited', 'broken'],
    ['posting_to_general_channel_denied', 'broken'],
    ['team_disabled', 'broken'],
    ['no_team', 'broken'],
    ['no_service', 'broken'],
    ['no_service_id', 'broken'],
    ['no_active_hooks', 'broken'],
    ['invalid_token', 'broken'],
    ['rollup_error', 'retry'],
  ])('with the word %s means %s, whatever the status', (word, kind) => {
    for (const status of [200, 400, 403, 404, 410, 500]) {
      expect(judge(answered(status, word), slackAnswers)).toMatchObject({ kind, reason: word });
    }
  });

  it('is judged by whole words', () => {
    expect(judge(answered(404, 'no_service_id'), slackAnswers)).toMatchObject({ reason: 'no_service_id' });
    expect(judge(answered(404, 'not_no_team_at_all'), slackAnswers)).toMatchObject({ reason: 'status-404' });
  });

  it('lists each word that Slack is known to say', () => {
    expect(Object.keys(slackAnswers.words)).toHaveLength(20);
  });
});

describe('an answer of a Teams flow', () => {
  it.each([
    [200, ''],
    [200, '1'],
    [201, ''],
    [204, ''],
    [200, '\n'],
    [200, '{"id":"08585"}'],
    [202, ''],
    [202, '{"status":"accepted"}'],
  ])('means sent when it is %i with "%s"', (status, body) => {
    expect(judge(answered(status, body), teamsAnswers)).toStrictEqual({ kind: 'sent' });
  });

  it.each([
    [200, 'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429'],
    [202, '{"error":{"code":"Unheard"}}'],
  ])('says that it is none when it is %i with "%s"', (status, body) => {
    expect(judge(answered(status, body), teamsAnswers)).toMatchObject({ kind: 'retry', reason: 'unexpected-answer' });
  });

  it.each([
    [200, 'Thank you'],
    [202, '{"cut off":'],
    [206, ''],
  ])('that is %i with "%s" may be one: it is tried twice', (status, body) => {
    expect(judge(answered(status, body), teamsAnswers)).toMatchObject({
      kind: 'retry',
      reason: 'unknown-success',
      most: 2,
    });
  });

  it.each([
    ['TriggerInputSchemaMismatch', 'refused'],
    ['MessageSizeExceeded', 'refused'],
    ['WorkflowTriggerIsNotEnabled', 'broken'],
    ['WorkflowNotFound', 'broken'],
    ['MissingApiVersionParameter', 'broken'],
    ['DirectApiAuthorizationRequired', 'broken'],
    ['MisMatchingOAuthClaims', 'broken'],
  ])('with the code %s means %s, whatever the status', (code, kind) => {
    for (const status of [202, 400, 401, 404, 502]) {
      expect(judge(answered(status, powerAutomate(code)), teamsAnswers)).toMatchObject({ kind, reason: code });
    }
  });

  it('lists each code that Power Automate is known to say', () => {
    expect(Object.keys(teamsAnswers.words)).toHaveLength(7);
  });
});

describe.each([
  ['Slack', slackAnswers],
  ['Teams', teamsAnswers],
])('an answer of %s without a known word', (_name, table) => {
  it.each(['<html>Welcome to the hotel</html>', '\ufeff\n<!DOCTYPE html>', '<?xml version="1.0"?><a/>'])(
    'of 200 with the page %s comes from elsewhere',
    (body) => {
      for (const status of [200, 201, 202]) {
        expect(judge(answered(status, body), table)).toStrictEqual({ kind: 'broken', reason: 'unexpected-answer' });
      }
    },
  );

  it.each([
    [408, 'retry', 'status-408'],
    [409, 'retry', 'status-409'],
    [423, 'retry', 'status-423'],
    [425, 'retry', 'status-425'],
    [429, 'retry', 'rate-limited'],
    [500, 'retry', 'status-500'],
    [502, 'retry', 'status-502'],
    [503, 'retry', 'status-503'],
    [504, 'retry', 'status-504'],
    [599, 'retry', 'status-599'],
    [400, 'refused', 'status-400'],
    [413, 'refused', 'status-413'],
    [422, 'refused', 'status-422'],
    [301, 'broken', 'status-301'],
    [302, 'broken', 'status-302'],
    [307, 'broken', 'status-307'],
    [401, 'broken', 'status-401'],
    [403, 'broken', 'status-403'],
    [404, 'broken', 'status-404'],
    [405, 'broken', 'status-405'],
    [410, 'broken', 'status-410'],
  ])('of %i means %s (%s)', (status, kind, reason) => {
    expect(judge(answered(status, '<html>'), table)).toMatchObject({ kind, reason });
  });

  it.each([['timeout'], ['connection']] as const)('means retry when there was none (%s)', (reason) => {
    expect(judge({ kind: 'unanswered', reason }, table)).toStrictEqual({ kind: 'retry', reason });
  });

  it.each([[429], [500], [503]])('passes on when %i asks to come back', (status) => {
    expect(judge(answered(status, '', '30'), table)).toMatchObject({ kind: 'retry', retryAfter: '30' });
  });

  it('gives reasons that are known words or ours, never text of the answer', () => {
    const known = [...Object.keys(table.words), 'rate-limited', 'unexpected-answer', 'unknown-success'];
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999 }), fc.string({ maxLength: 300 }), (status, body) => {
        const verdict = judge(answered(status, body), table);

        if (verdict.kind === 'sent') expect([200, 201, 202, 204]).toContain(status);
        else expect([...known, `status-${status}`]).toContain(verdict.reason);
      }),
    );
  });
});
