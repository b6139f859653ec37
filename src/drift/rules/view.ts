import * as z from 'zod';
import { driftApproval, driftVerdicts, silentVerdicts } from '../../event/drift.ts';
import { count, timestamp } from '../../event/fields.ts';
import type { ScaleSet } from './azure.ts';
import { ofAge } from './episode.ts';
import { setKey, subscriptionOf } from './ids.ts';
import type { DriftedInstance, RunReading, SetReading } from './reading.ts';
import { remedy } from './remedy.ts';
import { remediationTargetOf } from './report.ts';
import { type DriftState, isOpen as isOpenState, type SetState, type Verdict } from './state.ts';

const reason = z.object({
  kind: z.string(),
  name: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
});

const instanceView = z.object({
  id: z.string().describe('A number for Uniform, the name of the VM for Flexible.'),
  since: timestamp.describe('Since when it is behind.'),
  held: z.boolean().describe('Whether an upgrade skips it.'),
  state: z.enum(['ok', 'updating', 'failed', 'unhealthy']),
  reasons: z.array(reason).describe('None: no difference is visible.'),
});

const setView = z.object({
  id: z.string().describe('Lower-cased.'),
  name: z.string(),
  subscriptionId: z.string(),
  resourceGroup: z.string(),
  location: z.string(),
  orchestration: z.enum(['Uniform', 'Flexible']),
  mode: z.enum(['Manual', 'Automatic', 'Rolling']),
  total: count.optional().describe('Left out where Azure does not say.'),
  verdict: z.enum([...driftVerdicts, ...silentVerdicts, 'unread']),
  why: z.string().optional().describe('Of a set that could not be read: a code or a few words.'),
  behind: count.describe('Of hidden drift: instances with an old image, which are not listed.'),
  unknown: count,
  since: timestamp.optional(),
  sinceAtLeast: z.boolean().optional(),
  readAt: timestamp.optional().describe('When it was last read from the resource provider.'),
  approval: driftApproval.optional().describe('What its upgrade waits for.'),
  advice: z.string().optional(),
  command: z.string().optional().describe('What to do about it, as its message says it.'),
  instances: z.array(instanceView).describe('Those that are behind; the others of the total are on the model.'),
});

export const fleetView = z.object({
  version: z.literal(1),
  ranAt: timestamp,
  subscriptions: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      read: z.enum(['full', 'part', 'none']),
      why: z.string().optional().describe('Of part and none: a code or a few words.'),
    }),
  ),
  sets: z.array(setView).describe('Those that have been behind for longest come first.'),
});

/** All that is known of a fleet, for people to look at. It holds no values of settings. */
export type FleetView = Readonly<z.infer<typeof fleetView>>;
export type SetView = Readonly<z.infer<typeof setView>>;

/** A set that a run met, whether it read its instances or not. */
export type SeenSet = Pick<SetView, 'id' | 'name' | 'subscriptionId' | 'resourceGroup' | 'location'> &
  Pick<ScaleSet, 'orchestration' | 'mode' | 'capacity'> & { readonly managed: boolean };

/** What one run comes to. */
export interface Seen {
  readonly reading: RunReading;
  readonly sets: readonly SeenSet[];
  readonly state: DriftState;
  readonly graceMinutes: number;
}

/** The fleet after a run. What the run did not look at stays as the view before has it. */
export function viewOf(before: FleetView | undefined, { reading, sets, state, graceMinutes }: Seen): FleetView {
  const now = Date.parse(state.ranAt);
  const read = new Map(
    reading.sets.map((each) => [setKey(each.set), { ...each, drifted: ofAge(each.drifted, graceMinutes, now) }]),
  );
  const last = new Map((before?.sets ?? []).map((each) => [each.id.toLowerCase(), each]));
  const shown = new Map<string, SetView>();
  for (const [key, each] of last) {
    const why = state.unread?.[key]?.why;
    if (why !== undefined) shown.set(key, unreadView(each, why));
    else if (stays(key, reading)) shown.set(key, each);
  }
  const met = new Map(
    [...reading.sets.map(({ set }) => ({ ...set, managed: false })), ...sets].map((set) => [setKey(set), set]),
  );
  for (const [key, set] of met) {
    const view = setViewOf(set, read.get(key), last.get(key), state.sets[key], state.ranAt);
    const why = state.unread?.[key]?.why;
    shown.set(key, why === undefined ? view : unreadView(view, why));
  }
  return {
    version: 1,
    ranAt: state.ranAt,
    subscriptions: reading.scopes.map(({ subscriptionId, name = subscriptionId, unseen: _, status: __, ...how }) => ({
      id: subscriptionId,
      name,
      ...how,
    })),
    sets: [...shown.values()].sort(
      (one, other) =>
        (one.since ?? NEVER).localeCompare(other.since ?? NEVER) ||
        other.behind - one.behind ||
        one.name.localeCompare(other.name),
    ),
  };
}

