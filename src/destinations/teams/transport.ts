import { whatCame } from '../exchange.ts';
import type { Post, Transport } from '../transport.ts';

/** Posts to the webhook of a Power Automate flow, once. The URL is used byte for byte: its signature covers it. */
export const teamsWorkflow =
  (post: Post): Transport =>
  ({ url, audience, proxy }, payload) =>
    post(
      {
        ...{ url, audience, proxy },
        // Without the charset, Power Automate has garbled emoji.
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(payload),
      },
      whatCame,
    );
