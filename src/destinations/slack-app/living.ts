import { asObject } from '../../event/json.ts';
import type { Living, Mark, MessageRef } from '../living.ts';
import type { SlackMessage } from '../slack/message.ts';
import { gone } from './answers.ts';
import { replyIn } from './reply.ts';

/** One call of Slack's Web API; without `method`, a payload is a message that is posted. */
export interface SlackCall {
  readonly method:
    | 'chat.postMessage'
    | 'chat.update'
    | 'chat.getPermalink'
    | 'conversations.history'
    | 'conversations.replies';
  /** Where the message stands, of what goes on; without it, in the receiver's channel. */
  readonly channel?: string;
  readonly message?: object;
  readonly [argument: string]: unknown;
}

/** By what the relay's messages are told from those of other apps, which may carry such data as well. */
const EVENT_TYPE = 'autoscale_relay_story';

// Slack lets an app that is installed in one workspace ask for up to 999; what was lost is among the newest.
const MOST_FOUND = 100;

const metadata = ({ conversation, event }: Mark) => ({
  event_type: EVENT_TYPE,
  event_payload: { conversation, event },
});

const post = (message: unknown, mark: Mark, more: object = {}): SlackCall => ({
  method: 'chat.postMessage',
  ...more,
  message: { ...asMessage(message), metadata: metadata(mark) },
});

const asMessage = (message: unknown): Partial<SlackMessage> => (typeof message === 'object' ? { ...message } : {});

/**
 * Stories in Slack: https://docs.slack.dev/reference/methods/chat.postMessage, chat.update, conversations.history and
 * conversations.replies. A message is found again by its metadata, which whoever is in the workspace can read.
 */
export const slackAppLiving: Living = {
  begin: (message, mark) => post(message, mark),
  update(message, mark, { channel, id }): SlackCall {
    // What is left out stays as it was, and by itself this method makes links of what looks like one.
    const { text = '', blocks = [], attachments = [] } = asMessage(message);
    const now = { text, blocks, attachments, parse: 'none', metadata: metadata(mark) };
    return { method: 'chat.update', channel, ts: id, message: now };
  },
  reply: (message, mark, { channel, id }, loud) =>
    post(message, mark, { channel, thread_ts: id, ...(loud && { reply_broadcast: true }) }),
  find(since, root): SlackCall {
    const oldest = `${Math.floor(Date.parse(since) / 1000)}.000000`;
    const asked = { oldest, inclusive: true, limit: MOST_FOUND, include_all_metadata: true };
    return root === undefined
      ? { method: 'conversations.history', ...asked }
      : { method: 'conversations.replies', channel: root.channel, ts: root.id, ...asked };
  },
  placeIn(body) {
    const { ok, channel, ts } = replyIn(body);
    return ok === true ? placeAt(channel, ts) : undefined;
  },
  foundIn,
  gone,
  page: {
    ask: ({ channel, id }): SlackCall => ({ method: 'chat.getPermalink', channel, message_ts: id }),
    read(body) {
      const { ok, permalink } = replyIn(body);
      return ok === true && typeof permalink === 'string' && permalink.length <= MOST_PAGE && PAGE.test(permalink)
        ? permalink
        : undefined;
    },
  },
};

function foundIn(body: string, { conversation, event }: Mark): MessageRef | undefined {
  const { ok, channel, messages } = replyIn(body);
  if (ok !== true || !Array.isArray(messages)) return undefined;
  const found = messages.flatMap((each: unknown) => {
    const { ts, metadata: data } = asObject(each);
    const { event_type: type, event_payload: payload } = asObject(data);
    const told = asObject(payload);
    const isIt = type === EVENT_TYPE && told['conversation'] === conversation && told['event'] === event;
    return isIt ? (placeAt(channel, ts) ?? []) : [];
  });
  // Of several, the first one that was written, whatever the order of the answer.
  return found.sort((one, other) => (one.id < other.id ? -1 : 1))[0];
}

/** Of a workspace, whose name is its own; of an organization it is within `enterprise`. */
const PAGE = /^https:\/\/(?:[a-z0-9-]+\.)+slack(?:-gov)?\.com\/archives\/[\w/?=&.-]+$/;

const MOST_PAGE = 300;

/** As https://docs.slack.dev/reference/objects/conversation-object has ids: what is longer has no room in a row of the ledger. */
const CHANNEL = /^\w{1,50}$/;

/** Slack's id of a message is the time at which it was written, as a text: as a number it loses digits. */
function placeAt(channel: unknown, ts: unknown): MessageRef | undefined {
  return typeof channel === 'string' &&
    CHANNEL.test(channel) &&
    typeof ts === 'string' &&
    /^\d{1,12}\.\d{1,9}$/.test(ts)
    ? { channel, id: ts }
    : undefined;
}
