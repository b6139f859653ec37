import type { Answer } from './answer.ts';
import type { Letters, Mailbox } from './email/mailbox.ts';
import type { startOf } from './exchange.ts';
import type { Room } from './living.ts';
import type { Bot } from './teams-bot/bot.ts';

/** Where a receiver is reached. `url`, `secrets` and `proxy` are secrets. */
interface Address {
  /** The receiver's. */
  readonly name?: string;
  readonly url: string;
  /** Of mail: who writes to whom. */
  readonly letters?: Letters;
  /** Of a chat app: where it writes. */
  readonly room?: Room;
  /** Of Teams: who the relay is there. */
  readonly bot?: Bot;
  /** Keys of the signature, for destinations that are signed for: the newest first. */
  readonly secrets?: readonly string[];
  /** For whom a token of the relay's identity is, which goes with each payload; without one, none does. */
  readonly audience?: string;
  /** The proxy on the way there, with its user and password where it wants them. */
  readonly proxy?: string;
}

/** An app of Entra ID that proves itself by a secret, in place of the relay's identity. */
export interface App {
  readonly id: string;
  readonly secret: string;
  /** Where it asks for tokens. */
  readonly tokens: string;
  /** The way there. */
  readonly proxy?: string | undefined;
}

/** Tokens of the relay's identity, or of an app. Never rejects. */
export interface SignIn {
  /** A token for an audience; undefined where none can be had now. Ends within seconds. */
  tokenFor(audience: string, app?: App): Promise<string | undefined>;
  /** Who got the token did not take it: the next one is fetched. */
  refused(audience: string, token: string, app?: App): void;
}

/**
 * Puts a payload on the wire once: no retries, no redirects, an answer within 10 s. `messageId` is the same for every
 * try at one message. Never rejects.
 */
export type Transport = (to: Address, payload: unknown, messageId: string) => Promise<Answer>;

export interface Letter {
  /** Used byte for byte: it may be signed. */
  readonly url: string;
  /** Without it, POST. */
  readonly method?: 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For whom a token goes with it: the relay's own, or the app's. */
  readonly audience?: string | undefined;
  readonly app?: App | undefined;
  readonly proxy?: string | undefined;
}

/**
 * Posts once: no retries, no redirects, an answer within 10 s, and only to where `reach` allows. `read` takes from the
 * answer's body what counts; if it fails, there was no answer. Never rejects.
 */
export type Post = (letter: Letter, read?: typeof startOf) => Promise<Answer>;

/** One mail to one address. */
export interface Mail {
  /** The server, with user and password: a secret. */
  readonly url: string;
  readonly from: Mailbox;
  readonly to: Mailbox;
  /** Without the angle brackets, as `thread`. */
  readonly messageId: string;
  /** The message that this one seems to answer, which nobody has sent: programs put together what answers the same. */
  readonly thread: string;
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Hands a mail to its server once, only where `reach` allows: within 10 s, and hears within 32 s more that it was taken.
 * Never in clear, but in a local run to this machine. Never rejects.
 */
export type SendMail = (mail: Mail) => Promise<Answer>;
