import { PROPERTIES } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { linksOf } from '../links.ts';
import type { EventDraft, SourceContext } from '../source.ts';
import { aboutOf, dimensionsOf, environmentIn, isEnvironment } from './labels.ts';
import { levelOf } from './level.ts';
import type { Alert, Group } from './payload.ts';

/** What the sender says beyond what both senders say. */
export interface Reading {
  readonly rule?: string | undefined;
  /** What the rule is called where nothing else names it. */
  readonly otherwise?: string | undefined;
  readonly lack?: Extract<EventDraft, { kind: 'alert' }>['lack'];
  readonly value?: number | undefined;
  /** In place of the annotations; "" where they do not hold. */
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, string>> | undefined;
  readonly silence?: string | undefined;
}

/** One event for each alert of a group. */
export const alertEvents = (
  source: string,
  group: Group,
  context: SourceContext,
  read: (alert: Alert) => Reading,
): EventDraft[] =>
  group.alerts
    .filter((each) => each !== undefined)
    .map((alert) => alertEvent(source, group, alert, context, read(alert)));

function alertEvent(source: string, group: Group, alert: Alert, context: SourceContext, reading: Reading): EventDraft {
  const { labels, annotations, startsAt, endsAt } = alert;
  const named = labels.get('alertname') ?? group.commonLabels.get('alertname');
  const rule = reading.rule ?? named ?? annotations.get('summary') ?? reading.otherwise ?? group.receiver ?? source;
  const state = stateOf(alert, group);
  const said = alert.status ?? group.status;
  const { severity, level, label } = levelOf(
    labels.has('severity') ? labels : new Map([...group.routeLabels, ...group.commonLabels, ...labels]),
  );
  const instance = instanceOf(alert);
  const { name = rule, group: where, environment = environmentIn(group.routeLabels) } = aboutOf(labels);
  return {
    kind: 'alert',
    source,
    severity,
    level,
    state,
    lack: (reading.lack === 'series') === (state === 'resolved') ? reading.lack : undefined,
    word: KNOWN.has(said?.toLowerCase() ?? 'firing') ? undefined : said,
    id: identity(source, alert.fingerprint ?? '', instance, startsAt ?? endsAt ?? '', state),
    story: `${source}:${instance}`,
    occurredAt: (state === 'fired' ? startsAt : endsAt) ?? context.receivedAt,
    firedAt: startsAt,
    environment,
    resource: { name, group: where === name ? undefined : where },
    rule,
    value: reading.value,
    dimensions: dimensionsOf(labels, [label, rule === named ? 'alertname' : 'rulename']),
    description: (reading.description ?? descriptionOf(alert)) || undefined,
    properties: propertiesOf(group, reading, (key) => labels.has(key) || key === label),
    links: linksOf(
      ['alert', alert.ruleURL],
      ['alert', alert.generatorURL],
      ['runbook', first(annotations, RUNBOOKS) ?? first(group.commonAnnotations, RUNBOOKS)],
      ['dashboard', alert.panelURL ?? alert.dashboardURL ?? first(annotations, ['dashboard_url', 'dashboard'])],
      ['silence', state === 'fired' ? (reading.silence ?? alert.silenceURL) : undefined],
      ['alert', group.externalURL],
    ),
  };
}

const RUNBOOKS = ['runbook_url', 'runbook', 'runbookURL', 'runbookUrl'];

const RESOLVED: ReadonlySet<string> = new Set(['resolved', 'ok', 'normal', 'inactive']);
const KNOWN: ReadonlySet<string> = new Set([...RESOLVED, 'firing', 'active', 'alerting', 'no_data', 'nodata', 'error']);

const stateOf = ({ status }: Alert, group: Group) =>
  RESOLVED.has((status ?? group.status ?? '').toLowerCase()) ? ('resolved' as const) : ('fired' as const);

// The labels are what makes an alert the same alert; the fingerprint is a hash of them, and is not always sent.
const instanceOf = ({ labels, fingerprint }: Alert): string =>
  labels.size === 0 && fingerprint !== undefined
    ? fingerprint
    : identity(...[...labels].map(([key, value]) => `${key}=${value}`).sort());

const first = (from: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined =>
  keys.map((key) => from.get(key)).find((value) => value !== undefined);

function descriptionOf({ annotations }: Alert): string | undefined {
  const said = ['summary', 'description', 'message'].flatMap((key) => annotations.get(key) ?? []);
  return [...new Set(said)].join('\n') || undefined;
}

// Why Alertmanager sends a group: what the state of its alerts says too.
const PLAIN: ReadonlySet<string> = new Set([
  'first notification',
  'new alerts added',
  'some alerts resolved',
  'all alerts resolved',
]);

/** A route's labels, which its alerts do not have, and what else the group says; the sender's own first. */
function propertiesOf(group: Group, { properties }: Reading, isSaid: (key: string) => boolean) {
  const { truncatedAlerts = 0, notification_reason: reason } = group;
  const all = [
    ...(truncatedAlerts > 0 ? [['truncatedAlerts', String(truncatedAlerts)] as const] : []),
    ...Object.entries(properties ?? {}),
    ...(reason !== undefined && !PLAIN.has(reason.toLowerCase()) ? [['notification_reason', reason] as const] : []),
    ...[...group.routeLabels].filter(([key]) => !isSaid(key) && !isEnvironment(key)),
  ].slice(0, PROPERTIES.most);
  return all.length > 0 ? Object.fromEntries(all) : undefined;
}
