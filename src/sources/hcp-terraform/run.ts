import type * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { date, list, object, text } from '../fields.ts';
import { linksOf } from '../links.ts';
import { phaseOf, SEVERITY, words } from '../phase.ts';
import type { EventDraft, SourceContext } from '../source.ts';

/** What is told of a run's triggers; "planning" comes between two that are told. */
export const EXTRAS = { planning: 'runs that begin to plan' } as const;

const TRIGGERS = words({
  'run:created': { phase: 'requested' },
  'run:planning': { phase: 'started', extra: 'planning' },
  'run:needs_attention': { phase: 'waiting' },
  'run:applying': { phase: 'started' },
  'run:completed': { phase: 'succeeded' },
  'run:errored': { phase: 'failed' },
});

// A cancelled run comes under the trigger "run:errored": the status is right.
// https://developer.hashicorp.com/terraform/cloud-docs/run/states
const ENDS = words({
  canceled: { phase: 'cancelled' },
  force_canceled: { phase: 'cancelled' },
  discarded: { phase: 'cancelled' },
  errored: { phase: 'failed' },
});

export const runFields = {
  run_id: text,
  run_url: text,
  run_message: text,
  run_created_at: date,
  run_created_by: text,
  workspace_id: text,
  workspace_name: text,
  organization_name: text,
  notifications: list(object({ trigger: text, run_status: text, run_updated_at: date })),
};

type Run = z.output<z.ZodObject<typeof runFields>>;
type Notification = Run['notifications'][number];

export const runEvents = (run: Run, context: SourceContext): EventDraft[] =>
  run.notifications.slice(0, 20).flatMap((each) => runEvent(run, each, context));

function runEvent(run: Run, notification: Notification, context: SourceContext): EventDraft[] {
  const { trigger, run_status, run_updated_at } = notification ?? {};
  const asked = phaseOf(TRIGGERS, trigger, context);
  const phase = trigger?.startsWith('run:') ? (phaseOf(ENDS, run_status, context) ?? asked) : undefined;
  if (phase === undefined) return [];
  const name = run.workspace_name ?? run.workspace_id ?? run.run_id ?? 'terraform';
  const key = run.run_id ?? run.run_url ?? `${run.organization_name ?? ''}/${name}`;
  return [
    {
      kind: 'deployment',
      source: 'hcp-terraform',
      phase,
      severity: SEVERITY[phase],
      // A run can need attention twice: for a policy, then for the apply.
      id: identity('hcp-terraform', key, trigger ?? '', run_status ?? '', run_updated_at ?? ''),
      story: `hcp-terraform:${key}`.toLowerCase(),
      occurredAt: run_updated_at ?? run.run_created_at ?? context.receivedAt,
      resource: { name },
      subject: name,
      step: trigger === 'run:planning' ? 'plan' : undefined,
      change: run.run_message,
      actor: run.run_created_by?.split('@')[0] || undefined,
      properties: run.organization_name === undefined ? undefined : { organization: run.organization_name },
      links: linksOf(['run', run.run_url]),
    },
  ];
}
