import { iso } from './units.ts';

// Years outside this range are a sender's word for "none" (0001-01-01) or a mistake.
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i;

/** An ISO date with a zone and any precision, as ISO in UTC with milliseconds; undefined for anything else. */
export const instant = (text: string): string | undefined => within(timeIn(text));

/** Why a text is no instant: it is no date, or one that nobody can mean. */
export function whyNoInstant(text: string): string {
  const time = timeIn(text);
  if (time < EARLIEST) return 'this is too far in the past: expected 2000 or later';
  if (time >= LATEST) return 'this is too far in the future: expected a time before 2100';
  return 'expected an ISO date with a zone, such as 2026-11-20T14:05:00Z';
}

/** Milliseconds since 1970; NaN for what is no ISO date with a zone. */
function timeIn(text: string): number {
  const trimmed = text.trim();
  if (!ISO.test(trimmed)) return Number.NaN;
  // Date.parse takes 30 February for 2 March.
  const day = new Date(`${trimmed.slice(0, 10)}T00:00:00Z`).getUTCDate();
  return day === Number(trimmed.slice(8, 10)) ? Date.parse(trimmed) : Number.NaN;
}

// Forms seen from senders, beside ISO. All others are not guessed at.
const FORMS: readonly (readonly [RegExp, (match: RegExpExecArray) => number])[] = [
  // Without a zone: senders that leave it out mean UTC.
  [/^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?$/, ([, day, time]) => Date.parse(`${day}T${time}Z`)],
  [/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) UTC$/, ([, day, time]) => Date.parse(`${day}T${time}Z`)],
  [
    /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) ([+-]\d{2}):?(\d{2})$/,
    ([, day, time, hours, minutes]) => Date.parse(`${day}T${time}${hours}:${minutes}`),
  ],
  [/^\d{4}-\d{2}-\d{2}$/, ([day]) => Date.parse(`${day}T00:00:00Z`)],
  // Azure's US order; the runtime would take it for local time, and the key names say UTC.
  [/^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2}(:\d{2})?( [AP]M)?$/i, ([text]) => Date.parse(`${text} UTC`)],
  // RFC 1123.
  [/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/, ([text]) => Date.parse(text)],
  // Milliseconds since 1970, as text.
  [/^\d{12,14}$/, ([text]) => Number(text)],
];

/** A date in any form that senders use, or milliseconds since 1970, as ISO in UTC; undefined for "none" and nonsense. */
export function anyInstant(value: string | number | null | undefined): string | undefined {
  if (typeof value === 'number') return within(value);
  if (typeof value !== 'string') return undefined;
  const iso = instant(value);
  if (iso !== undefined) return iso;
  for (const [form, read] of FORMS) {
    const match = form.exec(value.trim());
    if (match !== null) return within(read(match));
  }
  return undefined;
}

const within = (time: number): string | undefined => (time >= EARLIEST && time < LATEST ? iso(time) : undefined);
