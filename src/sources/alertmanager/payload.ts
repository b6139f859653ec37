import * as z from 'zod';
import { isObject } from '../../event/json.ts';
import { date, list, number, object, text, wellFormed } from '../fields.ts';
import { MOST_EVENTS } from '../source.ts';

const MOST_LABELS = 100;

/** Labels or annotations, in a Map: their keys are foreign. */
export const texts = z.preprocess(
  (value) => (isObject(value) ? Object.entries(value).slice(0, MOST_LABELS) : []),
  z
    .array(z.tuple([z.string(), text]))
    .transform(
      (pairs): ReadonlyMap<string, string> =>
        new Map(pairs.flatMap(([key, said]) => (said ? [[wellFormed(key), said]] : []))),
    ),
);

/** Alertmanager's alert, and what Grafana adds to it. */
const alert = object({
  // Test senders leave it out: then the status of the group counts.
  status: text,
  labels: texts,
  annotations: texts,
  startsAt: date,
  // The year 1 while an alert fires.
  endsAt: date,
  generatorURL: text,
  fingerprint: text,
  silenceURL: text,
  dashboardURL: text,
  panelURL: text,
  ruleURL: text,
  values: texts,
  valueString: text,
});
export type Alert = NonNullable<z.output<typeof alert>>;

const alerts = list(alert);

/** https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export const group = {
  status: text,
  receiver: text,
  alerts: z
    .array(z.unknown(), { error: 'expected a list of alerts' })
    .transform((members) => alerts.parse(members.slice(0, MOST_EVENTS))),
  commonLabels: texts,
  commonAnnotations: texts,
  // Since Alertmanager 0.34: https://github.com/prometheus/alertmanager/blob/main/template/template.go
  routeLabels: texts,
  notification_reason: text,
  externalURL: text,
  truncatedAlerts: number,
};
/** Its list of alerts, as it came. */
export const alertsIn = (body: unknown): unknown => (isObject(body) ? body['alerts'] : undefined);

export type Group = z.output<z.ZodObject<typeof group>>;
