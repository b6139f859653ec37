import { count } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { armKey, armResource, scaledKey } from '../arm.ts';
import { type EventDraft, linkTo, portalUrl } from '../source.ts';
import { type Activity, operationKey } from './activity.ts';
import { descriptionOf } from './description.ts';
import { linksOf } from './links.ts';
import type { Occurrence } from './occurrence.ts';

type Step = 'scale' | 'result' | 'held' | 'unmeasured' | 'measured';

// Names of operations (https://learn.microsoft.com/azure/role-based-access-control/permissions/monitor) and of events
// (https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-diagnostics). Flapping and the metric's names
// come first: their operation can be that of the scaling which they kept from happening.
const STEPS: readonly (readonly [RegExp, Step])[] = [
  [/^flapping(?:occurred)?$/, 'held'],
  [/^(?:predictive)?metricfailure$/, 'unmeasured'],
  [/^(?:predictive)?metricrecovery$/, 'measured'],
  [/^(?:predictive)?scale(?:up|down)result$|^getoperationstatusresult$/, 'result'],
  [/^(?:predictive)?scale(?:up|down)$|^autoscaleaction$/, 'scale'],
];

const operationOf = ({ operationName = '' }: Activity): string =>
  /^microsoft\.insights\/autoscalesettings\/([a-z]+)\/action$/i.exec(operationName)?.[1] ?? '';

const nameOf = (activity: Activity): string =>
  activity.eventName ?? activity.properties?.eventName ?? operationOf(activity);

function stepOf(activity: Activity): Step | undefined {
  const names = [nameOf(activity).toLowerCase(), operationOf(activity).toLowerCase()];
  return STEPS.find(([form]) => names.some((each) => form.test(each)))?.[1];
}

// As autoscale's own webhook has them: digits alone.
const whole = (given = ''): number | undefined =>
  /^\d{1,9}$/.test(given) ? count.safeParse(Number(given)).data : undefined;

/** The counts and words of an autoscale event, wherever they are. */
function detailsOf({ properties, ...activity }: Activity) {
  const inner = properties?.eventProperties;
  const said =
    properties?.description ?? inner?.Description ?? activity['Activity Log Event Description'] ?? activity.description;
  const actual = whole(properties?.newInstancesCount ?? inner?.NewInstancesCount);
  return {
    said,
    from: whole(properties?.oldInstancesCount ?? inner?.OldInstancesCount),
    actual,
    // Of flapping, the counts say what is and the text alone what was wanted.
    intended: whole(/intended new instance count:? '(\d{1,7})'/i.exec(said?.slice(0, 5_000) ?? '')?.[1]) ?? actual,
    resource: properties?.resourceName ?? inner?.ResourceName,
    notes: properties?.notes ?? inner?.Notes,
    metric: properties?.metricName ?? inner?.MetricName,
  };
}

const isSetting = (id: string): boolean => /\/providers\/microsoft\.insights\/autoscalesettings\/[^/]+$/i.test(id);

/** The event that autoscale's entry in the activity log tells of; undefined where the entry is something else. */
export function autoscaleEvent(activity: Activity, told: Occurrence): EventDraft | undefined {
  const step = stepOf(activity);
  if (step === undefined) return undefined;
  const details = detailsOf(activity);
  const targets = [...told.targets, ...(activity.resourceId === undefined ? [] : [activity.resourceId])];
  const setting = targets.find(isSetting);
  const scaled = details.resource ?? targets.find((id) => !isSetting(id)) ?? setting ?? told.rule;
  const common = around(told, scaled, setting);
  const name = armResource(setting)?.name;
  if (step !== 'measured' && step !== 'unmeasured') {
    const id = identity(
      'azure-monitor',
      'autoscale',
      ...entryOf(activity, told),
      operationOf(activity),
      activity.status ?? '',
    );
    const operation = operationKey({ ...activity, resourceId: undefined });
    return scaling(activity, details, step, {
      ...common,
      id,
      story: scaledStory(scaled, setting),
      setting: name,
      operation,
    });
  }
  return {
    ...common,
    kind: 'alert',
    id: identity('azure-monitor', 'autoscale', ...entryOf(activity, told), step),
    // Lost and found again are one story of the setting: neither says more than that.
    story: `${armKey(setting ?? scaled)}/metric`,
    severity: 'warning',
    state: step === 'measured' ? 'resolved' : 'fired',
    rule: name ?? told.rule,
    metric: details.metric,
    dimensions: { eventName: nameOf(activity) },
    description: descriptionOf(details.said, details.notes, told.description),
  };
}

