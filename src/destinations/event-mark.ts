const MARK = 'event-';

/** How a message for people marks the event that it tells, so that what several chats got of it is found together. */
export const eventMark = (shortId: string): string => MARK + shortId;

/** The id that was marked at a place of a payload. */
export function markedAt(payload: unknown, ...path: readonly (string | number)[]): string | undefined {
  const mark = textAt(payload, ...path);
  return mark?.startsWith(MARK) ? mark.slice(MARK.length) : undefined;
}

/** The text at a place of a payload, whoever made that. */
export function textAt(payload: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[key] : undefined),
    payload,
  );
  return typeof found === 'string' ? found : undefined;
}
