// Mattermost parses every text that is posted, and has no element that it leaves alone. What it reads is in its own parser
// (https://github.com/mattermost/marked) and in what it does for Slack's sake: <!channel>, <@id> and <url|text> mean something
// (https://developers.mattermost.com/integrate/webhooks/incoming/#slack-compatibility).

const ZERO_WIDTH_SPACE = '\u200b';

/** What a backslash does not escape there, or not always. */
const ENTITIES: Readonly<Record<string, string>> = { '\\': '&#92;', '&': '&amp;', $: '&#36;' };

/**
 * A text that is shown as it is written: it calls nobody, and it makes no link, tag, emoji, formula or picture. Addresses
 * and mentions are parted, because they have no escape; and so is whatever begins a line, as a list or a heading would.
 */
export const literal = (text: string): string =>
  text
    .replace(/[`*_[\]|]|(?<=\bwww\d{0,3})\.|\.(?=\p{L}{2,4}\/)|[\\&$]/giu, (sign) => ENTITIES[sign] ?? `\\${sign}`)
    .replace(/(?<!&)[@#~](?=\S)|:(?=[^\s\d]|[\w+'-]+:)|(?<!\d):(?=\d)|;(?=-?\))/g, `$&${ZERO_WIDTH_SPACE}`)
    .replaceAll('<', `&lt;${ZERO_WIDTH_SPACE}`)
    .replace(/^(?=[^\S\n]*(?:[>#+=\t-]|\d+\.)|[^\S\n]{4})/gm, ZERO_WIDTH_SPACE);

/** What stands in code is not parsed; but nothing escapes what would end it, nor what is read for Slack's sake. */
const isTame = (text: string): boolean => !/[`<]/.test(text);

export const code = (text: string): string => (isTame(text) ? `\`${text}\`` : literal(text));

export const codeBlock = (text: string): string => (isTame(text) ? `\`\`\`\n${text}\n\`\`\`` : literal(text));

export const bold = (text: string): string => `**${literal(text)}**`;

export const link = (text: string, url: string): string =>
  `[${literal(text)}](${url.replace(/[()<>\\\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)})`;
