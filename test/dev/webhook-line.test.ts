import { describe, expect, it } from 'vitest';
import { refusalOf, webhookLine } from '../../dev/host/webhook-line.ts';
import { CredentialsError, PayloadError } from '../../src/problems/errors.ts';
import { problem } from '../../src/relay/http.ts';
import type { AcceptedEvent, Receipt } from '../../src/relay/receipt.ts';
import type { Ignored } from '../../src/sources/source.ts';

const one = { id: '578fc737ca9026977df9ea2ccc34fce9', source: 'custom', kind: 'custom', receivers: ['ops'] };
const accepted = (events: readonly AcceptedEvent[], ignored: readonly Ignored[] = []): Receipt => ({
  outcome: 'accepted',
  source: 'custom',
  events,
  ignored,
});
const both = { ...one, receivers: ['ops', 'dev'] };
const nobody = { ...one, receivers: [] };

describe('the line about an accepted webhook', () => {
  it.each<[string, Receipt, string | undefined]>([
    ['one event and its receivers', accepted([one]), 'accepted   custom  event 578fc737  for ops'],
    ['many events', accepted(Array(12).fill(both)), 'accepted   custom  12 events  for dev, ops'],
    ['an event that nobody wants', accepted([nobody]), 'accepted   custom  event 578fc737  no route takes it'],
    [
      'some that nobody wants',
      accepted([one, nobody, nobody]),
      'accepted   custom  3 events  for ops  no route takes 2 of them',
    ],
    [
      'keys that no event has',
      accepted([one], [{ key: 'sevrity', didYouMean: 'severity' }, { key: 'x' }]),
      'accepted   custom  event 578fc737  for ops  ignored sevrity (did you mean severity?), x',
    ],
    ['nothing that is reported', accepted([]), undefined],
  ])('tells of %s', (_what, given, line) => {
    expect(webhookLine(given)).toBe(line);
  });

  it('is none for a webhook that was refused: the line about the request says it', () => {
    expect(webhookLine({ outcome: 'refused', error: new CredentialsError('github', 'no signature') })).toBeUndefined();
  });
});

describe('why a request was refused', () => {
  it.each([
    [problem(new CredentialsError('github', 'the signature does not match')), 'github: the signature does not match'],
    [
      problem(new PayloadError('azure-autoscale', [{ path: 'context.newCapacity', message: 'expected a number' }])),
      'azure-autoscale: context.newCapacity: expected a number',
    ],
    [{ status: 404, jsonBody: { detail: 'a\nb\u202ec' } }, 'a bc'],
    [{ status: 500, jsonBody: null }, ''],
    [{ status: 202, jsonBody: { accepted: [] } }, ''],
  ])('is one line', (given, line) => {
    expect(refusalOf(given)).toBe(line);
  });

  it('is told to the log alone where it is about credentials', () => {
    expect(JSON.stringify(problem(new CredentialsError('github', 'no signature')).jsonBody)).not.toContain(
      'no signature',
    );
  });
});
