import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyInstant, instant, whyNoInstant } from '../../src/event/time/instant.ts';

it.each([
  ['no fraction', '2026-11-20T14:05:09Z', '2026-11-20T14:05:09.000Z'],
  ['no seconds', '2026-11-20T14:05Z', '2026-11-20T14:05:00.000Z'],
  ['one digit', '2026-11-20T14:05:09.9Z', '2026-11-20T14:05:09.900Z'],
  ['two digits', '2026-11-20T14:05:09.96Z', '2026-11-20T14:05:09.960Z'],
  ['three digits', '2026-11-20T14:05:09.962Z', '2026-11-20T14:05:09.962Z'],
  ['five digits', '2026-11-20T14:05:09.96223Z', '2026-11-20T14:05:09.962Z'],
  ['six digits', '2026-11-20T14:05:09.962239Z', '2026-11-20T14:05:09.962Z'],
  ['seven digits', '2026-11-20T14:05:09.9622398Z', '2026-11-20T14:05:09.962Z'],
  ['nine digits', '2026-11-20T14:05:09.962239812Z', '2026-11-20T14:05:09.962Z'],
  ['an offset', '2026-11-20T23:05:09+09:00', '2026-11-20T14:05:09.000Z'],
  ['an offset to the west', '2026-11-20T06:35:09-07:30', '2026-11-20T14:05:09.000Z'],
  ['an offset without a colon', '2026-11-20T16:05:09+0200', '2026-11-20T14:05:09.000Z'],
  ['an offset of nothing', '2026-11-20T14:05:09+00:00', '2026-11-20T14:05:09.000Z'],
  ['small letters', '2026-11-20t14:05:09z', '2026-11-20T14:05:09.000Z'],
  ['space around it', ' 2026-11-20T14:05:09Z\n', '2026-11-20T14:05:09.000Z'],
  ['a leap day', '2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ['the first that counts', '2000-01-01T00:00:00Z', '2000-01-01T00:00:00.000Z'],
  ['the last that counts', '2099-12-31T23:59:59.999Z', '2099-12-31T23:59:59.999Z'],
])('reads an instant with %s', (_what, text, expected) => {
  expect(instant(text)).toBe(expected);
});

it.each([
  ['a word', 'yesterday'],
  ['nothing', ''],
  ['a day alone', '2026-11-20'],
  ['no zone', '2026-11-20T14:05:09'],
  ['slashes', '11/20/2026 2:05:09 PM'],
  ['the form of RFC 1123', 'Fri, 20 Nov 2026 14:05:09 GMT'],
  ['milliseconds since 1970', '1795183509000'],
  ['the year 1', '0001-01-01T00:00:00Z'],
  ['the year 1999', '1999-12-31T23:59:59Z'],
  ['the year 2100', '2100-01-01T00:00:00Z'],
  ['month 13', '2026-13-01T00:00:00Z'],
  ['day 32', '2026-01-32T00:00:00Z'],
  ['hour 25', '2026-11-20T25:00:00Z'],
  ['minute 60', '2026-11-20T14:60:00Z'],
  ['ten digits of a second', '2026-11-20T14:05:09.1234567890Z'],
  ['an offset of 99 hours', '2026-11-20T14:05:09+99:99'],
  ['a name of a zone', '2026-11-20T14:05:09 UTC'],
  ['more behind it', '2026-11-20T14:05:09Z and more'],
])('reads none in %s', (_what, text) => {
  expect(instant(text)).toBeUndefined();
});

it.each([
  ['1999-12-31T23:59:59Z', /in the past/],
  ['0001-01-01T00:00:00Z', /in the past/],
  ['2100-01-01T00:00:00Z', /in the future/],
  ['2026-02-30T00:00:00Z', /expected an ISO date/],
  ['yesterday', /expected an ISO date/],
])('says why %s is none', (text, why) => {
  expect(instant(text)).toBeUndefined();
  expect(whyNoInstant(text)).toMatch(why);
});

it('reads milliseconds since 1970 as a number and as text, within the same years as a date', () => {
  const times = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2110, 0, 1) });
  fc.assert(
    fc.property(times, (time) => {
      const date = new Date(time).toISOString();

      expect(anyInstant(time)).toBe(instant(date));
      expect(anyInstant(`${time}`)).toBe(instant(date));
      expect(anyInstant(date)).toBe(instant(date));
    }),
  );
});

it.each([null, undefined, Number.NaN, 0, '', 'none'])('reads no date in %s', (value) => {
  expect(anyInstant(value)).toBeUndefined();
});
