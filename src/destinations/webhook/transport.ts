import { createHmac } from 'node:crypto';
import { tokenOf } from '../../event/identity.ts';
import { keyOf } from '../../event/webhook-secret.ts';
import { whatCame } from '../exchange.ts';
import type { Post, Transport } from '../transport.ts';

/**
 * Posts a CloudEvent with a signature by Standard Webhooks for each of the receiver's secrets, so that a subscriber can
 * change over from one to the other. Without secrets it is not signed.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
export const signedWebhook =
  (post: Post): Transport =>
  ({ url, secrets = [], audience, proxy }, payload, messageId) => {
    const body = JSON.stringify(payload);
    // A sender may choose its event's id, and one with a dot could pass a piece of itself off as time and body.
    const id = tokenOf(messageId);
    const timestamp = `${Math.floor(Date.now() / 1000)}`;
    const signed = `${id}.${timestamp}.${body}`;
    const headers = {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': 'autoscale-relay',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      ...(secrets.length > 0 && { 'webhook-signature': secrets.map((secret) => signature(secret, signed)).join(' ') }),
    };
    return post({ url, headers, body, audience, proxy }, whatCame);
  };

const signature = (secret: string, signed: string): string =>
  `v1,${createHmac('sha256', keyOf(secret)).update(signed).digest('base64')}`;
