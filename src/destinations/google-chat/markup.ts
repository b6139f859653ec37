// A message has two languages: `text` has Google Chat's own marks (and, for some apps, Markdown), and a card's texts are HTML, of
// which a few tags mean something: https://developers.google.com/workspace/chat/format-messages. The first has no escape.

const ZERO_WIDTH_SPACE = '\u200b';
const PARTED = `${ZERO_WIDTH_SPACE}$&${ZERO_WIDTH_SPACE}`;

/**
 * A text for `text`, that is shown as it is written: it calls nobody (`<users/all>`), and makes no link, mark, emoji, list or
 * quotation, in Chat's marks nor in Markdown. As neither can be escaped for both, what would begin or end one is parted from it.
 */
export const literal = (text: string): string =>
  text
    .replace(/[*~`|\\[\]]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, PARTED)
    .replace(/[<&]|:(?=[^\s\d]|[\w+'-]+:)|(?<!\d):(?=\d)|@(?=\S)|\.(?=\p{L}{2,24}\/)/giu, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/(?<=\bwww\d{0,3})\./gi, `${ZERO_WIDTH_SPACE}.`)
    .replace(/^(?=[^\S\n]*(?:[>#+=-]|\d+[.)])|[^\S\n]{4}|\t)/gm, ZERO_WIDTH_SPACE);

/**
 * A text for those places of a card that are not said to be HTML: headers, labels, buttons. If they are read as HTML all the same,
 * nothing in it is a tag or an entity; if not, it is what it is.
 */
export const plain = (text: string): string => text.replace(/[<&](?=\S)/g, `$&${ZERO_WIDTH_SPACE}`);

/** A text for the places of a card that are HTML, as it is written, line by line. */
export const html = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&${ENTITIES[sign]};`).replaceAll('\n', '<br>');

const ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };

export const bold = (text: string): string => `<b>${html(text)}</b>`;

export const link = (text: string, url: string): string => `<a href="${html(url)}">${html(text)}</a>`;
