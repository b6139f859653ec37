import { postJson } from '../post-json.ts';
import type { Post, Transport } from '../transport.ts';

/**
 * Posts an event to PagerDuty's Events API v2, once: an alert to one address, a change to the other. The integration key is in the body,
 * and is put there last, so that no message that is shown or kept has it.
 * https://developer.pagerduty.com/docs/send-alert-event, https://developer.pagerduty.com/docs/send-change-event
 */
export const eventsApi = (post: Post): Transport => {
  const send = postJson(post);
  return ({ secrets: [key] = [], ...to }, payload, messageId) => {
    const event = payload as object;
    const path = 'event_action' in event ? '/v2/enqueue' : '/v2/change/enqueue';
    return send(
      { ...to, url: to.url.replace(/(?:\/v2(?:\/change)?\/enqueue)?\/?$/, '') + path },
      { routing_key: key, ...event },
      messageId,
    );
  };
};
