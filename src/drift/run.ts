import { randomBytes } from 'node:crypto';
import type { RelayEvent } from '../event/event.ts';
import { identity } from '../event/identity.ts';
import { jsonIn } from '../event/json.ts';
import { MINUTE_MILLISECONDS } from '../event/time/units.ts';
import { inSmallHeap } from './in-small-heap.ts';
import type { DriftLease, DriftStore } from './ports.ts';
import { checkpointIn, cursorOf } from './read/checkpoint.ts';
import { Collector, type RunCounts } from './read/collector.ts';
import { type RunContext, withoutFlexible } from './read/context.ts';
import { readFleet } from './read/read-fleet.ts';
import { decide } from './rules/decide.ts';
import type { DriftEpisode } from './rules/episodes.ts';
import type { FleetList } from './rules/fleet-list.ts';
import type { DriftSettings } from './rules/settings.ts';
import { type DriftState, isBaseline, parseState, sent } from './rules/state.ts';
import { fleetView, viewOf } from './rules/view.ts';
import type { OpenScaleSets, Spent } from './scale-sets.ts';

export interface DriftParts {
  readonly settings: DriftSettings;
  readonly store: DriftStore;
  readonly open: OpenScaleSets;
  readonly clock: { now(): number };
  /** Resolves once the events are queued. */
  send(events: readonly RelayEvent[]): Promise<void>;
  /** Whether the local page's overview is kept. */
  readonly overview?: boolean | undefined;
  /** How long a run may read, in milliseconds. */
  readonly most?: number | undefined;
  /** Up to how many sets `auto` reads them all. */
  readonly few?: number | undefined;
}

/** How a run ended, for the log. It names no settings, no addresses and no people. */
export type DriftReport =
  /** busy: another run is under way. lost: another run took over, and this one told nothing. */
  | { readonly outcome: 'busy' | 'lost' }
  | (RunCounts &
      Spent & {
        readonly outcome: 'done';
        /** The first run that read anything, or the first after a loss: what there is was told in one digest. */
        readonly baseline: boolean;
        readonly source: 'arm' | 'graph';
        /** Whether the time was enough for all; otherwise the next run goes on. */
        readonly finished: boolean;
        readonly subscriptions: number;
        /** Of them, those of which nothing could be read. */
        readonly unreadable: number;
        /** Why something was not read: Azure's words and ours, each once. */
        readonly why: readonly string[];
        readonly events: number;
        readonly stateBytes: number;
        readonly milliseconds: number;
      });

export type Progress = (step: string, details?: object) => void;

/** The drift report, as the relay has it. */
export interface DriftReports {
  /** `send` resolves once the events are queued. */
  check(send: DriftParts['send']): DriftCheck;
  /** Something was done to these sets (ARM ids): the next run reads them first. Never rejects for want of storage. */
  touched(setIds: readonly string[]): Promise<void>;
  /** What has drifted, as the last run left it; undefined where there was none. Rejects with a StorageError. */
  list(): Promise<FleetList | undefined>;
  /** When which sets had instances off their model, as far as the last run remembers. Rejects with a StorageError. */
  episodes(): Promise<readonly DriftEpisode[]>;
  /** The fleet after the last run, as JSON of a FleetView; only the local run keeps it. Rejects with a StorageError. */
  overview(): Promise<string | undefined>;
}

/** Checks the fleet for drift, once each time it is called. Rejects with a StorageError. */
export type DriftCheck = (progress?: Progress) => Promise<DriftReport>;

// Azure gives a function of the Consumption plan five minutes.
const MOST_MILLISECONDS = 4 * MINUTE_MILLISECONDS;

const FEW_SETS = 200;

/** The name under which a scope's state is kept. */
export const stateName = ({ scopes }: Pick<DriftSettings, 'scopes'>): string => identity(...scopes.toSorted());