const NEVER = '9999';

/** What is known of its instances is from before: nobody knows what a command would touch now. */
const unreadView = ({ advice: _, command: __, ...known }: SetView, why: string): SetView => ({
  ...known,
  verdict: 'unread',
  why,
});

/** Whether a set that was not met may still be there: its subscription was not read to its end. */
function stays(key: string, { scopes, gone }: RunReading): boolean {
  const scope = scopes.find(({ subscriptionId }) => subscriptionId === subscriptionOf(key));
  return !gone.includes(key) && scope !== undefined && scope.read !== 'full';
}

const MOST_INSTANCES = 1_000;

function setViewOf(
  set: SeenSet,
  read: SetReading | undefined,
  last: SetView | undefined,
  known: SetState | undefined,
  ranAt: string,
): SetView {
  const { name, subscriptionId, resourceGroup, location, orchestration, mode, capacity, managed } = set;
  const { drifted = [] } = read ?? {};
  const isOpen = known !== undefined && isOpenState(known);
  // What is left out is not read: of its instances only the capacity is known, if that is.
  const total = (managed ? undefined : read?.total) ?? (isOpen ? last?.total : undefined) ?? capacity;
  const since = known?.since ?? ranAt;
  // Of drift that was not read again, what was seen last still holds.
  const instances = read === undefined && isOpen ? (last?.instances ?? []) : drifted.slice(0, MOST_INSTANCES);
  return {
    ...{ id: setKey(set), name, subscriptionId, resourceGroup, location, orchestration, mode },
    ...(total !== undefined && { total }),
    verdict: verdictOf(managed, known),
    behind: known?.behind ?? 0,
    unknown: known?.unknown ?? read?.unknown ?? 0,
    ...(isOpen && { since: known.since, sinceAtLeast: known.sinceAtLeast }),
    ...(isOpen && known.approval !== undefined && { approval: known.approval }),
    readAt: read === undefined && isOpen ? (last?.readAt ?? ranAt) : ranAt,
    ...(isOpen && (read === undefined ? treatmentOf(last) : remedyOf(read, known))),
    instances: instances.map((each) => ('key' in each ? instanceViewOf(each, known?.drifted, since) : each)),
  };
}

const treatmentOf = ({ advice, command }: Pick<SetView, 'advice' | 'command'> = {}) => ({
  ...(advice !== undefined && { advice }),
  ...(command !== undefined && { command }),
});

/** The next step, as people were told it: what a reminder advised holds until something else is told. */
function remedyOf(reading: SetReading, state: SetState): ReturnType<typeof remedy> {
  const verdict = driftVerdicts.find((told) => told === state.verdict);
  if (verdict === undefined) return undefined;
  const target = remediationTargetOf({ reading, drifted: reading.drifted, state }, verdict);
  const reminded = remedy({ ...target, isReminder: true });
  return reminded?.advice === state.told?.advice ? reminded : remedy(target);
}

const verdictOf = (managed: boolean, known: SetState | undefined): Verdict =>
  managed ? 'managed' : (known?.verdict ?? 'clean');

const instanceViewOf = (
  { key, instanceId, held, state, reasons }: DriftedInstance,
  known: SetState['drifted'],
  since: string,
): SetView['instances'][number] => ({
  id: instanceId,
  since: known?.[key] ?? since,
  held,
  state,
  reasons: reasons.map((each) => ({ ...each })),
});
