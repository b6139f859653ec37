import { whatCame } from './exchange.ts';
import type { Post, Transport } from './transport.ts';

/** Posts a payload as JSON, once. The URL is used byte for byte: a signature in it may cover it. */
export const postJson =
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
