import { isObject } from '../../event/json.ts';
import { holds, recased } from './any-case.ts';

// What Failure Anomalies post without the common schema is the alert as Azure keeps it:
// https://learn.microsoft.com/azure/azure-monitor/alerts/proactive-failure-diagnostics#customize-your-alert-notifications

const TOP = ['id', 'name', 'properties'];
const PARTS = ['essentials', 'context', 'egressConfig'];

/** Its names of what the common schema calls otherwise. */
const NAMES = {
  monitorService: 'monitoringService',
  targetResource: 'alertTargetIDs',
  sourceCreatedId: 'originAlertId',
  startDateTime: 'firedDateTime',
  monitorConditionResolvedDateTime: 'resolvedDateTime',
  alertRule: 'alertRuleID',
} as const;

/** The same alert in the common schema; undefined of a body that is none. */
export function inCommonSchema(body: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const { id, name, properties } = recased(body, TOP);
  if (!isObject(properties) || !holds(properties, 'essentials') || !holds(properties, 'context')) return undefined;
  const { essentials, context } = recased(properties, PARTS);
  if (!isObject(essentials)) return undefined;
  const renamed = Object.entries(recased(essentials, Object.keys(NAMES))).map(
    ([key, value]) => [NAMES[key as keyof typeof NAMES], value] as const,
  );
  return {
    data: {
      essentials: { ...essentials, ...Object.fromEntries(renamed), alertId: id, alertRule: name },
      alertContext: context,
    },
  };
}
