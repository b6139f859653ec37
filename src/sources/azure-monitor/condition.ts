import * as z from 'zod';
import { list, text } from '../fields.ts';
import { isObject } from '../source.ts';
import { anyCase, holds } from './any-case.ts';
import { firstLink } from './links.ts';
import type { Measured } from './measured.ts';
import { named } from './pairs.ts';
import { operatorOf, quantity, unitOf } from './words.ts';

// https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-payload-samples

const criterion = {
  metricName: text,
  metricMeasureColumn: text,
  metricUnit: text,
  metricValue: quantity,
  // A string where the value is a number.
  threshold: quantity,
  operator: text,
  dimensions: named,
  // Simple log alerts tell of one row here and leave dimensions, operator and threshold null.
  event: list(named),
  linkToFilteredSearchResultsUI: text,
  linkToSearchResultsUI: text,
};

/** Of metric alerts and of log alerts since 2020. Classic alerts have one criterion without a list around it. */
export const condition = z.preprocess(
  (value) => (isObject(value) && !holds(value, 'allof') ? { ...value, allOf: [value] } : value),
  anyCase({ allOf: list(anyCase(criterion)), windowEndTime: text }),
);

export function measuredByCondition(given: z.output<typeof condition>): Measured | undefined {
  // Of several criteria the first is told, which is the one that the portal shows first.
  const first = given?.allOf.find((each) => each !== undefined);
  if (given === undefined || first === undefined) return undefined;
  const metric = first.metricName ?? first.metricMeasureColumn;
  return {
    metric,
    value: first.metricValue,
    threshold: first.threshold,
    unit: unitOf(metric, first.metricUnit),
    operator: operatorOf(first.operator),
    dimensions: first.dimensions.length > 0 ? first.dimensions : (first.event[0] ?? []),
    logs: firstLink('logs', [first.linkToFilteredSearchResultsUI, first.linkToSearchResultsUI]),
    endedAt: given.windowEndTime,
  };
}
