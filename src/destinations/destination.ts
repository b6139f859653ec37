import type { RelayEvent } from '../event/event.ts';
import type { Limits } from '../message/fit.ts';
import type { Telling, Voice } from '../message/slots.ts';
import type { AnswerTable } from './answer.ts';
import type { Living } from './living.ts';
import type { Rate } from './rate.ts';
import type { Post, SendMail, Transport } from './transport.ts';

/** Turns an event into a destination's payload. Pure: the same in, the same out. */
type Formatter = (event: RelayEvent, voice: Voice, telling?: Telling) => unknown;

/** How a kind of receiver is written to. */
export interface Message {
  readonly format: Formatter;
  /** The form that is sent once when the destination refuses the full one. */
  readonly plain: Formatter;
  readonly limits: Limits<never>;
}

/** A kind of receiver: how it is written to, how a message gets there, and what its answers mean. */
export interface Destination {
  /**
   * Programs get each event as it is; of many events, people get one message sooner than many, in their language. Pagers get each event
   * by itself, so that its end finds it, in words, and at any hour.
   */
  readonly readers: 'people' | 'programs' | 'pagers';
  /** Loaded with the first message: a relay writes to few kinds. */
  readonly message: () => Promise<Message>;
  /** The short id of the event that a message tells; undefined for what is no message of ours. */
  readonly eventIn: (payload: unknown) => string | undefined;
  /** The name is told in telemetry. */
  readonly transport: { readonly name: string; readonly over: (post: Post, sendMail: SendMail) => Transport };
  /** Of a chat app, whose messages live on. Loaded with the first message. */
  readonly living?: () => Promise<Living>;
  /** Whether it can draw numbers. */
  readonly charts?: true;
  /** Whether messages are signed with the receiver's secrets. */
  readonly isSigned: boolean;
  /**
   * Where the vendor takes messages, by region, the usual one first: then a receiver has a `key` in place of an address of its own, which
   * is the first of its secrets.
   */
  readonly regions?: Readonly<Record<string, string>>;
  /** Where the vendor takes the messages of all: then a receiver needs no address of its own. */
  readonly home?: string;
  readonly answers: AnswerTable;
  /** What such a receiver takes, where its configuration says nothing else. */
  readonly rate: Rate;
  /** Hosts that such a receiver may live at. A URL elsewhere is a mistake or a leak. `public`: any, at any port. */
  readonly hosts: { readonly fit: RegExp; readonly beginning: string } | 'public';
  /** What is wrong with an address that is none of HTTP, without repeating it. */
  readonly addressProblem?: (url: string, development: boolean) => string | undefined;
}