// Two rules that match one entry tell of one and the same scaling.
const entryOf = ({ eventDataId, eventTimestamp = '' }: Activity, { identity }: Occurrence): readonly string[] =>
  eventDataId === undefined ? identity : [eventDataId, eventTimestamp];

function around(told: Occurrence, scaled: string, setting: string | undefined) {
  const { region, environment, properties, links } = told;
  return {
    source: 'azure-monitor',
    occurredAt: told.eventAt ?? told.occurredAt,
    environment,
    resource: { ...(armResource(scaled) ?? { name: scaled, ...placeOf(setting) }), region },
    links: linksOf(
      linkTo('resource', portalUrl(scaled)),
      links,
      setting === scaled ? [] : linkTo('scale-history', portalUrl(setting ?? '')),
    ),
    properties,
  };
}

function placeOf(setting: string | undefined) {
  const { group, subscriptionId } = armResource(setting) ?? {};
  return { group, subscriptionId };
}

const scaledStory = (scaled: string, setting: string | undefined): string =>
  scaledKey({ id: armResource(scaled)?.id, name: scaled }, placeOf(setting));

type Common = Omit<
  Extract<EventDraft, { kind: 'scale' }>,
  'kind' | 'severity' | 'direction' | 'from' | 'to' | 'phase' | 'word' | 'reason' | 'errorCode'
>;

function scaling(
  activity: Activity,
  { from, actual, intended, said }: ReturnType<typeof detailsOf>,
  step: 'scale' | 'result' | 'held',
  common: Common,
): EventDraft | undefined {
  const to = step === 'held' ? intended : actual;
  // Without a count there is no scaling to tell of; the entry is still an alert.
  if (to === undefined) return undefined;
  const standing = standingOf(step, [activity.status, activity.properties?.activityStatusValue]);
  const { phase } = standing;
  const failed = phase === 'failed';
  return {
    ...common,
    kind: 'scale',
    severity: failed ? 'error' : phase === 'held' || phase === 'unknown' ? 'warning' : 'info',
    direction: directionOf(operationOf(activity).toLowerCase(), from, to, said),
    from,
    to,
    ...standing,
    errorCode: failed || phase === 'unknown' ? (activity.properties?.errorCode ?? activity.subStatus) : undefined,
    reason: descriptionOf(said),
  };
}

const FAILED = /^(?:failed|failure|error|cancell?ed)$/i;
const SUCCEEDED = /^(?:succeeded|success|completed|ok)$/i;
// An entry about a beginning, or about what was not done, also says how the entry itself came about.
const BEGUN = /^(?:started|accepted|active|activated|in ?progress|running|resolved)$/i;

// What of these an entry about an end can say of its operation: that it is not over.
const UNDER_WAY = /^(?:started|accepted|in ?progress|running)$/i;

/** Only words of success say that a scaling is done: no word says nothing of its end. */
function standingOf(step: 'scale' | 'result' | 'held', said: readonly (string | undefined)[]) {
  const words = said.filter((word) => word !== undefined);
  const known = [SUCCEEDED, step === 'result' ? UNDER_WAY : BEGUN];
  const word = words.find((each) => !known.some((form) => form.test(each)));
  if (words.some((each) => FAILED.test(each))) return { phase: 'failed' as const };
  if (word !== undefined) return { phase: 'unknown' as const, word };
  if (step === 'result' && words.some((each) => UNDER_WAY.test(each))) return { phase: 'started' as const };
  if (step === 'result') return { phase: words.length > 0 ? ('succeeded' as const) : ('unknown' as const) };
  return { phase: step === 'held' ? ('held' as const) : ('started' as const) };
}

function directionOf(operation: string, from: number | undefined, to: number, said = ''): 'out' | 'in' {
  if (from !== undefined && from !== to) return to > from ? 'out' : 'in';
  if (operation.includes('scaleup')) return 'out';
  // Flapping is about scaling in unless the text says otherwise: scaling out is never held back.
  return /scale (?:up|out)/i.test(said.slice(0, 200)) ? 'out' : 'in';
}
