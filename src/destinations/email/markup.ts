const ZERO_WIDTH_SPACE = '\u200b';

/**
 * A text from outside that makes no link: programs that show mail make one of whatever looks like an address, in HTML too,
 * and there is no sign to forbid it. Addresses are parted, where nobody sees it.
 */
export const literal = (text: string): string =>
  inCode(
    text.replace(/\.(?=\p{L}{2,4}\/)|@(?=\S)|(?<=\b(?:mailto|tel|sms|callto)):(?=\S)/giu, `$&${ZERO_WIDTH_SPACE}`),
  );

/** The same of ids and commands, which people copy: only what has the form of a whole address is parted. */
export const inCode = (text: string): string =>
  text.replace(/:(?=\/\/)|(?<=\bwww\d{0,3})\./giu, `$&${ZERO_WIDTH_SPACE}`);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapedBy = (signs: RegExp) => (text: string) => text.replace(signs, (sign) => ENTITIES[sign] ?? sign);

/** Between tags. */
export const escaped = escapedBy(/[&<>]/g);

/** Between double quotes. */
const quoted = escapedBy(/[&<>"]/g);

export const shown = (text: string): string => escaped(literal(text));

// Outlook knows no other line end within a text.
export const lines = (text: string): string => text.replaceAll('\n', '<br>');

/** An element. `attributes` are ours or escaped here, `inner` is markup. */
export const element = (name: string, attributes: Readonly<Record<string, string>>, inner: string): string =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${quoted(value)}"`)
    .join('')}>${inner}</${name}>`;
