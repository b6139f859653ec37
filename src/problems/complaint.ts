/** What is wrong at one place of a file. */
export interface Complaint {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Whether it is the key itself that is wrong, and not what stands under it. */
  readonly onKey?: boolean;
  /** Of a misspelt key: the one that was likely meant. */
  readonly meant?: string | undefined;
}

/**
 * A name out of the file, for people. What can be none is not repeated: an address or a key that stands in the place of a
 * name is a secret all the same.
 */
export const shown = (name: PropertyKey): string => {
  const text = String(name);
  return /^[\p{L}\p{N}_][\p{L}\p{N}_ .-]{0,39}$/u.test(text) ? text : '…';
};

// A file is looked at while other parts of it may be wrong, so that every problem is told at once.

/** What a value holds, where it is a record; else nothing. */
export const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** The members of a list; none where it is no list. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
