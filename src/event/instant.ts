// Years outside this range are a sender's word for "none" (0001-01-01) or a mistake.
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i;

/** An ISO date with a zone and any precision, as ISO in UTC with milliseconds; undefined for anything else. */
export function instant(text: string): string | undefined {
  const trimmed = text.trim();
  if (!ISO.test(trimmed)) return undefined;
  // Date.parse takes 30 February for 2 March.
  const day = new Date(`${trimmed.slice(0, 10)}T00:00:00Z`).getUTCDate();
  if (day !== Number(trimmed.slice(8, 10))) return undefined;
  const time = Date.parse(trimmed);
  return time >= EARLIEST && time < LATEST ? new Date(time).toISOString() : undefined;
}
