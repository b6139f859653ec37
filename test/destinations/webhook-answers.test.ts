import { describe, expect, it } from 'vitest';
import { judge } from '../../src/destinations/answer.ts';
import { webhookAnswers } from '../../src/destinations/webhook/answers.ts';

const verdict = (status: number, body = '', retryAfter?: string) =>
  judge({ kind: 'answered', status, body, retryAfter }, webhookAnswers);

describe('an answer of a subscriber', () => {
  it.each([200, 201, 202, 204, 206, 299, 409])('means sent when it is %i, whatever it says', (status) => {
    for (const body of ['', 'ok', '{"error":"nobody home"}', '<html>', 'invalid_payload']) {
      expect(verdict(status, body)).toStrictEqual({ kind: 'sent' });
    }
  });

  it.each([
    [429, 'rate-limited'],
    [408, 'status-408'],
    [423, 'status-423'],
    [425, 'status-425'],
    [500, 'status-500'],
    [502, 'status-502'],
    [503, 'status-503'],
    [504, 'status-504'],
  ])('means another try when it is %i, at the time that it asks for', (status, reason) => {
    expect(verdict(status, 'ok', '120')).toStrictEqual({ kind: 'retry', reason, retryAfter: '120' });
  });

  it.each([400, 413, 422])('means the shorter form when it is %i', (status) => {
    expect(verdict(status)).toStrictEqual({ kind: 'refused', reason: `status-${status}` });
  });

  it.each([410, 401, 403, 404, 405, 415, 301, 302, 307, 308])('means no further try when it is %i', (status) => {
    expect(verdict(status, 'ok', '120')).toStrictEqual({ kind: 'broken', reason: `status-${status}` });
  });
});
