import { fieldsOf, listOf } from './json.ts';
import type { Destination } from './message.ts';

interface Designer {
  readonly name: string;
  /** The part of a message that one pastes there. */
  readonly part: (payload: unknown) => unknown;
}

/** Where a message of each chat can be looked at and changed, outside this page. */
export const DESIGNER: Readonly<Partial<Record<Destination, Designer>>> = {
  // It takes an object with blocks, attachments or both, and nothing that only an API knows.
  // https://docs.slack.dev/tools/slack-cli/reference/commands/slack_blocks_preview/,
  // https://github.com/raycharius/slack-block-builder (printPreviewUrl)
  slack: {
    name: 'Block Kit Builder',
    part: (payload) => {
      const { blocks, attachments } = fieldsOf(payload);
      return { ...(blocks !== undefined && { blocks }), ...(attachments !== undefined && { attachments }) };
    },
  },
  // The card itself, without the envelope of the workflow: https://adaptivecards.microsoft.com/designer
  teams: {
    name: 'card designer',
    part: (payload) => fieldsOf(listOf(fieldsOf(payload)['attachments'])[0])['content'] ?? null,
  },
};
