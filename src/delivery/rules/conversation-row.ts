import * as z from 'zod';
import { doings } from '../../event/act.ts';
import { severities } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { trail } from '../../event/trail.ts';

/** What a message shows: an event by its id, when that was (ISO), and whether it was the end; `open`: an end after which somebody has to act. */
const shown = z.object({
  event: z.string(),
  at: z.iso.datetime(),
  ends: z.boolean(),
  open: z.literal(true).optional(),
});

/** What somebody did, and when (ISO) that was. */
const done = z.object({
  action: z.enum(doings),
  by: z.string(),
  at: z.iso.datetime(),
  until: z.iso.datetime().optional(),
});

/** What a receiver's ledger knows of a conversation. */
export const conversationRow = z.object({
  version: z.literal(1),
  /** Where its first message stands, and what began it (32 hex digits). */
  root: z.object({ channel: z.string(), id: z.string(), event: z.string() }).optional(),
  /** The id of that event, until it stands in the thread as well. */
  began: z.string().optional(),
  /** Who writes to it now, and until when (ISO) that is believed. */
  writer: z.object({ owner: z.string(), until: z.iso.datetime() }).optional(),
  /** What may stand in the chat though nobody has heard so: of which events (32 hex digits), since when (ISO), and what it shows. */
  unsure: z.array(z.object({ event: z.string(), since: z.iso.datetime(), shows: shown.optional() })).optional(),
  /** What the first message shows. */
  shown: shown.optional(),
  /** The latest events that were told whole, as 32 hex digits. */
  told: z.array(z.string()),
  /** The event that stands in the thread already, and is not told whole yet. */
  replied: z.string().optional(),
  /** The worst that was told. */
  worst: z.enum(severities).optional(),
  /** What people have done with it: the latest of each kind. */
  acts: z.array(done).readonly().optional(),
  /** Of one that several stories have joined: how it came. */
  trail: trail.optional(),
  /** When (ISO) it was last written to. */
  wroteAt: z.iso.datetime().optional(),
});

export type ConversationRow = z.infer<typeof conversationRow>;

export const NO_CONVERSATION: ConversationRow = { version: 1, told: [] };

/** By what the first event is found in the thread; by its own mark, the first message is. */
export const firstMarkOf = (root: NonNullable<ConversationRow['root']>): string => identity('first', root.event);
