import * as z from 'zod';
import { buttonNames, ways } from '../../event/act.ts';
import { anyRelease } from '../../event/later.ts';
import { DAY_MILLISECONDS } from '../../event/time/units.ts';

/** The trace that a message belongs to, as W3C writes it in `traceparent`; one that cannot be read is let go. */
const trace = z
  .string()
  .regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/)
  .optional()
  .catch(undefined);

/** A receiver's name; it is also a key of the ledger. */
export const receiverName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'expected letters, digits, - and _');

// A receiver that is named twice, such as in the configuration's notices, is told once.
const receivers = z
  .array(receiverName)
  .min(1)
  .overwrite((names) => [...new Set(names)]);

/**
 * One event on its way to some receivers: the message of the queue `deliveries`.
 * It names receivers and never holds a URL: what is read from a queue must not open a channel.
 */
export const delivery = z.object({
  version: z.literal(1),
  event: anyRelease,
  receivers,
  /** How often these receivers were tried before. */
  attempt: z.int().min(0),
  /** How many of these tries the receiver itself put off, by Retry-After. */
  putOff: z.int().min(0).optional(),
  /** ISO, UTC: when the webhook was accepted. */
  acceptedAt: z.iso.datetime(),
  /** Its source has credentials and the request fulfilled them: the relay says so, beside what the sender said. Absent: no. */
  proven: z.boolean().optional(),
  /** An operator wants it sent although it was dealt with: what did not go out, or whatever has become of it. */
  replay: z.enum(['unsent', 'forced']).optional(),
  /** How often an alert is told again while it fires, in milliseconds. Absent: never. */
  remind: z
    .int()
    .min(1)
    .max(7 * DAY_MILLISECONDS)
    .optional(),
  /** The receiver whose fallback gets it. */
  standsFor: receiverName.optional(),
  trace,
});

export type Delivery = z.infer<typeof delivery>;

/**
 * What is parked for a receiver leaves now. `call` says which call for a flush this is: one that another has taken the place
 * of does nothing. Without it, it is any.
 */
const flush = z.object({ version: z.literal(1), flush: receiverName, call: z.string().max(200).optional(), trace });

export type Flush = z.infer<typeof flush>;

/** What waited for the end of a deployment, by its key, is told now. */
const release = z.object({
  version: z.literal(1),
  release: z.string().regex(/^[0-9a-f]{32}$/),
  receivers,
  trace,
});

/**
 * The machines of a scaling are to be looked for. It is a release as well, of what nobody has held back: a release of this
 * app that does not know of looks finds nothing to tell, and the message is done with.
 */
const look = release.extend({
  look: z.object({
    /** The id of the event that began it. */
    event: z.string().min(1).max(200),
    /** Counted from 0. */
    number: z.int().min(0).max(2),
  }),
});

export type MachineCheck = z.infer<typeof look>;

/**
 * The scale sets are to be checked for drift now. It is a release as well, of what nobody has held back: a release of this
 * app that does not know of it finds nothing to tell, and the message is done with.
 */
const driftRun = release.extend({
  drift: z.object({
    /** When it was asked for. */
    askedAt: z.iso.datetime(),
  }),
});

/** Whether a message of the queue asks for a check; its other fields are of no use then. All that is delivered is asked first. */
export const isDriftRun = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'drift' in message && driftRun.safeParse(message).success;

/**
 * An alert is told again, if it still fires: by the name of its story, at the time that its row says. A release as well, of
 * what nobody has held back, for a release of this app that does not know of it.
 */
const remind = release.extend({ remind: z.object({ at: z.iso.datetime() }) });

export type Remind = z.infer<typeof remind>;

/**
 * Somebody has pressed a button of a receiver's message. A release as well, of what nobody has held back, for a release of this
 * app that does not know of it: it is named by the hash of the button's token, which does it once.
 */
const act = release.extend({
  act: z.object({
    button: z.enum(buttonNames),
    /** The id of the event, as 32 hex digits. */
    event: z.string().regex(/^[0-9a-f]{32}$/),
    by: z.string().min(1).max(200),
    via: z.enum(ways),
    /** When it was pressed. */
    at: z.iso.datetime(),
  }),
});

export type Pressed = z.infer<typeof act>;

/** Every message of the queue `deliveries`. */
export const queueMessage = z.union([delivery, flush, look, driftRun, remind, act, release]);

export type QueueMessage = z.infer<typeof queueMessage>;
