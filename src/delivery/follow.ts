import * as z from 'zod';
import type { EventOf, RelayEvent } from '../event/event.ts';
import { identity } from '../event/identity.ts';
import { anyRelease } from '../event/later.ts';
import { StorageError } from '../problems/errors.ts';
import { type Dispatch, iso } from './dispatch.ts';
import type { Ports } from './ports.ts';
import { type Delivery, receiverName } from './rules/delivery.ts';
import { followKey, MACHINES, storyKey } from './rules/keys.ts';
import { scalingIn } from './rules/machines.ts';
import { type ScalingStep, scalingStepOf, sentBefore, withStep } from './rules/scaling.ts';
import { storyMemory } from './rules/story.ts';

/** What is remembered of a scaling between looks. The message of the queue names it, and holds nothing of it. */
export const followed = z.object({
  event: anyRelease,
  proven: z.boolean().optional(),
  receivers: z.array(receiverName),
  /** ISO. */
  begunAt: z.iso.datetime(),
  /** How many looks were begun. */
  looks: z.int(),
  /** What the first look that found something saw. */
  first: z
    .array(
      z.object({
        name: z.string(),
        zone: z.string().optional(),
        state: z.enum(['running', 'underWay', 'failed', 'deleting']),
        isPooled: z.boolean().optional(),
      }),
    )
    .optional(),
  /** Why nobody looks any more. */
  ended: z.string().optional(),
});

export type Followed = z.infer<typeof followed>;

/**
 * Begins to follow a scaling whose event is being delivered: beside the delivery, which neither waits for it nor fails with
 * it. What comes twice, or is told by two senders, is followed once.
 */
export async function follow(dispatch: Dispatch, delivery: Delivery): Promise<void> {
  const { event, proven = false, receivers, attempt, replay } = delivery;
  if (dispatch.machines === undefined || event.kind !== 'scale' || attempt > 0 || replay !== undefined) return;
  const step = scalingStepOf(event, proven);
  if (step === undefined || scalingIn(event) === undefined || !isScaleSet(event)) return;
  try {
    if (await begun(dispatch, { event, step, receivers })) await queueMachineCheck(dispatch, event.id, receivers, 0);
  } catch (error) {
    // The event is told as it is.
    if (!(error instanceof StorageError)) throw error;
  }
}

// Dots alone would lead elsewhere.
const NAME = '(?!\\.+(?:/|$))[^/?#]+';
const SCALE_SET = new RegExp(
  `^/subscriptions/[0-9a-f-]{36}/resourceGroups/${NAME}/providers/Microsoft\\.Compute/virtualMachineScaleSets/${NAME}$`,
  'i',
);

const isScaleSet = ({ resource: { id } }: RelayEvent): boolean => id !== undefined && SCALE_SET.test(id);

/** The set's row, and which of its scalings were told. */
export async function scalingsOf({ ledger }: Pick<Ports, 'ledger'>, { resource: { id = '' } }: RelayEvent) {
  const key = storyKey(id.toLowerCase());
  const row = await ledger.read(MACHINES, key);
  return { key, row, scalings: storyMemory.safeParse(row?.value).data?.scalings ?? [] };
}

/** Whether this event is the one by which its scaling is followed. Of two that begin at once, one may go unfollowed. */
async function begun(
  { ports }: Dispatch,
  { event, step, receivers }: { event: EventOf<'scale'>; step: ScalingStep; receivers: readonly string[] },
): Promise<boolean> {
  const { key, row, scalings } = await scalingsOf(ports, event);
  // The message came back: whether its look was queued is not known, and a second one finds nothing to do.
  if (scalings.some(({ id }) => id === event.id)) return true;
  if (sentBefore(step, scalings) !== undefined) return false;
  const value: Followed = {
    event,
    proven: step.proven,
    receivers: [...receivers],
    begunAt: iso(ports.clock.now()),
    looks: 0,
  };
  const story = { key, value: { scalings: withStep(step, scalings) } };
  const written = await ports.ledger.write(MACHINES, [
    row === undefined ? { kind: 'insert', ...story } : { kind: 'replace', ...story, etag: row.etag },
    { kind: 'insert', key: followKey(event.id), value },
  ]);
  return written !== 'conflict';
}

/** Queues the look of that number, counted from 0, for so many seconds later. */
export const queueMachineCheck = (
  { ports: { deliveries } }: Dispatch,
  event: string,
  receivers: readonly string[],
  number: number,
  delay = 0,
): Promise<void> =>
  deliveries.send(
    { version: 1, release: identity('machines', event), receivers: [...receivers], look: { event, number } },
    delay,
  );
