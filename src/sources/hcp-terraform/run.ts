import type * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { date, list, loginOf, object, text } from '../fields.ts';
import { linksOf } from '../links.ts';
import { SEVERITY, type Standing, said, standingOf, words } from '../phase.ts';
import type { EventDraft, SourceContext } from '../source.ts';

/** What is told of a run's triggers; "planning" comes between two that are told. */
export const EXTRAS = {
  planning: 'runs that begin to plan',
  plans: 'runs that end with their plan: there was nothing to apply, or the plan is saved',
} as const;

const TRIGGERS = words({
  'run:created': { phase: 'requested' },
  'run:planning': { phase: 'started', extra: 'planning' },
  'run:needs_attention': { phase: 'waiting' },
  'run:applying': { phase: 'started' },
  'run:completed': { phase: 'succeeded' },
  'run:errored': { phase: 'failed' },
});

// States that say less than the trigger; `applied` and its like come with "run:completed".
const UNDER_WAY = (
  'pending fetching fetching_completed pre_plan_running pre_plan_awaiting_decision pre_plan_completed queuing ' +
  'plan_queued planning planned cost_estimating cost_estimated policy_checking policy_override policy_soft_failed ' +
  'policy_checked confirmed post_plan_running post_plan_awaiting_decision post_plan_completed planned_and_finished ' +
  'planned_and_saved queuing_apply apply_queued pre_apply_running pre_apply_awaiting_decision pre_apply_completed ' +
  'applying applied post_apply_running post_apply_awaiting_decision post_apply_completed assessing assessed'
).split(' ');

// A cancelled run comes under the trigger "run:errored": the status is right.
// https://developer.hashicorp.com/terraform/cloud-docs/run/states
const ENDS = words(
  {
    canceled: { phase: 'cancelled' },
    force_canceled: { phase: 'cancelled' },
    discarded: { phase: 'cancelled' },
    errored: { phase: 'failed' },
  },
  { noise: UNDER_WAY },
);

/** What somebody has to do, by the state in which a run waits. */
const NEEDS: ReadonlyMap<string, string> = new Map([
  ...['planned', 'cost_estimated', 'policy_checked', 'post_plan_completed'].map((each) => [each, 'apply'] as const),
  ...['policy_override', 'policy_soft_failed'].map((each) => [each, 'policy override'] as const),
  ...['pre_plan', 'post_plan', 'pre_apply', 'post_apply'].map(
    (each) => [`${each}_awaiting_decision`, 'run task decision'] as const,
  ),
]);

export const runFields = {
  run_id: text,
  run_url: text,
  run_message: text,
  run_created_at: date,
  run_created_by: text,
  workspace_id: text,
  workspace_name: text,
  organization_name: text,
  notifications: list(object({ message: text, trigger: text, run_status: text, run_updated_at: date })),
};

type Run = z.output<z.ZodObject<typeof runFields>>;
type Notification = Run['notifications'][number];

export const runEvents = (run: Run, context: SourceContext): EventDraft[] =>
  run.notifications.slice(0, 20).flatMap((each) => runEvent(run, each, context));

function runEvent(run: Run, notification: Notification, context: SourceContext): EventDraft[] {
  const { trigger, run_status, run_updated_at } = notification ?? {};
  const standing = trigger?.startsWith('run:') ? standingIn(trigger, run_status, context) : undefined;
  if (standing === undefined) return [];
  const { phase } = standing;
  const name = run.workspace_name ?? run.workspace_id ?? run.run_id ?? 'terraform';
  const key = run.run_id ?? run.run_url ?? `${run.organization_name ?? ''}/${name}`;
  const common = {
    source: 'hcp-terraform',
    // A run can need attention twice: for a policy, then for the apply.
    id: identity('hcp-terraform', key, trigger ?? '', run_status ?? '', run_updated_at ?? ''),
    story: `hcp-terraform:${key}`.toLowerCase(),
    occurredAt: run_updated_at ?? run.run_created_at ?? context.receivedAt,
    resource: { name },
    links: linksOf(['run', run.run_url]),
    properties: said({ organization: run.organization_name, ...(phase === 'waiting' && saidOf(notification)) }),
  };
  if (phase === 'succeeded' && isPlanned(notification)) {
    const title = notification?.message ?? run_status ?? '';
    // A plan that a policy stopped is news.
    const severity = /soft.failed/i.test(`${run_status} ${title}`) ? 'warning' : 'info';
    if (severity === 'info' && !context.includes('plans')) return [];
    return [{ ...common, kind: 'custom', severity, title, text: run.run_message }];
  }
  return [
    {
      ...common,
      kind: 'deployment',
      ...standing,
      severity: SEVERITY[phase],
      subject: name,
      step: trigger === 'run:planning' ? 'plan' : phase === 'waiting' ? neededIn(run_status) : undefined,
      change: run.run_message,
      actor: loginOf(run.run_created_by),
    },
  ];
}

const saidOf = (notification: Notification) => ({
  message: notification?.message,
  run_status: notification?.run_status,
});

// Where a run ends that applied nothing: https://developer.hashicorp.com/terraform/cloud-docs/run/states
const PLANNED: ReadonlySet<string> = new Set([
  'planned',
  'planned_and_finished',
  'planned_and_saved',
  'cost_estimated',
  'policy_checked',
  'policy_soft_failed',
  'post_plan_completed',
]);

const isPlanned = (notification: Notification): boolean =>
  PLANNED.has(notification?.run_status?.toLowerCase() ?? '') ||
  /planned and (?:finished|saved)|soft failed/i.test(notification?.message ?? '');

const neededIn = (status: string | undefined): string | undefined => NEEDS.get(status?.toLowerCase() ?? '');

/** The status says how a run ended; a trigger that is no success is right beside a status that nobody knows. */
function standingIn(trigger: string, status: string | undefined, context: SourceContext): Standing | undefined {
  const end = standingOf(ENDS, status, context);
  const asked = standingOf(TRIGGERS, trigger, context);
  if (end === undefined || end.phase !== 'unknown') return end ?? asked;
  return asked === undefined || asked.phase === 'succeeded' ? end : asked;
}
