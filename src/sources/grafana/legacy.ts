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
    if (NOISE.has(word?.toLowerCase() ?? '')) return [];
    const [match] = body.evalMatches;
    const labels = new Map([...body.tags, ...(match?.tags ?? [])]);
    const { severity, level, label } = levelOf(labels);
    const { name = body.ruleName, group, environment } = aboutOf(labels);
    const rule = [body.orgId, body.dashboardId, body.panelId, body.ruleId].join('/');
    const values = body.evalMatches.map((each) => `${each?.metric}=${each?.value}`);
    const isNoData = body.state.toLowerCase() === 'no_data';
    return [
      {
        kind: 'alert' as const,
        source: 'grafana',
        severity,
        level,
        // A state that nobody knows counts as fired: somebody has to look.
        state: state ?? ('fired' as const),
        lack: isNoData ? ('data' as const) : undefined,
        word,
        // The body has neither a time nor an id: what comes again within a minute is taken for a retry.
        id: identity('grafana', rule, body.ruleName, body.state, ...values, minuteOf(receivedAt)),
        story: `grafana:legacy:${rule}:${body.ruleName}`.toLowerCase(),
        occurredAt: receivedAt,
        environment,
        resource: { name, group },
        rule: body.ruleName,
        metric: match?.metric,
        value: match?.value,
        dimensions: dimensionsOf(labels, [label]),
        // The rule's own words are of the breach.
        description: isNoData ? undefined : body.message,
        properties: isNoData ? { state: body.state } : othersIn(body.evalMatches.slice(1)),
        links: linksOf(['alert', body.ruleUrl]),
      },
    ];
  },
});

const minuteOf = (instant: string): string => instant.slice(0, 'YYYY-MM-DDTHH:MM'.length);

/** What else matched: a condition can have several series. */
function othersIn(matches: z.output<typeof payload>['evalMatches']): Record<string, string> | undefined {
  const said = matches.flatMap((each) =>
    each?.metric === undefined || each.value === undefined ? [] : [[each.metric, `${each.value}`] as const],
  );
  return said.length > 0 ? Object.fromEntries(said.slice(0, 8)) : undefined;
}
