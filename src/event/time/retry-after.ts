/** Milliseconds that a Retry-After header asks for, which may be over; undefined where it says nothing usable. */
export function retryAfterMilliseconds(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const asked = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : httpDate(text) - now;
  return Number.isFinite(asked) ? asked : undefined;
}

// RFC 9110, 10.2.3: the date form is an HTTP-date, which names its weekday and GMT; anything looser is not trusted.
const httpDate = (text: string): number => (/^[A-Z][a-z]{2},? .*GMT$/.test(text) ? Date.parse(text) : Number.NaN);
