import type { LocaleName } from '../locales/registry.ts';
import { wordsOf } from '../locales/words-of.ts';
import type { Mention, Voice } from '../message/slots.ts';
import type { Letters } from './email/mailbox.ts';
import type { Room } from './living.ts';
import type { Rate } from './rate.ts';
import type { DestinationName } from './registry.ts';
import type { Bot } from './teams-bot/bot.ts';

/** A named audience. Its URL is a secret: it is looked up at the last moment and appears in no message, log or error. */
export interface Receiver {
  readonly name: string;
  readonly type: DestinationName;
  readonly url: string;
  /** Keys to sign with, for receivers that check signatures: the newest first. */
  readonly secrets?: readonly string[];
  /** For whom a token of the relay's identity has to be that it asks for. */
  readonly audience?: string;
  /** The proxy on the way to it: a secret too, where it names a password. */
  readonly proxy?: string;
  /** Of mail: who writes to whom. */
  readonly letters?: Letters;
  /** Of a chat app: where it writes, and how. */
  readonly room?: Room;
  /** By what the chat signs that a button was pressed: the newest first. */
  readonly signingSecrets?: readonly string[];
  /** Of Teams: who the relay is there. */
  readonly bot?: Bot;
  /** How often it may be written to; without one, as often as there are events. */
  readonly rate?: Rate;
  /** The receiver that gets what this one does not take. */
  readonly fallback?: string;
  /** What its readers can do by buttons. */
  readonly buttons?: Voice['buttons'];
  /** Whether its chat draws charts. */
  readonly charts?: boolean;
  readonly locale: LocaleName;
  /** IANA name. */
  readonly timeZone: string;
}

/** How a receiver is spoken to; `mentions` are whom the configuration calls for this event. */
export const voiceOf = async (
  { locale, timeZone, buttons, charts }: Receiver,
  mentions: readonly Mention[] = [],
): Promise<Voice> => ({ say: await wordsOf(locale), timeZone, mentions, buttons, charts });
