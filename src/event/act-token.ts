import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type ButtonName, buttonNames } from './act.ts';
import { identity } from './identity.ts';

/** What whoever has a token may have done, once. */
export interface Permit {
  readonly button: ButtonName;
  /** The receiver whose message it stands in. */
  readonly receiver: string;
  /** The event's id as 32 hex digits. */
  readonly event: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

const VERSION = '1';

// 32 bytes in base64url.
const SIGNATURE = 43;

/** The event of a permit, by its id. */
export const eventOfPermit = (id: string): string => identity(id);

/** A permit that only who has the key can write. Letters, digits, - and _; at most 250, so that an address can hold it. */
export function tokenFor({ button, receiver, event, expires }: Permit, key: string): string {
  const said = [VERSION, buttonNames.indexOf(button), receiver, event, expires.toString(36)].join('.');
  const body = Buffer.from(said).toString('base64url');
  return body + signatureOf(body, key);
}

const signatureOf = (body: string, key: string): string =>
  createHmac('sha256', key).update(`autoscale-relay act ${body}`).digest('base64url');

const SAID = /^1\.(\d)\.([A-Za-z0-9][\w-]{0,62})\.([0-9a-f]{32})\.([0-9a-z]{1,8})$/;

/** What a token permits, whenever it ends; undefined where none of the keys has signed it. */
export function permitIn(token: string, keys: readonly string[]): Permit | undefined {
  if (token.length > 300 || !/^[\w-]+$/.test(token)) return undefined;
  const [body, signature] = [token.slice(0, -SIGNATURE), token.slice(-SIGNATURE)];
  // All are tried, so that the time does not say which one fits.
  const fits = keys.map((key) => isSame(signature, signatureOf(body, key)));
  const [, index = '', receiver, event, expires = ''] = SAID.exec(Buffer.from(body, 'base64url').toString()) ?? [];
  const button = buttonNames[Number(index)];
  if (!fits.includes(true) || button === undefined || receiver === undefined || event === undefined) return undefined;
  return { button, receiver, event, expires: Number.parseInt(expires, 36) };
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
