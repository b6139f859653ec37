import * as z from 'zod';
import { list, text } from '../fields.ts';
import { anyCase } from './any-case.ts';
import { firstLink } from './links.ts';
import type { Measured } from './measured.ts';
import { named } from './pairs.ts';
import { operatorOf, quantity } from './words.ts';

// https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-log-webhook

const results = anyCase({
  tables: list(anyCase({ columns: list(anyCase({ name: text })), rows: list(z.array(z.unknown())) })),
  dataSources: list(anyCase({ region: text, resourceId: text })),
});

/** Log alerts of the first generation, in the common schema's context and in the two older bodies. */
export const searchShape = {
  SearchQuery: text,
  SearchIntervalStartTimeUtc: text,
  SearchIntervalEndtimeUtc: text,
  ResultCount: quantity,
  Operator: text,
  AlertThresholdOperator: text,
  Threshold: quantity,
  AlertThresholdValue: quantity,
  AlertType: text,
  Dimensions: named,
  AffectedConfigurationItems: list(text),
  LinkToFilteredSearchResultsUI: text,
  LinkToSearchResults: text,
  LinkToSearchResultsUI: text,
  SearchResults: results,
  SearchResult: results,
};

export const search = anyCase(searchShape);

const AGGREGATED = 'AggregatedValue';

/** "Metric measurement" compares an aggregated column with the threshold, "Number of results" the count of rows. */
function measure(given: NonNullable<z.output<typeof search>>): Measured['value'] {
  if (!/^metric/i.test(given.AlertType ?? '')) return given.ResultCount;
  const table = (given.SearchResults ?? given.SearchResult)?.tables[0];
  const column = table?.columns.findIndex((each) => each?.name === AGGREGATED) ?? -1;
  return column < 0 ? undefined : quantity.parse(table?.rows[0]?.[column]);
}

export function measuredBySearch(given: z.output<typeof search>): Measured | undefined {
  if (given?.SearchQuery === undefined && given?.ResultCount === undefined) return undefined;
  return {
    metric: /^metric/i.test(given.AlertType ?? '') ? AGGREGATED : undefined,
    value: measure(given),
    threshold: given.Threshold ?? given.AlertThresholdValue,
    operator: operatorOf(given.Operator ?? given.AlertThresholdOperator),
    dimensions: given.Dimensions,
    logs: firstLink('logs', [
      given.LinkToFilteredSearchResultsUI,
      given.LinkToSearchResults,
      given.LinkToSearchResultsUI,
    ]),
    region: (given.SearchResults ?? given.SearchResult)?.dataSources[0]?.region,
    endedAt: given.SearchIntervalEndtimeUtc,
  };
}
