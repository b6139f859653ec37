import type * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { date, number, object, text } from '../fields.ts';
import { linksOf } from '../links.ts';
import { said } from '../phase.ts';
import type { EventDraft, SourceContext } from '../source.ts';

const assessment = object({
  id: text,
  created_at: date,
  resources_drifted: number,
  resources_undrifted: number,
  checks_failed: number,
  checks_errored: number,
});

export const workspaceFields = {
  trigger: text,
  message: text,
  notification_configuration_url: text,
  details: object({
    workspace_id: text,
    workspace_name: text,
    organization_name: text,
    new_assessment_result: assessment,
    auto_destroy_at: date,
    run_created_at: date,
    run_status: text,
    run_external_id: text,
    run_create_error_message: text,
  }),
};

type Workspace = z.output<z.ZodObject<typeof workspaceFields>>;

/** A notification of the second version: about a workspace or a team, not about a run. */
export function workspaceEvents(body: Workspace, { receivedAt }: SourceContext): EventDraft[] {
  const { trigger = '', details } = body;
  if (trigger === '' || trigger.startsWith('run:')) return [];
  const name = details?.workspace_name ?? details?.workspace_id ?? details?.organization_name ?? 'terraform';
  const key = `${details?.organization_name ?? ''}/${name}`.toLowerCase();
  const common = {
    source: 'hcp-terraform',
    story: `hcp-terraform:${key}:${trigger}`,
    resource: { name },
    links: pagesOf(body),
  };
  return [
    trigger.startsWith('assessment:')
      ? { ...common, ...alertOf(body, key), occurredAt: details?.new_assessment_result?.created_at ?? receivedAt }
      : { ...common, ...noticeOf(body, key), occurredAt: details?.run_created_at ?? receivedAt },
  ];
}

/** Drift and failed checks; that they are over is not sent. */
function alertOf({ trigger = '', message, details }: Workspace, key: string) {
  const result = details?.new_assessment_result;
  const drifted = trigger === 'assessment:drifted';
  const failed = trigger === 'assessment:check_failure';
  return {
    kind: 'alert' as const,
    id: identity('hcp-terraform', key, trigger, result?.id ?? result?.created_at ?? ''),
    severity: drifted ? ('warning' as const) : ('error' as const),
    state: 'fired' as const,
    rule: message ?? trigger,
    metric: drifted ? 'resources_drifted' : failed ? 'checks_failed' : undefined,
    value: drifted ? result?.resources_drifted : failed ? result?.checks_failed : undefined,
    firedAt: result?.created_at,
    properties: said({
      organization: details?.organization_name,
      resources_undrifted: drifted ? result?.resources_undrifted : undefined,
      checks_errored: failed ? result?.checks_errored : undefined,
    }),
  };
}

/** Automatic destruction, change requests and what else may come: in the words of the sender. */
function noticeOf({ trigger = '', message, details }: Workspace, key: string) {
  const { run_status, run_external_id, run_create_error_message: error, auto_destroy_at } = details ?? {};
  const destroys = trigger.startsWith('workspace:auto_destroy');
  const severity = error !== undefined || run_status === 'errored' ? 'error' : destroys ? 'warning' : 'info';
  return {
    kind: 'custom' as const,
    id: identity('hcp-terraform', key, trigger, run_external_id ?? '', run_status ?? '', auto_destroy_at ?? ''),
    severity: severity as 'error' | 'warning' | 'info',
    title: message ?? trigger,
    text: error,
    properties: said({ organization: details?.organization_name, auto_destroy_at, run_status }),
  };
}

/** The pages of a workspace and its run are where `run_url` of other bodies shows them to be. */
function pagesOf({ notification_configuration_url: url, details }: Workspace) {
  const { organization_name: organization, workspace_name: workspace, run_external_id: run } = details ?? {};
  const origin = URL.parse(url ?? '')?.origin;
  if (origin === undefined || organization === undefined || workspace === undefined) return [];
  const page = `${origin}/app/${encodeURIComponent(organization)}/${encodeURIComponent(workspace)}`;
  return linksOf(
    ['run', run === undefined ? undefined : `${page}/runs/${encodeURIComponent(run)}`],
    ['resource', page],
  );
}
