const formats = new Map<string, Intl.DateTimeFormat>();

/** Parts of an instant in a zone, in the digits and order of ISO 8601: the same in every language. */
function parts(instant: Date, timeZone: string): { day: string; time: string; zone: string } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'shortOffset',
    });
  formats.set(timeZone, format);
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return {
    day: `${part['year']}-${part['month']}-${part['day']}`,
    time: `${part['hour']}:${part['minute']}`,
    zone: `${part['timeZoneName']}`,
  };
}

/** "2026-11-20 14:05 UTC"; in another zone "2026-11-20 23:05 GMT+9 (14:05 UTC)". `occurredAt` is ISO in UTC. */
export function written(occurredAt: string, timeZone: string): string {
  const utc = `${occurredAt.slice(11, 16)} UTC`;
  if (timeZone === 'UTC') return `${occurredAt.slice(0, 10)} ${utc}`;
  const { day, time, zone } = parts(new Date(occurredAt), timeZone);
  return `${day} ${time} ${zone} (${utc})`;
}
