import { words } from '../phase.ts';

// What is told of GitLab's words, and what is left out; the one place that decides.
// https://docs.gitlab.com/user/project/integrations/webhook_events/

/** Extras: what is noise unless the configuration includes it. */
export const EXTRAS = {
  started: 'pipelines that begin to run',
  jobs: 'jobs: running, finished, and waiting to be started by hand',
} as const;

// What says only that something is not under way yet, or never was.
const NOT_YET = [
  'created',
  'pending',
  'preparing',
  'scheduled',
  'skipped',
  'waiting_for_resource',
  'waiting_for_callback',
  'canceling',
];

/** `status` of a pipeline; created, pending, preparing, scheduled, skipped and waiting for a resource are noise. */
export const PIPELINES = words(
  {
    running: { phase: 'started', extra: 'started' },
    manual: { phase: 'waiting' },
    success: { phase: 'succeeded' },
    failed: { phase: 'failed' },
    canceled: { phase: 'cancelled' },
  },
  { noise: NOT_YET },
);

/** `status` of a deployment; "blocked" waits for an approval. */
export const DEPLOYMENTS = words(
  {
    running: { phase: 'started' },
    blocked: { phase: 'waiting' },
    approved: { phase: 'approved' },
    rejected: { phase: 'rejected' },
    success: { phase: 'succeeded' },
    failed: { phase: 'failed' },
    canceled: { phase: 'cancelled' },
  },
  { noise: NOT_YET },
);

/** `build_status` of a job. */
export const JOBS = words(
  {
    running: { phase: 'started', extra: 'jobs' },
    manual: { phase: 'waiting', extra: 'jobs' },
    success: { phase: 'succeeded', extra: 'jobs' },
    failed: { phase: 'failed', extra: 'jobs' },
    canceled: { phase: 'cancelled', extra: 'jobs' },
  },
  { noise: NOT_YET, extra: 'jobs' },
);

export const RELEASE_ACTION = 'create';
export const RELEASE_NOISE: ReadonlySet<string> = new Set(['update', 'delete']);
