import * as z from 'zod';
import { unknownType } from './problem.ts';
import { richText } from './rich-text.ts';
import { CHARTS_FIT, chartsFit, drawing } from './slack-chart.ts';
import {
  accessory,
  actionElement,
  anyText,
  contextElement,
  hasOneSource,
  imageSource,
  inputElement,
  ONE_SOURCE,
  plainText,
} from './slack-elements.ts';

// Every number below is on the page of its block: https://docs.slack.dev/reference/block-kit/blocks
const block = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), block_id: z.string().max(255).optional(), ...shape });

const section = block('section', {
  text: anyText().optional(),
  fields: z.array(anyText(2000)).min(1).max(10).optional(),
  accessory: accessory.optional(),
  expand: z.boolean().optional(),
}).refine(({ text, fields }) => text !== undefined || fields !== undefined, 'Expected a text or fields');

const actionIdsDiffer = (elements: readonly object[]): boolean => {
  const ids = elements.flatMap((element) => ('action_id' in element ? [element.action_id] : []));
  return new Set(ids).size === ids.length;
};

const actions = block('actions', {
  elements: z.array(actionElement).min(1).max(25).refine(actionIdsDiffer, 'Two elements share one action_id'),
});

const image = block('image', { ...imageSource, title: plainText(2000).optional() }).refine(hasOneSource, ONE_SOURCE);

const input = block('input', {
  label: plainText(2000),
  element: inputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const tableCell = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
    z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) }),
    block('rich_text', { elements: richText }),
  ],
  unknownType,
);

const columnSetting = z.strictObject({
  align: z.enum(['left', 'center', 'right']).optional(),
  is_wrapped: z.boolean().optional(),
});

const table = block('table', {
  rows: z.array(z.array(tableCell).max(20)).min(1).max(100),
  column_settings: z.array(columnSetting.nullable()).max(20).optional(),
});

const MARKDOWN_TOTAL = 12_000;

const markdownFits = (blocks: { type: string; text?: unknown }[]): boolean =>
  blocks
    .filter(({ type }) => type === 'markdown')
    .reduce((sum, { text }) => sum + (typeof text === 'string' ? text.length : 0), 0) <= MARKDOWN_TOTAL;

// Left out on purpose. alert: modals only (https://github.com/slackapi/node-slack-sdk/pull/2567). video: needs a
// scope that a webhook lacks. file: only Slack may write it. card, container, data_table and most other blocks of
// 2026: still being rolled out, so some workspaces answer invalid_blocks; so they may to data_visualization, which is sent
// again without.
const messageBlock = z.discriminatedUnion(
  'type',
  [
    section,
    actions,
    image,
    input,
    table,
    block('header', { text: plainText(150) }),
    block('divider', {}),
    block('context', { elements: z.array(contextElement).min(1).max(10) }),
    block('rich_text', { elements: richText }),
    block('data_visualization', { title: z.string().min(1).max(50), chart: drawing }),
    block('markdown', { text: z.string().min(1).max(MARKDOWN_TOTAL) }),
  ],
  unknownType,
);

/** The blocks of a message, or of one attachment. */
export const slackBlocks = z
  .array(messageBlock)
  .max(50)
  .refine(chartsFit, CHARTS_FIT)
  .refine(markdownFits, `Too big: expected all markdown blocks together to have <=${MARKDOWN_TOTAL} characters`);
