import { subscriptionOf } from './ids.ts';
import { type DriftState, FORGOTTEN_MILLISECONDS, isOpen, type SetState } from './state.ts';

/** A set with drift, or one that could not be read, as lists show it. */
interface ListedSet {
  /** Lower-cased ARM id. */
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly subscriptionId: string;
  readonly environment?: string | undefined;
  /** A verdict, or `unread`. */
  readonly verdict: string;
  /** Whether people were told of it: what may still settle by itself is not. */
  readonly told: boolean;
  /** Undefined where it was never read. */
  readonly behind?: number;
  readonly total?: number | undefined;
  /** ISO. */
  readonly since: string;
  readonly sinceAtLeast: boolean;
  /** Of `awaitingApproval`: until when, and what Azure does then by itself; empty where it waits until somebody approves. */
  readonly approval?: SetState['approval'];
  /** Of `unread`: a code or a few words. */
  readonly why?: string | undefined;
}

/** A subscription that the last run did not read to its end; or the tenant or a management group that could not be listed. */
interface UnseenScope {
  readonly id: string;
  readonly name: string;
  /** A code or a few words. */
  readonly why?: string | undefined;
  /** ISO: the first run in a row of which that is so. */
  readonly since: string;
  /** Some of it was read. */
  readonly part?: true | undefined;
}

export interface FleetList {
  /** ISO: the last run. */
  readonly ranAt: string;
  /** ISO: since this run nothing at all could be read. What is listed was known before. */
  readonly blindSince?: string;
  /** Left out where the last run read everything to its end. */
  readonly unseen?: readonly UnseenScope[];
  /** Those that have been behind for longest come first. */
  readonly sets: readonly ListedSet[];
}

/** Every set that the report knows to have drifted, or could not read, after its last run. */
export function fleetList(state: DriftState): FleetList {
  const { ranAt, sets, unread = {} } = state;
  const open = Object.entries(sets).filter(([, state]) => isOpen(state));
  const known = open.map(
    ([id, { name, environment, verdict, told, behind, total, since, sinceAtLeast, approval }]) => ({
      ...{ ...partsOf(id, name), environment, verdict, told: told !== undefined, behind, total, since, sinceAtLeast },
      ...(approval !== undefined && { approval }),
      ...(id in unread && { verdict: 'unread', why: unread[id]?.why }),
    }),
  );
  const blind = Object.entries(unread)
    .filter(([id]) => !open.some(([key]) => key === id))
    .map(([id, { name, why, since, told }]) => ({
      ...{ ...partsOf(id, name), verdict: 'unread', told: told === true, since, sinceAtLeast: true, why },
    }));
  return {
    ranAt,
    ...unseenIn(state),
    sets: [...known, ...blind].sort((one, other) => one.since.localeCompare(other.since)),
  };
}

function unseenIn({ ranAt, coverage, unseen = {} }: DriftState): Pick<FleetList, 'blindSince' | 'unseen'> {
  const dim = Object.entries(unseen).map(([id, scope]) => ({ id, ...scope }));
  const listed = dim.filter(
    ({ since, part }) => part || Date.parse(ranAt) - Date.parse(since) < FORGOTTEN_MILLISECONDS,
  );
  const dark = dim.filter(({ part }) => !part);
  const isBlind = dark.length > 0 && Object.keys(coverage).every((id) => dark.some((scope) => scope.id === id));
  const last = dark
    .map(({ since }) => since)
    .sort()
    .at(-1);
  return {
    ...(isBlind && last !== undefined && { blindSince: last }),
    ...(listed.length > 0 && { unseen: listed }),
  };
}

function partsOf(id: string, name: string | undefined) {
  const [, , , , group = ''] = id.split('/');
  return { id, name: name ?? id.slice(id.lastIndexOf('/') + 1), group, subscriptionId: subscriptionOf(id) };
}
