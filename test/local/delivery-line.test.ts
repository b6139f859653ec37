import { describe, expect, it } from 'vitest';
import type { DeliveryReport } from '../../src/dispatch/dispatch.ts';
import { deliveryLine } from '../../src/local/delivery-line.ts';

const report = { receiver: 'ops', eventId: '578fc737ca9026977df9ea2ccc34fce9' };

describe('the line about a delivery', () => {
  it.each<[DeliveryReport, string]>([
    [{ ...report, outcome: 'sent', milliseconds: 12 }, 'sent       ops  event 578fc737  12 ms'],
    [
      { ...report, outcome: 'duplicate', reason: 'sent' },
      'duplicate  ops  event 578fc737  same occurrence, already sent',
    ],
    [{ ...report, outcome: 'duplicate' }, 'duplicate  ops  event 578fc737  same occurrence, already dealt with'],
  ])('tells of %j', (given, line) => {
    expect(deliveryLine(given)).toBe(line);
  });
});
