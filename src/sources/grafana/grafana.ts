import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { isObject } from '../../event/json.ts';
import { alertEvents, type Reading } from '../alertmanager/events.ts';
import { type Alert, alertsIn, group } from '../alertmanager/payload.ts';
import { numberIn, text } from '../fields.ts';
import { equal, hmacHeader, type Signature, signedIn } from '../signature.ts';
import { defineSource, type Source } from '../source.ts';
import { legacy } from './legacy.ts';

const TOLERANCE_SECONDS = 5 * 60;

// The names are free; these are the default and the documentation's example.
// https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
const HEADER = 'x-grafana-alerting-signature';
const TIMESTAMP = 'x-grafana-alerting-signature-timestamp';

const ofBody = hmacHeader(HEADER, 'sha256');

/** The HMAC of the body or, where the contact point names a timestamp header, of "seconds:body". */
const grafanaSignature: Signature = signedIn(HEADER, (signed, secret) => {
  const { bytes, headers, now } = signed;
  const timestamp = headers.get(TIMESTAMP)?.trim() ?? '';
  if (timestamp === '') return ofBody(signed, secret);
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`${timestamp}:`).update(bytes).digest('hex');
  return equal(headers.get(HEADER)?.trim().toLowerCase() ?? '', expected);
});

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
    alertEvents('grafana', { ...body, status: body.status ?? body.state }, context, (alert) =>
      readingOf(alert, body.title),
    ),
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

const VANISHED = 'MissingSeries';

// `grafana_state_reason`, of the same page: of a rule that goes on to alert in such a state, and of an end.
const REASONS: ReadonlyMap<string, Reading['lack']> = new Map([
  ['NoData', 'data'],
  ['Error', 'answer'],
  [VANISHED, 'series'],
]);

function readingOf({ status, labels, annotations, values, valueString }: Alert, title: string | undefined): Reading {
  const named = STATES.get(labels.get('alertname') ?? '');
  const reason = annotations.get('grafana_state_reason');
  const isOver = /^resolved$/i.test(status ?? '');
  const why = reasonIn(reason);
  // A rule whose owner takes no data for well ends its alerts so: that is a fact of the end.
  const lack = isOver ? (why === 'series' ? why : undefined) : (named ?? why);
  const { value, properties } = valuesOf(values.size > 0 || isOver ? values : valuesIn(valueString));
  return {
    rule: named === undefined ? undefined : labels.get('rulename'),
    otherwise: title?.replace(/^(?:\[[^\]]{1,40}\]\s*)+/, '') || undefined,
    // The rule's own words are of the breach, which nobody has seen; without data there is no value either.
    description: lack === undefined || lack === 'series' ? undefined : (annotations.get('Error') ?? ''),
    lack,
    value: lack === undefined ? value : undefined,
    // That a rule was paused, changed or deleted ends its alerts as well, and says nothing of what it watched.
    properties:
      isOver && reason !== undefined && reason !== VANISHED
        ? { ...properties, grafana_state_reason: reason }
        : properties,
  };
}

/** Reasons are joined: "NoData, KeepLast". */
const reasonIn = (said = ''): Reading['lack'] =>
  said
    .split(', ')
    .map((each) => REASONS.get(each))
    .find((lack) => lack !== undefined);

// Grafana 8 and 9: "[ var='B' labels={instance=q1} value=17 ], [ var='C' metric='queues' labels={} value=1 ]".
// https://grafana.com/docs/grafana/v8.5/alerting/unified-alerting/alerting-rules/alert-annotation-label/
const SAID = /\b(?:var|metric)='(?<name>[^']{1,100})'.{0,2000}?\svalue=(?<value>[^\s\]]{1,40}) ?\]/g;

const valuesIn = (said = ''): ReadonlyMap<string, string> =>
  new Map([...said.matchAll(SAID)].map(({ groups }) => [groups?.['name'] ?? '', groups?.['value'] ?? '']));

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
