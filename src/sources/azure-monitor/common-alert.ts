import { identity } from '../../event/identity.ts';
import { anyInstant } from '../../event/time/instant.ts';
import { armResource } from '../arm.ts';
import { type EventDraft, linkTo, portalUrl } from '../source.ts';
import { measuredByBudget } from './budget.ts';
import type { Common, Context, Essentials } from './common-schema.ts';
import { measuredByCondition } from './condition.ts';
import { descriptionOf } from './description.ts';
import { measuredByBackup, measuredByDetector, measuredByPrometheus } from './detected.ts';
import { linksOf } from './links.ts';
import { type Measured, quantities } from './measured.ts';
import { attached, dimensionsOf } from './pairs.ts';
import { resourceOf } from './resource.ts';
import { measuredBySearch } from './search.ts';
import { levelOf, severityOf, strangeSeverity } from './words.ts';

export interface When {
  readonly state: 'fired' | 'resolved';
  /** The sender's own for it, where nobody here knows it. */
  readonly word: string | undefined;
  readonly firedAt: string | undefined;
  /** As the sender wrote it. */
  readonly time: string;
  readonly at: string | undefined;
  readonly receivedAt: string;
}

// The alert's id alone does not name an occurrence: fired and resolved share it, and the portal's "Test action group"
// sends the same ids every time.
export const identityOf = (essentials: Essentials, { state, time }: When): string[] => [
  (essentials.alertId ?? essentials.originAlertId ?? '').toLowerCase(),
  essentials.alertRule ?? '',
  essentials.monitoringService ?? '',
  state,
  time,
];

export const nameOf = (id: string | undefined): string | undefined => armResource(id)?.name ?? id;

/** By what the context holds, so that a service that nobody has heard of is read as far as it looks familiar. */
const measuredOf = (context: Context): Measured =>
  measuredByCondition(context.condition) ??
  measuredByBudget(context.budget) ??
  measuredByPrometheus(context.prometheus) ??
  measuredBySearch(context.search) ??
  measuredByDetector(context.detector) ??
  measuredByBackup(context.backup) ?? { dimensions: [] };

const ruleOf = ({ alertRule, alertRuleID, monitoringService, alertId }: Essentials, { rule }: Measured): string =>
  alertRule ?? rule ?? nameOf(alertRuleID) ?? monitoringService ?? nameOf(alertId) ?? '';

/** An alert of anything but the activity log: metrics, logs, Prometheus, budgets, backups and what comes next. */
export function measuredAlert(
  essentials: Essentials,
  context: Context,
  customProperties: Common['customProperties'],
  when: When,
): EventDraft {
  const measured = measuredOf(context);
  const rule = ruleOf(essentials, measured);
  const { runbook, environment, properties } = attached(
    Object.fromEntries(measured.others ?? []),
    context.properties,
    customProperties,
  );
  const resource = affected(essentials, measured, rule);
  const endedAt = when.state === 'fired' ? anyInstant(measured.endedAt) : undefined;
  return {
    kind: 'alert',
    id: identity('azure-monitor', ...identityOf(essentials, when), measured.metric ?? ''),
    story: (essentials.alertId ?? essentials.originAlertId ?? rule).toLowerCase(),
    source: 'azure-monitor',
    // Budgets have none.
    severity: severityOf(essentials.severity) ?? 'warning',
    occurredAt: when.at ?? endedAt ?? when.receivedAt,
    environment: environment ?? measured.environment,
    resource,
    links: linksOf(
      linkTo('alert', essentials.investigationLink),
      measured.logs ?? [],
      linkTo('resource', portalUrl(resource.id ?? armResource(targetsOf(essentials, measured)[0])?.id ?? '')),
      runbook,
      measured.runbook ?? [],
    ),
    properties,
    state: when.state,
    word: when.word,
    rule,
    level: levelOf(essentials.severity),
    ...quantities(measured),
    dimensions: dimensionsOf([...strangeSeverity(essentials.severity), ...measured.dimensions]),
    description: descriptionOf(essentials.description, ...(measured.texts ?? [])),
    firedAt: when.firedAt,
  };
}

const targetsOf = ({ alertTargetIDs }: Essentials, { scope }: Measured): readonly string[] =>
  alertTargetIDs.length > 0 || scope === undefined ? alertTargetIDs : [scope];

const affected = (essentials: Essentials, measured: Measured, rule: string): EventDraft['resource'] =>
  resourceOf({
    targets: targetsOf(essentials, measured),
    items: essentials.configurationItems,
    dimensions: measured.dimensions,
    otherwise: rule,
    type: essentials.targetResourceType,
    group: essentials.targetResourceGroup,
    region: essentials.region ?? measured.region,
  });
