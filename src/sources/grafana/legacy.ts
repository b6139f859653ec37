import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { aboutOf, dimensionsOf } from '../alertmanager/labels.ts';
import { levelOf } from '../alertmanager/level.ts';
import { texts } from '../alertmanager/payload.ts';
import { list, number, object, required, text } from '../fields.ts';
import { linksOf } from '../links.ts';
import { defineSource } from '../source.ts';

// The alerting of Grafana before version 11: https://grafana.com/docs/grafana/v8.5/alerting/old-alerting/notifications/#webhook

const STATES: ReadonlyMap<string, 'fired' | 'resolved'> = new Map([
  ['alerting', 'fired'],
  ['no_data', 'fired'],
  ['ok', 'resolved'],
]);
const NOISE: ReadonlySet<string> = new Set(['paused', 'pending', 'unknown']);

const payload = z.object({
  ruleId: text,
  ruleName: required,
  ruleUrl: text,
  state: required,
  message: text,
  orgId: text,
  dashboardId: text,
  panelId: text,
  tags: texts,
  evalMatches: list(object({ metric: text, value: number, tags: texts })),
});

export const legacy = defineSource({
  name: 'grafana',
  detects: () => true,
  payload,
  normalize: (body, { receivedAt }) => {
    const state = STATES.get(body.state.toLowerCase());
    const word = state === undefined ? body.state : undefined;
    if (word !== undefined && NOISE.has(word.toLowerCase())) return [];
    const [match] = body.evalMatches;
    const labels = new Map([...body.tags, ...(match?.tags ?? [])]);
    const { severity, level, label } = levelOf(labels);
    const { name = body.ruleName, group, environment } = aboutOf(labels);
    const rule = [body.orgId, body.dashboardId, body.panelId, body.ruleId].map((part) => part ?? '').join('/');
    const values = body.evalMatches.map((each) => `${each?.metric}=${each?.value}`);
    return [
      {
        kind: 'alert' as const,
        source: 'grafana',
        severity,
        level,
        // A state that nobody knows counts as fired: somebody has to look.
        state: state ?? ('fired' as const),
        lack: body.state.toLowerCase() === 'no_data' ? ('data' as const) : undefined,
        word,
        // The body has neither a time nor an id: what comes again within a minute is taken for a retry.
        id: identity(
          'grafana',
          rule,
          body.ruleName,
          body.state,
          ...values,
          receivedAt.slice(0, 'YYYY-MM-DDTHH:MM'.length),
        ),
        story: `grafana:legacy:${rule}:${body.ruleName}`.toLowerCase(),
        occurredAt: receivedAt,
        environment,
        resource: { name, group },
        rule: body.ruleName,
        metric: match?.metric,
        value: match?.value,
        dimensions: dimensionsOf(labels, [label]),
        description: body.message,
        properties: body.state.toLowerCase() === 'no_data' ? { state: body.state } : undefined,
        links: linksOf(['alert', body.ruleUrl]),
      },
    ];
  },
});
