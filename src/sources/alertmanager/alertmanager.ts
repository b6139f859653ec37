import * as z from 'zod';
import { namesSecret, withoutSecrets } from '../../event/secrets/secrets.ts';
import { numberIn } from '../fields.ts';
import { defineSource, wordOf } from '../source.ts';
import { alertEvents } from './events.ts';
import { type Alert, alertsIn, type Group, group } from './payload.ts';

// https://prometheus.io/docs/alerting/latest/configuration/#webhook_config

const MOST_MATCHERS = 20;

export const alertmanager = defineSource({
  name: 'alertmanager',
  // Grafana sends the same keys with an orgId, a title and a state.
  detects: (body) =>
    !('orgId' in body || ('title' in body && 'state' in body)) &&
    (Array.isArray(body['alerts'])
      ? wordOf(body['version']) === '4' || 'groupLabels' in body || 'commonLabels' in body || 'receiver' in body
      : wordOf(body['version']) === '4' && ('groupKey' in body || 'alerts' in body)),
  payload: z.object(group),
  members: alertsIn,
  normalize: (body, context) =>
    alertEvents('alertmanager', body, context, (alert) => ({
      value: valueIn(alert),
      silence: alert.silenceURL ?? silenceUrl(body, alert),
    })),
});

// Rules that want it said put the value into an annotation.
function valueIn({ annotations }: Alert): number | undefined {
  const said = annotations.get('value') ?? annotations.get('current_value');
  return said === undefined ? undefined : numberIn(said);
}

/** The page of Alertmanager's own interface that asks for a silence of just this alert. */
function silenceUrl({ externalURL }: Group, { labels }: Alert): string | undefined {
  if ([...labels].some(([name, value]) => namesSecret(name) || withoutSecrets(value) !== value)) return undefined;
  if (externalURL === undefined || labels.size === 0 || labels.size > MOST_MATCHERS) return undefined;
  const matchers = [...labels].map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',');
  return `${externalURL.replace(/\/$/, '')}/#/silences/new?filter=${encodeURIComponent(`{${matchers}}`)}`;
}
