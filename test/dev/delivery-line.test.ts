import { describe, expect, it } from 'vitest';
import { deliveryLine } from '../../dev/host/delivery-line.ts';
import type { DeliveryReport } from '../../src/delivery/dispatch.ts';

const report = { receiver: 'ops', eventId: '578fc737ca9026977df9ea2ccc34fce9' };

describe('the line about a delivery', () => {
  it.each<[DeliveryReport, string]>([
    [{ ...report, outcome: 'sent', milliseconds: 12 }, 'sent       ops  event 578fc737  12 ms'],
    [
      { ...report, outcome: 'duplicate', reason: 'sent' },
      'duplicate  ops  event 578fc737  same occurrence, already sent',
    ],
    [
      { ...report, outcome: 'duplicate', reason: 'dead' },
      'duplicate  ops  event 578fc737  same occurrence, already given up',
    ],
    [
      { ...report, outcome: 'postponed', reason: 'being-sent', delay: 45 },
      'postponed  ops  event 578fc737  another copy of it is being sent  next try in 45 s',
    ],
    [{ ...report, outcome: 'parked', delay: 0 }, 'parked     ops  event 578fc737  leaves at once'],
    [
      { ...report, outcome: 'overtaken', reason: 'same-occurrence' },
      'overtaken  ops  event 578fc737  told already, as another report of the same',
    ],
    [{ ...report, outcome: 'duplicate' }, 'duplicate  ops  event 578fc737  same occurrence, already dealt with'],
  ])('tells of %j', (given, line) => {
    expect(deliveryLine(given)).toBe(line);
  });
});
