import * as z from 'zod';
import { alertEvents, type Reading } from './alertmanager/events.ts';
import { type Alert, alertsIn, group } from './alertmanager/payload.ts';
import { numberIn, text } from './fields.ts';
import { legacy } from './grafana/legacy.ts';
import { grafanaSignature } from './grafana/signature.ts';
import { defineSource, isObject, type Source } from './source.ts';

// https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/

type Body = Readonly<Record<string, unknown>>;

const isLegacy = (body: Body): boolean =>
  !('alerts' in body) && 'ruleName' in body && ('ruleUrl' in body || 'evalMatches' in body || 'ruleId' in body);

const base = defineSource({
  name: 'grafana',
  detects: (body, headers) =>
    headers.get('x-grafana-alerting-signature') !== null ||
    isLegacy(body) ||
    ('alerts' in body && ('orgId' in body || ('title' in body && 'state' in body))) ||
    ('orgId' in body && 'groupLabels' in body),
  members: alertsIn,
  payload: z.object({ ...group, orgId: text, title: text, state: text }),
  keys: [...Object.keys(group), 'orgId', 'title', 'state', 'message', 'ruleName', 'ruleUrl', 'evalMatches'],
  // The status of the group is "firing" or "resolved", its state "alerting" or "ok".
  normalize: (body, context) =>
    alertEvents('grafana', { ...body, status: body.status ?? body.state }, context, readingOf),
  signature: grafanaSignature,
});

export const grafana: Source = {
  ...base,
  read: (payload, context) => (isObject(payload) && isLegacy(payload) ? legacy : base).read(payload, context),
};

// Alerts about a rule that has no data or fails carry the rule's own name beside.
// https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rule-evaluation/stale-alert-instances/
const STATES: ReadonlyMap<string, Reading['lack']> = new Map([
  ['DatasourceNoData', 'data'],
  ['DatasourceError', 'answer'],
]);

// `grafana_state_reason`, of the same page: of a rule that goes on to alert in such a state, and of an end.
const REASONS: ReadonlyMap<string, Reading['lack']> = new Map([
  ['NoData', 'data'],
  ['Error', 'answer'],
  ['MissingSeries', 'series'],
]);

function readingOf({ labels, annotations, values }: Alert): Reading {
  const named = STATES.get(labels.get('alertname') ?? '');
  const broken = named !== undefined;
  const { value, properties } = valuesOf(values);
  return {
    rule: broken ? labels.get('rulename') : undefined,
    description: broken ? annotations.get('Error') : undefined,
    lack: named ?? REASONS.get(annotations.get('grafana_state_reason') ?? ''),
    value,
    properties,
  };
}

/**
 * `values` holds a number for each query and expression of the rule, those of conditions as 0 or 1. One other number is
 * the value; of several none can be preferred, so all are said as they are.
 */
function valuesOf(values: ReadonlyMap<string, string>): Pick<Reading, 'value' | 'properties'> {
  const numbers = [...values].filter(([, said]) => said.length < 40 && numberIn(said) !== undefined);
  const measured = numbers.filter(([, said]) => said !== '0' && said !== '1');
  const only = numbers.length === 1 ? numbers[0] : measured.length === 1 ? measured[0] : undefined;
  if (only !== undefined) return { value: numberIn(only[1]) };
  return numbers.length === 0 ? {} : { properties: Object.fromEntries(numbers.slice(0, 8)) };
}
