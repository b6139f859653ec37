import * as z from 'zod';
import { isObject } from '../../event/json.ts';
import { object } from '../fields.ts';
import { defineSource, type EventDraft, type SourceContext } from '../source.ts';
import { activityBodyEvent, activityData } from './activity-body.ts';
import { inCommonSchema } from './alert-resource.ts';
import { holds, recased } from './any-case.ts';
import { budgetData, budgetEvent } from './budget-alert.ts';
import { commonEvent } from './common-event.ts';
import { commonData } from './common-schema.ts';
import { logData, logEvent, logShape } from './log.ts';
import { metricData, metricEvent, metricShape } from './metric.ts';

type Body = Readonly<Record<string, unknown>>;
type Form = 'common' | 'metric' | 'activity' | 'log' | 'budget' | 'classic' | 'search';

const FORMS: ReadonlyMap<unknown, Form> = new Map([
  ['azuremonitorcommonalertschema', 'common'],
  ['azuremonitormetricalert', 'metric'],
  ['microsoft.insights/activitylogs', 'activity'],
  ['microsoft.insights/logalert', 'log'],
  ['aip budget notification', 'budget'],
]);

const TOP = ['schemaId', 'data', 'WebhookName', 'RequestBody', ...Object.keys({ ...metricShape, ...logShape })];

const asJson = object(Object.fromEntries(TOP.map((key) => [key, z.unknown().optional()])));

/** The alert itself: a runbook that hands on what Automation gave it wraps the alert, often as JSON in a string. */
function alertIn(body: Body): Record<string, unknown> {
  const top = recased(body, TOP);
  const wrapped = top['RequestBody'];
  const inner = isObject(wrapped) ? wrapped : asJson.parse(wrapped);
  return inner === undefined ? (inCommonSchema(body) ?? top) : (inCommonSchema(inner) ?? recased(inner, TOP));
}

/** What kind of alert a body is: by its schema's name, and by what it holds where it has none. */
function formOf({ schemaId, data, status, context, AlertRuleName, ...rest }: Body): Form | undefined {
  const named = FORMS.get(typeof schemaId === 'string' ? schemaId.trim().toLowerCase() : undefined);
  if (named !== undefined) return named;
  if (holds(data, 'essentials', 'alertcontext')) return 'common';
  if (AlertRuleName !== undefined && ('SearchQuery' in rest || 'SearchIntervalEndtimeUtc' in rest)) return 'search';
  return status !== undefined && holds(context, 'condition', 'conditiontype') ? 'classic' : undefined;
}

const payload = z.preprocess(
  (value) => {
    if (!isObject(value)) return value;
    const alert = alertIn(value);
    return { ...alert, form: formOf(alert) ?? 'common' };
  },
  z.discriminatedUnion('form', [
    z.object({ form: z.literal('common'), data: commonData }),
    z.object({ form: z.literal('metric'), data: metricData }),
    z.object({ form: z.literal('classic'), ...metricShape }),
    z.object({ form: z.literal('activity'), data: activityData }),
    z.object({ form: z.literal('log'), data: logData }),
    z.object({ form: z.literal('search'), ...logShape }),
    z.object({ form: z.literal('budget'), data: budgetData }),
  ]),
);

function eventOf(body: z.output<typeof payload>, context: SourceContext): EventDraft {
  switch (body.form) {
    case 'common':
      return commonEvent(body.data, context);
    case 'metric':
      return metricEvent(body.data, context);
    case 'classic':
      return metricEvent(body, context);
    case 'activity':
      return activityBodyEvent(body.data, context);
    case 'log':
      return logEvent(body.data, context);
    case 'search':
      return logEvent(body, context);
    case 'budget':
      return budgetEvent(body.data, context);
  }
}

/** Alerts of Azure Monitor, sent by the webhook of an action group in whichever schema it was set to. */
export const azureMonitor = defineSource({
  name: 'azure-monitor',
  detects: (body) => formOf(alertIn(body)) !== undefined,
  payload,
  keys: ['schemaId', 'data', 'AlertRuleName', 'SearchQuery', 'SearchIntervalEndtimeUtc', 'WebhookName', 'RequestBody'],
  normalize: (body, context) => [eventOf(body, context)],
});
