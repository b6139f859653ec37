import type * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { anyInstant } from '../../event/time/instant.ts';
import { armKey, armResource } from '../arm.ts';
import { text } from '../fields.ts';
import { type EventDraft, linkTo, portalUrl, type SourceContext } from '../source.ts';
import { anyCaseRequired } from './any-case.ts';
import { condition, measuredByCondition } from './condition.ts';
import { descriptionOf } from './description.ts';
import { linksOf } from './links.ts';
import { type Measured, quantities } from './measured.ts';
import { attached, bag, dimensionsOf, hashed } from './pairs.ts';
import { levelOf, severityOf, stateOf, strangeSeverity, strangeState } from './words.ts';

// Metric alerts without the common schema, and the classic alerts before them, whose body is the same `data` alone.
// https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-non-common-schema-definitions

export const metricShape = {
  status: text,
  context: anyCaseRequired({
    timestamp: text,
    id: text,
    name: text,
    description: text,
    severity: text,
    condition,
    subscriptionId: text,
    resourceGroupName: text,
    resourceName: text,
    resourceType: text,
    resourceId: text,
    resourceRegion: text,
    portalLink: text,
  }).refine(({ name, id }) => name ?? id, { error: 'expected the name of the rule', path: ['name'] }),
  properties: bag,
};

export const metricData = anyCaseRequired(metricShape);

type Metric = z.output<typeof metricData>;
type Rule = Metric['context'];

export function metricEvent({ status, context, properties }: Metric, { receivedAt }: SourceContext): EventDraft {
  const measured: Measured = measuredByCondition(context.condition) ?? { dimensions: [] };
  const { runbook, ...own } = attached(Object.fromEntries(measured.others ?? []), properties);
  const state = stateOf(status);
  const instance = instanceOf(context, measured);
  return {
    kind: 'alert',
    // The rule's id repeats: its time, its resource and its dimensions tell the occurrences apart.
    id: identity('azure-monitor', instance, measured.metric ?? '', context.timestamp ?? '', state),
    story: instance,
    source: 'azure-monitor',
    severity: severityOf(context.severity) ?? 'warning',
    occurredAt: anyInstant(context.timestamp) ?? receivedAt,
    ...own,
    resource: affected(context),
    links: linksOf(linkTo('resource', context.portalLink ?? portalUrl(context.resourceId ?? '')), runbook),
    state,
    word: strangeState(status),
    rule: ruleOf(context),
    level: levelOf(context.severity),
    ...quantities(measured),
    dimensions: dimensionsOf([...strangeSeverity(context.severity), ...measured.dimensions]),
    description: descriptionOf(context.description),
  };
}

const ruleOf = ({ name, id }: Rule): string => name ?? armResource(id)?.name ?? id ?? '';

const instanceOf = (context: Rule, { dimensions }: Measured): string =>
  [
    armKey(context.id ?? context.name ?? ''),
    armKey(context.resourceId ?? context.resourceName ?? ''),
    hashed(dimensions),
  ].join('|');

function affected(context: Rule): EventDraft['resource'] {
  const whole = armResource(context.resourceId);
  return {
    id: whole?.id,
    name: context.resourceName ?? whole?.name ?? ruleOf(context),
    type: context.resourceType ?? whole?.type,
    group: context.resourceGroupName ?? whole?.group,
    subscriptionId: context.subscriptionId ?? whole?.subscriptionId,
    region: context.resourceRegion,
  };
}
