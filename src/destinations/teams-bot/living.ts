import { asObject, jsonIn } from '../../event/json.ts';
import type { Living, MessageRef } from '../living.ts';
import { gone } from './answers.ts';

/** One call of the Bot Connector; a payload that is none is a message that begins. */
export type BotCall = { readonly activity: object } & (
  | { readonly call: 'begin' }
  /** Where the message stands, and below which it is to stand. */
  | { readonly call: 'update' | 'reply'; readonly at: MessageRef }
);

const asActivity = (message: unknown): object => (typeof message === 'object' ? { ...message } : {});

/**
 * Stories in Teams. The channel of a place is its thread, as Teams names it; in a chat, which has no threads, an answer is another
 * message. Nobody can be asked what was written: a bot does not read the channel. And what stands in a thread stands there alone.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/update-and-delete-bot-messages
 */
export const teamsBotLiving: Living = {
  begin: (message): BotCall => ({ call: 'begin', activity: asActivity(message) }),
  update: (message, _mark, at): BotCall => ({ call: 'update', at, activity: asActivity(message) }),
  reply: (message, _mark, root): BotCall => ({ call: 'reply', at: root, activity: asActivity(message) }),
  placeIn(body) {
    const { conversation, id } = asObject(jsonIn(body));
    return typeof conversation === 'string' && typeof id === 'string' ? { channel: conversation, id } : undefined;
  },
  gone,
  page: { of: pageOf },
};

/** https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams#deep-link-to-a-message; a chat has no such page. */
function pageOf({ channel }: MessageRef): string | undefined {
  const [, thread, root] = /^(19:[\w.-]+@thread\.(?:tacv2|skype));messageid=(\d+)$/.exec(channel) ?? [];
  if (thread === undefined || root === undefined) return undefined;
  return `https://teams.microsoft.com/l/message/${encodeURIComponent(thread)}/${root}`;
}
