import { expect, it } from 'vitest';
import { written } from '../../src/formatters/written.ts';

const AT = '2026-11-20T14:05:09.962Z';

it.each([
  ['UTC', AT, '2026-11-20 14:05 UTC'],
  ['Asia/Seoul', AT, '2026-11-20 23:05 GMT+9 (14:05 UTC)'],
  ['Asia/Kolkata', AT, '2026-11-20 19:35 GMT+5:30 (14:05 UTC)'],
  ['Pacific/Kiritimati', AT, '2026-11-21 04:05 GMT+14 (14:05 UTC)'],
  ['America/New_York', '2026-11-20T03:00:00.000Z', '2026-11-19 22:00 GMT-5 (03:00 UTC)'],
  ['Europe/Prague', '2026-03-29T00:59:59.999Z', '2026-03-29 01:59 GMT+1 (00:59 UTC)'],
  ['Europe/Prague', '2026-03-29T01:00:00.000Z', '2026-03-29 03:00 GMT+2 (01:00 UTC)'],
  ['Asia/Seoul', '2026-11-20T15:00:00.000Z', '2026-11-21 00:00 GMT+9 (15:00 UTC)'],
])('writes an instant for people in %s, and always in UTC', (zone, at, expected) => {
  expect(written(at, zone)).toBe(expected);
});
