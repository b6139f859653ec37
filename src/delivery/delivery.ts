import * as z from 'zod';
import { event } from '../event/event.ts';

/** A receiver's name; it is also a row key of the ledger. */
export const receiverName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'expected letters, digits, - and _');

/**
 * One event on its way to some receivers: the message of the queue `deliveries`.
 * It names receivers and never holds a URL: what is read from a queue must not open a channel.
 */
export const delivery = z.object({
  version: z.literal(1),
  event,
  receivers: z.array(receiverName).min(1),
  /** How often these receivers were tried before. */
  attempt: z.int().min(0),
  /** ISO, UTC: when the webhook was accepted. */
  acceptedAt: z.iso.datetime(),
});

export type Delivery = z.infer<typeof delivery>;

/** What nobody will try again by itself, and why. */
export interface DeadLetter {
  readonly version: 1;
  readonly reason: string;
  /** One sentence for people, without secrets. */
  readonly detail: string;
  readonly diedAt: string;
  /** The delivery for the one receiver that failed; absent where the message could not be read. */
  readonly delivery?: Delivery;
  /** The start of a message that could not be read. */
  readonly unread?: string;
}
