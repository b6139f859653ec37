import * as z from 'zod';
import { isObject } from '../../event/json.ts';
import { list, text } from '../fields.ts';
import { anyCase, holds } from './any-case.ts';
import { firstLink } from './links.ts';
import type { Measured } from './measured.ts';
import { named } from './pairs.ts';
import { operatorOf, quantity, unitOf } from './words.ts';

// https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-payload-samples

const criterion = {
  metricName: text,
  // PromQL criteria have a name and a query, and their labels as a map:
  // https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-query-based-metric-alerts-overview
  name: text,
  query: text,
  webTestName: text,
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
  // The portal shows the first first.
  const [first, ...others] = given?.allOf.filter((each) => each !== undefined) ?? [];
  if (given === undefined || first === undefined) return undefined;
  const metric = metricOf(first);
  return {
    metric,
    value: first.metricValue,
    threshold: first.threshold,
    unit: unitOf(metric, first.metricUnit),
    operator: operatorOf(first.operator),
    dimensions: [...new Map([first, ...others].flatMap(dimensionsOf))],
    others: apart(metric, others.flatMap(saidOf)),
    logs: firstLink('logs', [first.linkToFilteredSearchResultsUI, first.linkToSearchResultsUI]),
    endedAt: given.windowEndTime,
  };
}

type Criterion = NonNullable<NonNullable<z.output<typeof condition>>['allOf'][number]>;

const metricOf = ({ metricName, metricMeasureColumn, name, query }: Criterion): string | undefined =>
  metricName ?? metricMeasureColumn ?? name ?? query;

const dimensionsOf = ({ dimensions, event, webTestName }: Criterion): (readonly [string, string])[] => [
  ...(webTestName === undefined ? [] : [['webTestName', webTestName] as const]),
  ...(dimensions.length > 0 ? dimensions : (event[0] ?? [])),
];

/** A criterion beside the first: "312345678 < 1000000000" of its metric. Without a value it says nothing. */
function saidOf(given: Criterion): (readonly [string, string])[] {
  const metric = metricOf(given);
  const { metricValue: value, threshold, operator } = given;
  if (metric === undefined || value === undefined) return [];
  const limit = threshold === undefined ? [] : [operatorOf(operator) ?? '/', threshold];
  return [[metric, [value, ...limit].join(' ')]];
}

/** Two criteria can measure one metric. */
function apart(
  first: string | undefined,
  others: readonly (readonly [string, string])[],
): (readonly [string, string])[] {
  const names = [first, ...others.map(([name]) => name)];
  return others.map(([name, said], at) => {
    const before = names.slice(0, at + 1).filter((each) => each === name).length;
    return [before === 0 ? name : `${name} (${before + 1})`, said];
  });
}
