import { hash } from 'node:crypto';
import type { ScaleSet } from '../rules/azure.ts';
import { subscriptionOf } from '../rules/ids.ts';
import type { DriftSettings } from '../rules/settings.ts';
import type { DriftState } from '../rules/state.ts';
import type { Pages, ScaleSets, SetLocation } from '../scale-sets.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Collector } from './collector.ts';

/** What the parts of one run share. */
export interface RunContext {
  readonly azure: ScaleSets;
  readonly settings: DriftSettings;
  /** Undefined: the first run, or the first after a loss. */
  readonly before: DriftState | undefined;
  readonly checkpoint: Checkpoint;
  readonly collector: Collector;
  /** Milliseconds since 1970: when the run began. All that it finds is judged by this time. */
  readonly now: number;
  /** Of the fingerprints; made at random for each process. */
  readonly key: string;
  /** Fleets of so many sets are read whole: that is exact, and costs little. */
  readonly few: number;
  progress(step: string, details?: object): void;
}

/** Where a set is of which only the id is known: its region shows once it has been read. */
export const locationOf = (id: string): SetLocation => ({ id, subscriptionId: subscriptionOf(id), location: '' });

const HOURS = 24;

/** Whether it is a set's turn in this hour: each comes once a day. */
export const isItsHour = (key: string, hour: string): boolean =>
  Number.parseInt(hash('sha256', key).slice(0, 8), 16) % HOURS === new Date(hour).getUTCHours();

/** The same Azure without its Flexible sets: they are in no list, and one that is asked for by its id is gone. */
export const withoutFlexible = (azure: ScaleSets): ScaleSets => ({
  ...azure,
  sets: (subscriptionId) => uniformOf(azure.sets(subscriptionId)),
  async set(place) {
    const reading = await azure.set(place);
    if (reading.kind !== 'read' || isUniform(reading.value)) return reading;
    return { kind: 'gone', call: 'set', name: reading.value.name };
  },
  graph: {
    ...azure.graph,
    models: (scopes) => uniformOf(azure.graph.models(scopes)),
    flex: nothing,
  },
});

const isUniform = ({ orchestration }: ScaleSet): boolean => orchestration === 'Uniform';

async function* uniformOf(all: Pages<ScaleSet>): Pages<ScaleSet> {
  for await (const page of all) yield page.kind === 'page' ? { ...page, items: page.items.filter(isUniform) } : page;
}

async function* nothing(): Pages<never> {}
