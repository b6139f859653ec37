import { isObject } from '../event/json.ts';

const SET =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/virtualMachineScaleSets\/[^/]+(?=\/|$)/i;

// What can change a model, or bring instances to it:
// https://learn.microsoft.com/azure/role-based-access-control/permissions/compute#microsoftcompute
const CHANGE =
  /^microsoft\.compute\/virtualmachinescalesets\/(.*\/)?(write|delete|(manual|osrolling|extensionrolling)upgrade\/action|rollingupgrades\/(.+\/)?action|reimage(all)?\/action)$/i;

// A body holds up to a thousand events; each set costs one write.
const MOST = 100;

/**
 * The scale sets (ARM ids) that a verified body of Event Grid or of an activity-log alert says something was done to,
 * for the drift report to look at first. Scaling is told in the same way: so this is no news by itself.
 */
export function changedScaleSets(source: string, payload: unknown): readonly string[] {
  const told = source === 'event-grid' ? inEvents(payload) : source === 'azure-monitor' ? inAlert(payload) : [];
  const ids = told.flatMap(({ operation, ids }) => (CHANGE.test(text(operation)) ? ids : []));
  const sets = ids.flatMap((id) => SET.exec(text(id))?.[0]?.toLowerCase() ?? []);
  return [...new Set(sets)].slice(0, MOST);
}

interface Told {
  readonly operation: unknown;
  readonly ids: readonly unknown[];
}

const inEvents = (payload: unknown): readonly Told[] =>
  (Array.isArray(payload) ? payload : [payload]).map((member) => {
    const [data, subject] = [at(member, 'data'), at(member, 'subject')];
    const { action, scope } = {
      action: at(data, 'authorization', 'action'),
      scope: at(data, 'authorization', 'scope'),
    };
    return { operation: at(data, 'operationName') ?? action, ids: [at(data, 'resourceUri') ?? scope ?? subject] };
  });

/** The common alert schema, and the activity log's own. */
function inAlert(payload: unknown): readonly Told[] {
  const data = at(payload, 'data');
  const targets = at(data, 'essentials', 'alertTargetIDs');
  const entry = at(data, 'context', 'activityLog');
  return [
    { operation: at(data, 'alertContext', 'operationName'), ids: Array.isArray(targets) ? targets : [] },
    { operation: at(entry, 'operationName'), ids: [at(entry, 'resourceId')] },
  ];
}

// Names of operations and ids of scale sets are far shorter; the patterns above take the square of a text's length.
const MOST_CHARACTERS = 2_000;

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MOST_CHARACTERS) : '');

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