export function createDriftCheck(parts: DriftParts): DriftCheck {
  const key = randomBytes(32).toString('base64');
  let isFirst = true;
  const check: DriftCheck = async (progress = () => undefined) => {
    const began = parts.clock.now();
    const lease = await parts.store.lease(stateName(parts.settings));
    if (lease === undefined) return { outcome: 'busy' };
    try {
      const { context, spent } = await begin(parts, lease, { key, began, progress });
      const { marks, source, checkpoint } = await readFleet(context, parts.store, isFirst);
      isFirst = false;
      if (lease.lost.aborted) return { outcome: 'lost' };
      const { isBlank, ...done } = await commit(parts, lease, context, cursorOf(checkpoint));
      await parts.store.unmark(marks);
      const { reading, why, counts: found } = context.collector;
      return {
        outcome: 'done',
        baseline: isBaseline(context.before) && !isBlank,
        source,
        finished: checkpoint.first === undefined && found.putOff === 0,
        subscriptions: reading.scopes.length,
        unreadable: reading.scopes.filter(({ read, unseen }) => read === 'none' || unseen === 'failed').length,
        why,
        ...found,
        ...done,
        ...spent(),
        milliseconds: parts.clock.now() - began,
      };
    } finally {
      await lease.release();
    }
  };
  return (progress) => inSmallHeap(() => check(progress));
}

async function begin(
  parts: DriftParts,
  lease: DriftLease,
  { key, began, progress }: { readonly key: string; readonly began: number; readonly progress: Progress },
) {
  const { settings, overview = false, most = MOST_MILLISECONDS, few = FEW_SETS } = parts;
  const before = await loadState(parts, lease, progress);
  const holds = before?.holds ?? [];
  const whole = parts.open({ deadline: began + most, signal: lease.lost, holds, note: progress });
  const azure = settings.flexible ? whole : withoutFlexible(whole);
  const context: RunContext = {
    azure,
    settings,
    before,
    checkpoint: checkpointIn(before?.cursor),
    collector: new Collector({ before, ignore: settings.ignore, overview }),
    now: began,
    key,
    few,
    progress,
  };
  return { context, spent: azure.spent };
}

/** The state that the run before left. What it had decided and may not have sent is sent first. */
async function loadState(parts: DriftParts, lease: DriftLease, progress: Progress): Promise<DriftState | undefined> {
  if (lease.text === undefined) return undefined;
  const before = parseState(lease.text);
  if (before === undefined) {
    progress('the state cannot be read; it is kept aside, and the report starts anew');
    await lease.setAside(lease.text);
    return undefined;
  }
  if (before.outbox.length === 0) return before;
  await parts.send(before.outbox);
  const cleared = sent(before, new Set(before.outbox.map(({ id }) => id)));
  await lease.write(JSON.stringify(cleared));
  return cleared;
}

/** Decide, save, send, and only then forget what was to be sent: a crash in between repeats a message, and loses none. */
async function commit(parts: DriftParts, lease: DriftLease, context: RunContext, cursor: string) {
  const { before, collector, settings, now } = context;
  const { state: decided, events } = decide(before, collector.reading, now, settings);
  const holds = [...(before?.holds ?? []), ...collector.holds].filter(({ until }) => Date.parse(until) > now);
  const state: DriftState = { ...decided, holds, cursor };
  const text = JSON.stringify(state);
  await lease.write(text);
  await parts.send(events);
  const after = sent(state, new Set(events.map(({ id }) => id)));
  if (events.length > 0) await lease.write(JSON.stringify(after));
  if (parts.overview) await keepOverview(parts, context, after);
  return { events: events.length, stateBytes: Buffer.byteLength(text), isBlank: isBaseline(after) };
}

async function keepOverview(
  { store, settings }: DriftParts,
  { collector }: RunContext,
  state: DriftState,
): Promise<void> {
  const name = stateName(settings);
  const last = fleetView.safeParse(jsonIn((await store.readOverview(name)) ?? '')).data;
  const seen = { reading: collector.reading, sets: collector.seen, state, graceMinutes: settings.graceMinutes };
  await store.writeOverview(name, JSON.stringify(viewOf(last, seen)));
}
