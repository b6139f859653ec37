import { expect, it } from 'vitest';
import { reasonText } from '../../../src/delivery/rules/reason-text.ts';

it('says what the relay means by its own reasons', () => {
  expect(reasonText('being-sent')).toBe('another copy of it is being sent');
  expect(reasonText('timeout')).toBe('no answer within 10 s');
});

it.each(['no_service', 'status-404', '', 'constructor', '__proto__'])('leaves %j as a chat gave it', (reason) => {
  expect(reasonText(reason)).toBe(reason);
});
