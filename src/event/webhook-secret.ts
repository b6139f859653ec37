import { createHmac, randomUUID } from 'node:crypto';

/** The secrets of Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md. */

const PREFIX = 'whsec_';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const ASCII = /^[\x20-\x7e]+$/;

/** The standard asks for 24 bytes; under 16 a key can be guessed. */
const ENOUGH = 24;
const LEAST = 16;

/** The key of a secret, the same for what is sent and for what is received: Base64 after `whsec_`, any other text as its bytes. */
export const keyOf = (secret: string): Buffer =>
  secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret);

/** The keys that a request may be signed with: senders of the standard's libraries read Base64 without its prefix too. */
export const keysOf = (secret: string): readonly Buffer[] =>
  !secret.startsWith(PREFIX) && BASE64.test(secret) && secret.length >= LEAST
    ? [keyOf(secret), Buffer.from(secret, 'base64')]
    : [keyOf(secret)];

// Of 4,096 changes one is missed, and of as many passwords one has the same mark: whoever reads it cannot try passwords on it.
const MARK_LETTERS = 3;

/** What tells secrets from others, under a salt of whoever keeps it. */
export const markOf = (secrets: readonly string[], salt: string): string =>
  createHmac('sha256', salt).update(JSON.stringify(secrets)).digest('hex').slice(0, MARK_LETTERS);

export const newSalt = (): string => randomUUID();

/** Why a secret is none, without repeating it. */
export function secretFault(secret: string): string | undefined {
  if (secret !== '' && !ASCII.test(secret))
    return 'expected ASCII: libraries of subscribers and senders differ in all other letters';
  const isWrong = secret.startsWith(PREFIX) && !BASE64.test(secret.slice(PREFIX.length));
  return isWrong ? 'expected Base64 after whsec_' : undefined;
}

export const isTooShort = (secret: string): boolean => keyOf(secret).length < LEAST;

/** Whether a secret is shorter than the standard asks for. */
export const isShort = (secret: string): boolean => keyOf(secret).length < ENOUGH;

export const MAKE_ONE = '`echo whsec_$(openssl rand -base64 32)` makes one';
