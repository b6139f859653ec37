import * as z from 'zod';
import { driftApproval, driftVerdicts, silentVerdicts } from '../../event/drift.ts';
import { event } from '../../event/event.ts';
import { count, severities, timestamp } from '../../event/fields.ts';
import { jsonIn } from '../../event/json.ts';
import { DAY_MILLISECONDS } from '../../event/time/units.ts';

export type ReportedVerdict = (typeof driftVerdicts)[number];
export type Verdict = ReportedVerdict | (typeof silentVerdicts)[number];

const setState = z.object({
  verdict: z.enum([...driftVerdicts, ...silentVerdicts]).describe('As last judged.'),
  modelHash: z.string().max(64),
  openedAt: timestamp.describe('When this episode was first seen.'),
  since: timestamp.describe('Since when the oldest instance is behind.'),
  sinceAtLeast: z.boolean(),
  behind: count,
  name: z.string().max(200).optional().describe("In Azure's own case."),
  environment: z.string().max(200).optional(),
  total: count.optional(),
  unknown: count,
  drifted: z
    .record(z.string().max(200), timestamp)
    .optional()
    .describe('Since when each instance is behind, by its key. Left out for more than 200.'),
  rollout: z
    .object({ progress: z.string().max(200), movedAt: timestamp })
    .optional()
    .describe('The figures of the rolling upgrade, and when they last changed.'),
  told: z
    .object({
      verdict: z.enum(driftVerdicts),
      severity: z.enum(severities),
      behind: count,
      at: timestamp,
      advice: z.string().max(20).optional(),
      until: timestamp.optional(),
      repairsSuspended: z.literal(true).optional(),
    })
    .optional()
    .describe('What people were last told of this episode.'),
  approval: driftApproval.optional().describe('What its upgrade waits for.'),
  advisedAt: timestamp.optional().describe('Since when an update of its instances to this model is advised.'),
  moved: z
    .array(z.string().max(200))
    .max(20)
    .optional()
    .describe('Parts of the model that its last change touched, where that is known.'),
  unseen: z
    .literal(true)
    .optional()
    .describe('Whether what Azure hides, and only a new OS disk brings, changed or may have.'),
  repairsSuspended: z.literal(true).optional().describe('Automatic repairs were suspended when that was last read.'),
  resolvedAt: timestamp
    .optional()
    .describe('When it was last over; with none behind, it still is. Kept for a while, to tell flapping from news.'),
  dueAt: timestamp
    .optional()
    .describe('When the verdict can change, or be told again, without anything else changing.'),
});

export type SetState = z.infer<typeof setState>;

/** Whether people were told of something that is not over, or instances are behind. */
export const isOpen = ({ behind, told }: Pick<SetState, 'behind' | 'told'>): boolean =>
  behind > 0 || told !== undefined;

/** Events that a later release cannot read any more are let go; the rest of the state matters more. */
const outbox = z.array(z.unknown()).transform((all) =>
  all.flatMap((each) => {
    const { data } = event.safeParse(each);
    return data === undefined ? [] : [data];
  }),
);

const driftState = z.object({
  version: z.literal(1),
  ranAt: timestamp.describe('The last run.'),
  sets: z.record(z.string().max(1_000), setState).describe('By lower-cased ARM id. Sets without drift are not here.'),
  images: z
    .record(z.string().max(1_000), z.array(z.object({ version: z.string().max(100), since: timestamp })))
    .describe('Versions that `latest` has meant, oldest first, by the key of ImageVersions.'),
  coverage: z
    .record(
      z.string().max(100),
      z.object({
        missingSince: timestamp.optional().describe('Since when it cannot be read, as was told.'),
        unseenSince: timestamp.optional().describe('Since when reading it fails, which may pass and was not told.'),
        partSince: timestamp.optional().describe('Since when a list of it breaks off.'),
        partTold: z.boolean().optional().describe('Whether that was told.'),
      }),
    )
    .describe('Subscriptions by id, and what stands for many.'),
  unread: z
    .record(
      z.string().max(1_000),
      z.object({
        name: z.string().max(200),
        why: z.string().max(200),
        since: timestamp,
        told: z.literal(true).optional(),
      }),
    )
    .optional()
    .describe('Sets that could not be read, by lower-cased ARM id, until they are read or gone.'),
  unseen: z
    .record(
      z.string().max(100),
      z.object({
        name: z.string().max(200),
        why: z.string().max(200).optional(),
        since: timestamp,
        part: z.literal(true).optional().describe('Whether some of it was read.'),
      }),
    )
    .optional()
    .describe(
      'Scopes that the last run did not read to their end, by their key in `coverage`, and since when that is so.',
    ),
  blank: z.literal(true).optional().describe('No run has read anything yet.'),
  outbox: outbox.describe('Decided and saved, and perhaps not sent yet.'),
  holds: z
    .array(z.object({ subscriptionId: z.string(), location: z.string(), until: timestamp }))
    .describe('Where Azure wants no calls until then. Kept for the reader.'),
  cursor: z.string().max(4_000).optional().describe('Where the next run goes on. Kept for the reader.'),
});

/** What is known between two runs. One blob for each scope. */
export type DriftState = z.infer<typeof driftState>;

/** Whether a run has nothing to compare with: what it finds is told in one digest. */
export const isBaseline = (before: DriftState | undefined): boolean => before === undefined || before.blank === true;

/**
 * The state in a blob; undefined for what is no state of ours, which the caller keeps aside under another name: the
 * next run then starts anew, with one digest.
 */
export function parseState(text: string): DriftState | undefined {
  return driftState.safeParse(jsonIn(text)).data;
}

/** Drops what was sent from the outbox. */
export const sent = (state: DriftState, ids: ReadonlySet<string>): DriftState => ({
  ...state,
  outbox: state.outbox.filter(({ id }) => !ids.has(id)),
});

/** Sets with more drifted instances keep no list of them: 10,000 sets, all drifted, would make a blob of 30 MB. */
export const MOST_LISTED = 200;

/** A subscription that has been deleted is never heard of again: what is known of it and of its sets is let go after that. */
export const FORGOTTEN_MILLISECONDS = 30 * DAY_MILLISECONDS;
