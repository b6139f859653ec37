import { describe, expect, it } from 'vitest';
import { utc, utcTime, worded, written } from '../../src/message/written.ts';
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

  // What Node 22.22.3 and 24.13.1 make of Korean (ICU 78.2), by the letter.
  const ICU_78_2 = [
    ...[
      { type: 'year', value: '2026' },
      { type: 'literal', value: '. ' },
      { type: 'dayPeriod', value: 'PM' },
    ],
    ...[
      { type: 'literal', value: '\u202f' },
      { type: 'hour', value: '11' },
      { type: 'literal', value: ':05' },
    ],
  ] as const;

  it.each([
    ['ko', 23, '2026. 오후 11:05'],
    ['ko', 12, '2026. 오후 11:05'],
    ['ko', 11, '2026. 오전 11:05'],
    ['ko', 0, '2026. 오전 11:05'],
    ['en', 23, '2026. PM 11:05'],
    ['cs', 23, '2026. odp. 11:05'],
    ['vi', 1, '2026. SA 11:05'],
  ])(
    'has the half of the day in words of its own, whatever the data of Node says (%s, %i)',
    (locale, hour, expected) => {
      expect(worded(ICU_78_2, locale, hour)).toBe(expected);
    },
  );

  it.each(['Asia/Seoul', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham'])(
    'says 오전 before noon and 오후 after it, in %s',
    (zone) => {
      for (let hour = 0; hour < 24; hour += 1) {
        const at = new Date(Date.UTC(2026, 10, 20, hour, 20));
        const there = Number(
          new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(at),
        );

        expect(written(at.toISOString(), 'ko', zone)).toMatch(there < 12 ? / 오전 \d/ : / 오후 \d/);
      }
    },
  );

  it('has its UTC alone, with and without the day', () => {
    expect([utc(AT), utcTime(AT)]).toStrictEqual(['2026-11-20 14:05 UTC', '14:05 UTC']);
  });
});
