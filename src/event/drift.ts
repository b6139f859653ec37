import * as z from 'zod';
import { common, count, pairs, timestamp } from './fields.ts';
import { command, line } from './text.ts';

/** Why an instance differs from its scale set's model. `unexplained`: Azure says so, and shows no difference. */
export const driftReasons = [
  'image',
  'imageVersion',
  'vmSize',
  'extensionMissing',
  'extensionExtra',
  'extensionVersion',
  'extensionSettings',
  'secrets',
  'dataDisks',
  'network',
  'osProfile',
  'application',
  'changedByHand',
  'other',
  'unexplained',
] as const;

/** What the drift of a scale set amounts to; docs/drift.md says when each is told. */
export const driftVerdicts = [
  'pending',
  'stalled',
  'faulted',
  'cancelled',
  'rolledBack',
  'autoFailed',
  'held',
  'canary',
  'canaryOverdue',
  'hidden',
  'awaitingApproval',
  'repairsSuspended',
] as const;

/** What is thought of a set and not told: nothing to tell, another's to tell, too soon to tell. */
export const silentVerdicts = ['managed', 'clean', 'waiting', 'rolling'] as const;

/**
 * What a command does. inspect, monitor, approval: looks only. update: what differs, perhaps with a restart. replace, disks: the same where
 * disks are replaced by it. reimage: wipes the disks of the operating system. resume, upgrade: has Azure upgrade the set.
 * approve: lets a deferred upgrade go on. repair: has Azure repair instances again.
 */
export const driftSteps = [
  'inspect',
  'monitor',
  'update',
  'replace',
  'disks',
  'reimage',
  'resume',
  'upgrade',
  'approval',
  'approve',
  'repair',
] as const;

export const driftReason = z.object({
  reason: z.enum(driftReasons),
  name: line(90).optional().describe('Which extension or which part of the model. Never a value of a setting.'),
  from: line(90).optional().describe("The instance's version, size or image."),
  to: line(90).optional().describe("The model's."),
  count: count.describe('Instances that differ so.'),
});

// Numbers, or names of virtual machines, of which Azure allows 64 characters.
const instanceIds = z.array(line(64)).max(20);

/** An upgrade that waits for an answer. */
export const driftApproval = z.object({
  until: timestamp.optional().describe('When it is decided without an answer.'),
  otherwise: z.enum(['Approve', 'Reject']).optional().describe('What Azure then does by itself.'),
});

/** A scale set with instances off their model, or one whose upgrades or repairs wait for somebody. */
export const drift = z.object({
  kind: z.literal('drift'),
  ...common,
  change: z.enum(['opened', 'changed', 'reminder', 'resolved']),
  verdict: z.enum(driftVerdicts),
  behind: count.describe('Instances off the model.'),
  total: count,
  orchestration: z.enum(['Uniform', 'Flexible']),
  upgradeMode: z.enum(['Manual', 'Automatic', 'Rolling']),
  since: timestamp.optional().describe('Since when the oldest of them is behind.'),
  sinceAtLeast: z.boolean().optional().describe('Whether it may be longer: nobody looked before `since`.'),
  modelChangedAt: timestamp.optional(),
  modelChangedBy: line(120).optional().describe('A name, or just User or App, as DRIFT_ACTOR allows.'),
  tags: pairs.optional().describe('Tags of the scale set. They can be matched, and are not shown.'),
  reasons: z.array(driftReason).max(8),
  heldIds: instanceIds.optional().describe('Instances that an upgrade skips: protected, or marked SkipUpgrade.'),
  failedIds: instanceIds.optional().describe('Instances that have failed or are unhealthy.'),
  unknown: count.optional().describe('Instances of which Azure does not tell their model.'),
  modelsAtLeast: count.optional().describe('Models in use, at least. Azure allows 10.'),
  rollout: z
    .object({ done: count, failed: count, pending: count, errorCode: line(100).optional() })
    .optional()
    .describe('The latest rolling upgrade, in instances.'),
  approval: driftApproval
    .optional()
    .describe('What an upgrade that awaits approval waits for. Empty: until somebody approves it.'),
  unseen: z
    .literal(true)
    .optional()
    .describe('Of resolved: as far as Azure shows. Custom data or a password, which it hides, may have changed.'),
  repairsSuspended: z.literal(true).optional().describe('Automatic repairs of the scale set are suspended.'),
  advice: z.enum(driftSteps).optional().describe('What the command does.'),
  command: command(600).optional().describe('Shell-quoted; acts on the instances that it names.'),
});
