import type * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { required } from '../fields.ts';
import { type EventDraft, linkTo, portalUrl, type SourceContext } from '../source.ts';
import { anyCaseRequired } from './any-case.ts';
import { budgetShape, measuredByBudget } from './budget.ts';
import { linksOf } from './links.ts';
import { quantities } from './measured.ts';
import { dimensionsOf } from './pairs.ts';

// https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-non-common-schema-definitions

export const budgetData = anyCaseRequired({ ...budgetShape, BudgetName: required });

type Budget = z.output<typeof budgetData>;

export function budgetEvent(given: Budget, { receivedAt }: SourceContext): EventDraft {
  const measured = measuredByBudget(given) ?? { dimensions: [] };
  const { BudgetName, SubscriptionId, SubscriptionName, ResourceGroup, BudgetStartDate } = given;
  const subscription = SubscriptionId === undefined ? undefined : `/subscriptions/${SubscriptionId}`;
  const scope =
    subscription === undefined || ResourceGroup === undefined
      ? subscription
      : `${subscription}/resourceGroups/${ResourceGroup}`;
  const where = (scope ?? '').toLowerCase();
  return {
    kind: 'alert',
    // Neither an id nor a time of its own: in one period a budget reaches an amount once.
    id: identity(
      'azure-monitor',
      BudgetName,
      where,
      BudgetStartDate ?? '',
      `${measured.threshold ?? ''}`,
      `${measured.value ?? ''}`,
    ),
    story: `${where}/budgets/${BudgetName}`.toLowerCase(),
    source: 'azure-monitor',
    severity: 'warning',
    occurredAt: receivedAt,
    resource: {
      id: scope,
      name: ResourceGroup ?? SubscriptionName ?? SubscriptionId ?? BudgetName,
      group: ResourceGroup,
      subscriptionId: SubscriptionId,
    },
    links: linksOf(linkTo('resource', portalUrl(scope ?? ''))),
    state: 'fired',
    rule: BudgetName,
    ...quantities(measured),
    dimensions: dimensionsOf(measured.dimensions),
  };
}
