// Words that no shell looks into; a leading "=" or "~" would mean something to some.
const PLAIN = /^[\w/.:@][\w/.:@%+=,-]*$/;

/** Text as one word of a POSIX shell (XCU 2.2.2, single quotes). */
export const quoted = (text: string): string => (PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** An option with its value, as two words; as one where the value would be taken for an option itself. */
export const option = (name: string, value: string): string =>
  value.startsWith('-') ? `${name}=${quoted(value)}` : `${name} ${quoted(value)}`;
