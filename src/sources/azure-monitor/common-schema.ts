import * as z from 'zod';
import { list, required, text } from '../fields.ts';
import { activity } from './activity.ts';
import { anyCase, anyCaseRequired } from './any-case.ts';
import { budget } from './budget.ts';
import { condition } from './condition.ts';
import { backup, detector, prometheus } from './detected.ts';
import { bag } from './pairs.ts';
import { search } from './search.ts';

// https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema

const essentials = anyCaseRequired({
  alertId: text,
  alertRule: text,
  // Bodies of 2025 and later.
  alertRuleID: text,
  investigationLink: text,
  targetResourceType: text,
  targetResourceGroup: text,
  region: text,
  severity: text,
  monitorCondition: text,
  monitoringService: text,
  alertTargetIDs: list(required),
  configurationItems: list(required),
  originAlertId: text,
  firedDateTime: text,
  resolvedDateTime: text,
  description: text,
}).refine((given) => given.alertRule ?? given.alertId ?? given.alertRuleID ?? given.monitoringService, {
  error: 'expected the name of the rule',
  path: ['alertRule'],
});

/** One context as every kind of rule could have written it: it does not say its kind. */
const alertContext = z
  .unknown()
  .optional()
  .transform((given) => ({
    activity: activity.parse(given),
    condition: anyCase({ condition }).parse(given)?.condition,
    budget: anyCase({ AlertData: budget }).parse(given)?.AlertData,
    properties: anyCase({ properties: bag }).parse(given)?.properties,
    search: search.parse(given),
    prometheus: prometheus.parse(given),
    detector: detector.parse(given),
    backup: backup.parse(given),
  }));

export const commonData = anyCaseRequired({ essentials, alertContext, customProperties: bag });

export type Common = z.output<typeof commonData>;
export type Essentials = Common['essentials'];
export type Context = Common['alertContext'];
