import { words } from '../phase.ts';

// What is told of GitHub's words, and what is left out; the one place that decides.
// https://docs.github.com/webhooks/webhook-events-and-payloads

/** Extras: what is noise unless the configuration includes it. */
export const EXTRAS = {
  queued: 'deployment statuses "queued" and "pending", before "in_progress"',
  started: 'workflow runs that are requested or in progress',
  jobs: 'workflow jobs: in progress and completed (waiting for approval is told without)',
  'protection-rules': 'custom deployment protection rules that are asked for their verdict',
} as const;

/** `deployment_status.state`; "inactive" is noise: GitHub sends it for what a newer deployment replaced. */
export const STATES = words(
  {
    waiting: { phase: 'waiting' },
    queued: { phase: 'started', extra: 'queued' },
    pending: { phase: 'started', extra: 'queued' },
    in_progress: { phase: 'started' },
    success: { phase: 'succeeded' },
    failure: { phase: 'failed' },
    error: { phase: 'failed' },
  },
  { noise: ['inactive'] },
);

/** `conclusion` of a run or job; "skipped" and "neutral" are noise. */
export const CONCLUSIONS = words(
  {
    success: { phase: 'succeeded' },
    failure: { phase: 'failed' },
    timed_out: { phase: 'failed' },
    startup_failure: { phase: 'failed' },
    cancelled: { phase: 'cancelled' },
    stale: { phase: 'cancelled' },
    action_required: { phase: 'waiting' },
  },
  { noise: ['skipped', 'neutral'] },
);

/** `action` of a workflow run that has not come to an end. */
export const RUN_ACTIONS = words(
  {
    requested: { phase: 'requested', extra: 'started' },
    in_progress: { phase: 'started', extra: 'started' },
  },
  { extra: 'started' },
);

/** `status` of a workflow job that has not come to an end; "queued" is noise. */
export const JOB_STATES = words(
  {
    waiting: { phase: 'waiting' },
    in_progress: { phase: 'started', extra: 'jobs' },
  },
  { noise: ['queued', 'pending', 'requested'], extra: 'jobs' },
);

/** `action` of a deployment review. */
export const REVIEWS = words({
  requested: { phase: 'waiting' },
  approved: { phase: 'approved' },
  rejected: { phase: 'rejected' },
});

/** `action` of a deployment protection rule. */
export const RULES = words(
  { requested: { phase: 'waiting', extra: 'protection-rules' } },
  { extra: 'protection-rules' },
);

// One release gives created, published and released or prereleased: one of them is told.
export const RELEASE_ACTION = 'published';
export const RELEASE_NOISE: ReadonlySet<string> = new Set([
  'created',
  'edited',
  'deleted',
  'unpublished',
  'prereleased',
  'released',
]);

export const PACKAGE_ACTIONS: ReadonlySet<string> = new Set(['published', 'updated']);
