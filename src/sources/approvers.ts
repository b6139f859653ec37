/** As `waitingFor` of the event has room. */
const ROOM = 600;

/** "+3" of those there is no room for. */
const MORE = 8;

/** All who may approve, people and teams, each whole and once; of more than there is room for, how many. Undefined where nobody is named. */
export function approversIn(names: readonly (string | undefined)[]): string | undefined {
  const all = [...new Set(names)].flatMap((name) => (name ? [name] : []));
  let said = '';
  for (const [at, name] of all.entries()) {
    const next = said === '' ? name : `${said}, ${name}`;
    if (next.length > ROOM - MORE && said !== '') return `${said} +${all.length - at}`;
    said = next;
  }
  return said || undefined;
}

/** Until when something waits that began at `since` (ISO) and may wait for so many milliseconds; undefined where that is no date. */
export function waitsUntil(since: string | undefined, milliseconds: number | undefined): string | undefined {
  if (since === undefined || milliseconds === undefined) return undefined;
  const end = new Date(Date.parse(since) + milliseconds);
  const year = end.getUTCFullYear();
  return milliseconds > 0 && year <= 9999 ? end.toISOString() : undefined;
}

/** "1 of 2", where not all of those who may approve have to. */
export const neededOf = (needed: number | undefined, all: number): string | undefined =>
  needed !== undefined && needed > 0 && needed < all ? `${needed} of ${all}` : undefined;
