import { isObject, type JsonObject } from './payload.ts';
import { firstProblem } from './problem.ts';
import { slackAttachments } from './slack-attachments.ts';
import { slackBlocks } from './slack-blocks.ts';
import { walk } from './walk.ts';

/** A rule looks at a message and says what is wrong with it, if anything. */
type Rule = (message: JsonObject) => string | undefined;

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const isFilled = (value: unknown): boolean => (typeof value === 'string' || Array.isArray(value)) && value.length > 0;

const blocksAreNoList: Rule = ({ blocks }) =>
  blocks === undefined || Array.isArray(blocks) ? undefined : '/blocks is not an array.';

// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
const MAX_ATTACHMENTS = 100;

const tooManyAttachments: Rule = ({ attachments }) =>
  listOf(attachments).length > MAX_ATTACHMENTS
    ? `/attachments has ${listOf(attachments).length} items; Slack takes ${MAX_ATTACHMENTS}.`
    : undefined;

// A title alone is enough: https://github.com/slackhq/slack-api-docs/issues/41
const SHOWN = ['blocks', 'fallback', 'fields', 'image_url', 'pretext', 'text', 'title'];

const saysNothing: Rule = ({ text, blocks, attachments }) => {
  const speaks = listOf(attachments).some((one) => isObject(one) && SHOWN.some((key) => isFilled(one[key])));
  const hasText = typeof text === 'string' && text !== '';
  return hasText || isFilled(blocks) || speaks ? undefined : 'There is no text, no block and no attachment to show.';
};

const blocksAreWrong: Rule = ({ blocks }) => {
  const reading = slackBlocks.optional().safeParse(blocks);
  return reading.success ? undefined : firstProblem(reading.error, '/blocks');
};

const attachmentsAreWrong: Rule = ({ attachments }) => {
  const reading = slackAttachments.optional().safeParse(attachments);
  return reading.success ? undefined : firstProblem(reading.error, '/attachments');
};

const blocksIn = (holder: unknown, place: string): { at: string; block: JsonObject }[] =>
  (isObject(holder) ? listOf(holder['blocks']) : [])
    .filter(isObject)
    .map((block, index) => ({ at: `${place}/blocks/${index}`, block }));

const everyBlock = (message: JsonObject) => [
  ...blocksIn(message, ''),
  ...listOf(message['attachments']).flatMap((one, index) => blocksIn(one, `/attachments/${index}`)),
];

const blockIdRepeats: Rule = (message) => {
  const seen = new Set<unknown>();
  for (const { at, block } of everyBlock(message)) {
    const id = block['block_id'];
    if (seen.has(id)) return `${at}/block_id is wrong. The message already has a block "${id}".`;
    if (id !== undefined) seen.add(id);
  }
  return undefined;
};

// https://docs.slack.dev/reference/block-kit/blocks/table-block
const tableRepeats: Rule = (message) => {
  const [, second] = everyBlock(message).filter(({ block }) => block['type'] === 'table');
  return second === undefined ? undefined : `${second.at} is a second table (only_one_table_allowed).`;
};

// Undocumented: users measured where chat.postMessage starts to refuse, https://github.com/slackapi/bolt-js/issues/2509
const MAX_BLOCK_TEXT = 13_200;

const saysTooMuch: Rule = (message) => {
  let total = 0;
  for (const { key, value } of walk(everyBlock(message))) {
    if (key === 'text' && typeof value === 'string') total += value.length;
  }
  return total > MAX_BLOCK_TEXT
    ? `The blocks hold ${total} characters of text; Slack stops at about ${MAX_BLOCK_TEXT}.`
    : undefined;
};

const RULES = [
  ['invalid_blocks_format', blocksAreNoList],
  ['too_many_attachments', tooManyAttachments],
  ['no_text', saysNothing],
  ['invalid_blocks', blocksAreWrong],
  ['invalid_attachments', attachmentsAreWrong],
  ['invalid_blocks', blockIdRepeats],
  ['invalid_attachments', tableRepeats],
  ['msg_blocks_too_long', saysTooMuch],
] as const;

/** What is wrong with a message: Slack's word for it, and why. */
export function faultIn(message: JsonObject): { readonly word: string; readonly reason: string } | undefined {
  for (const [word, rule] of RULES) {
    const reason = rule(message);
    if (reason !== undefined) return { word, reason };
  }
  return undefined;
}
