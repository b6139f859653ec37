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
