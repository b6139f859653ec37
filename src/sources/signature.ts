import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { MINUTE_MILLISECONDS } from '../event/time/units.ts';
import { keysOf } from '../event/webhook-secret.ts';

/** What a signature covers: the body's bytes as they came, and the headers. */
export interface Signed {
  readonly bytes: Uint8Array;
  readonly headers: { get(name: string): string | null };
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
}

/** Whether one secret made the signature of a request. */
type Check = (signed: Signed, secret: string) => boolean;

/** The same, with the header that holds the signature. */
export type Signature = Check & { readonly header: string };

export const signedIn = (header: string, check: Check): Signature => Object.assign(check, { header });

/** Compares in constant time, whatever the lengths: both sides are hashed first. */
export function equal(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** An HMAC of the raw body in hexadecimal, in one header. */
export const hmacHeader = (header: string, algorithm: 'sha256' | 'sha512', prefix = ''): Signature =>
  signedIn(header, ({ bytes, headers }, secret) => {
    const given = headers.get(header)?.trim() ?? '';
    return equal(given.toLowerCase(), prefix + createHmac(algorithm, secret).update(bytes).digest('hex'));
  });

/** A secret that the sender repeats in a header. */
export const secretHeader = (header: string): Signature =>
  signedIn(header, ({ headers }, secret) => {
    const given = headers.get(header);
    return given !== null && given !== '' && equal(given, secret);
  });

const TOLERANCE_MILLISECONDS = 5 * MINUTE_MILLISECONDS;

/** Standard Webhooks: `id.timestamp.body` under a Base64 secret (https://www.standardwebhooks.com). */
export const standardWebhooks: Signature = signedIn('webhook-signature', ({ bytes, headers, now }, secret) => {
  const id = headers.get('webhook-id') ?? '';
  const timestamp = headers.get('webhook-timestamp') ?? '';
  const age = Math.abs(now - Number(timestamp) * 1000);
  if (id === '' || !/^\d+$/.test(timestamp) || age > TOLERANCE_MILLISECONDS) return false;
  // Several signatures may be sent while a key is rotated.
  const given = (headers.get('webhook-signature') ?? '').split(' ');
  return keysOf(secret).some((key) => {
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(bytes).digest('base64');
    return given.some((each) => equal(each, `v1,${expected}`));
  });
});

/** The first, where a request has its header; else the second. */
export const eitherSigned = (first: Signature, second: Signature): Signature =>
  signedIn(second.header, (signed, secret) =>
    (signed.headers.get(first.header) === null ? second : first)(signed, secret),
  );
