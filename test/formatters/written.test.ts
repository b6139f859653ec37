import { describe, expect, it } from 'vitest';
import { utc, utcTime, written } from '../../src/formatters/written.ts';
import { localeNames } from '../support/payloads.ts';

const AT = '2026-11-20T14:05:09.962Z';

describe('an instant for people', () => {
  it.each([
    ['UTC', AT, '2026-11-20 14:05 UTC'],
    ['Asia/Seoul', AT, 'Nov 20, 2026, 11:05 PM GMT+9 (2026-11-20 14:05 UTC)'],
    ['Asia/Kolkata', AT, 'Nov 20, 2026, 7:35 PM GMT+5:30 (2026-11-20 14:05 UTC)'],
    ['Pacific/Kiritimati', AT, 'Nov 21, 2026, 4:05 AM GMT+14 (2026-11-20 14:05 UTC)'],
    ['America/New_York', '2026-11-20T03:00:00.000Z', 'Nov 19, 2026, 10:00 PM GMT-5 (2026-11-20 03:00 UTC)'],
    ['Europe/Prague', '2026-03-29T00:59:59.999Z', 'Mar 29, 2026, 1:59 AM GMT+1 (2026-03-29 00:59 UTC)'],
    ['Europe/Prague', '2026-03-29T01:00:00.000Z', 'Mar 29, 2026, 3:00 AM GMT+2 (2026-03-29 01:00 UTC)'],
    ['Asia/Seoul', '2026-11-20T15:00:00.000Z', 'Nov 21, 2026, 12:00 AM GMT+9 (2026-11-20 15:00 UTC)'],
  ])('is in the time of %s, and always in UTC', (zone, at, expected) => {
    expect(written(at, 'en', zone)).toBe(expected);
  });

  it.each([
    ['ko', '2026. 11. 20. 오후 11:05 GMT+9 (2026-11-20 14:05 UTC)'],
    ['cs', '20. 11. 2026 23:05 GMT+9 (2026-11-20 14:05 UTC)'],
    ['vi', '23:05 20 thg 11, 2026 GMT+9 (2026-11-20 14:05 UTC)'],
  ])('is written as its language does (%s), with the zone and UTC as everywhere', (locale, expected) => {
    expect(written(AT, locale, 'Asia/Seoul')).toBe(expected);
  });

  it.each(localeNames)('is the same in every language where the zone is UTC (%s)', (locale) => {
    expect(written(AT, locale, 'UTC')).toBe('2026-11-20 14:05 UTC');
  });

  it('has its UTC alone, with and without the day', () => {
    expect([utc(AT), utcTime(AT)]).toStrictEqual(['2026-11-20 14:05 UTC', '14:05 UTC']);
  });
});
