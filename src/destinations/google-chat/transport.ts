import { asObject } from '../../event/json.ts';
import { postJson } from '../post-json.ts';
import type { Post, Transport } from '../transport.ts';

/**
 * What makes a message with a thread's key join that thread, or begin it; without it Google begins a new one each time.
 * https://developers.google.com/workspace/chat/quickstart/webhooks#start-thread
 */
const REPLY = 'messageReplyOption';
const OR_NEW = 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD';

/**
 * Posts a message as JSON, once. What belongs to a thread has the word about threads behind the address, which is else
 * used byte for byte. It goes with nothing else: one user reports an error there (https://github.com/caronc/apprise/pull/1376).
 */
export const googleChatWebhook = (post: Post): Transport => {
  const send = postJson(post);
  return (to, payload, messageId) =>
    send('thread' in asObject(payload) ? { ...to, url: withReply(to.url) } : to, payload, messageId);
};

/** An address whose messages reply in their thread. What says otherwise by itself is left so. */
export function withReply(url: string): string {
  if (URL.parse(url)?.searchParams.has(REPLY) !== false) return url;
  const [address = '', ...fragment] = url.split('#');
  const mark = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&';
  return [`${address}${mark}${REPLY}=${OR_NEW}`, ...fragment].join('#');
}
