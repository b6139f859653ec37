import type { ScaleSet } from '../rules/azure.ts';
import { setKey } from '../rules/ids.ts';
import { lean } from '../rules/lean.ts';
import type { RunReading, ScopeReading, SetReading, UnreadSet } from '../rules/reading.ts';
import type { DriftState } from '../rules/state.ts';
import { isLeftOut } from '../rules/tags.ts';
import type { SeenSet } from '../rules/view.ts';
import type { Failure, Hold, SetLocation, Subscription } from '../scale-sets.ts';
import { isPutOff, isRefused, type SetOutcome, whyIn, whyOf } from './failure.ts';

/** How much a run has read. */
export interface RunCounts {
  readonly sets: number;
  readonly instances: number;
  /** Sets with instances behind, and those instances. */
  readonly drifted: number;
  readonly behind: number;
  /** Sets that could not be read, and those that were put off to the next run. */
  readonly unread: number;
  readonly putOff: number;
}

export interface CollectorOptions {
  readonly before: DriftState | undefined;
  readonly ignore: readonly RegExp[];
  /** Whether every set is remembered, for the overview. */
  readonly overview: boolean;
}

/** Collects what one run reads. Of a set that there is nothing to say of, only numbers stay. */
export class Collector {
  readonly #options: CollectorOptions;
  readonly #scopes = new Map<string, ScopeReading>();
  /** Instances of every set that was met, by its key. */
  readonly #met = new Map<string, number>();
  readonly #taken = new Set<string>();
  readonly #kept = new Map<string, SetReading>();
  readonly #gone = new Set<string>();
  readonly #holds = new Map<string, Hold>();
  readonly #seen: SeenSet[] = [];
  readonly #failed = { unread: 0, putOff: 0 };
  readonly #whySets = new Set<string>();
  readonly #unread = new Map<string, UnreadSet>();

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /** Names a subscription, or a scope that stands for some; nothing has gone wrong with it yet. */
  scope({ id, name }: Subscription): void {
    if (!this.#scopes.has(id)) this.#scopes.set(id, { subscriptionId: id, name, read: 'full' });
  }

  /** A list of all that is in a scope broke off. `isBegun`: some of it was read. */
  broken(id: string, failure: Failure, isBegun: boolean): void {
    this.#hold(failure);
    if (isRefused(failure)) this.#weaken(id, { read: 'none', ...whyIn(failure) });
    else if (!isBegun) this.unseen(id, failure, isPutOff(failure) ? 'putOff' : 'failed');
    else if (failure.kind === 'failed') this.part(id, failure);
  }

  /** Something may work next time: nothing is called resolved there. */
  part(id: string, failure: Failure): void {
    this.#weaken(id, { read: 'part', ...whyIn(failure) });
  }

  /** As `part`, where nothing of the scope was read. */
  unseen(id: string, failure: Failure, unseen: 'failed' | 'putOff'): void {
    this.#weaken(id, { read: 'part', ...whyIn(failure), unseen });
  }

  /** A set that is known of, whether it will be read or not. */
  meet(set: ScaleSet): void {
    const key = setKey(set);
    if (!this.#met.has(key)) this.#met.set(key, set.capacity ?? 0);
    if (this.#options.overview)
      this.#seen.push({ ...slim(inOneForm(set)), managed: isLeftOut(set, this.#options.ignore) });
  }

  take(outcome: SetOutcome): void {
    if (outcome.kind === 'unread') this.#miss(outcome.place, outcome.failure);
    else this.#keep(outcome.reading);
  }

  /** Keys of sets that a list which was read to its end does not name. */
  gone(keys: Iterable<string>): void {
    for (const key of keys) this.#gone.add(key);
  }

  /** Whether the set was taken in this run. */
  has(key: string): boolean {
    return this.#taken.has(key) || this.#gone.has(key);
  }

  /** Adds to a reading; false where there is none, or none that is kept. */
  amend(key: string, more: Partial<Pick<SetReading, 'change' | 'newestImages' | 'inUse'>>): boolean {
    const reading = this.#kept.get(key);
    if (reading !== undefined) this.#kept.set(key, { ...reading, ...more });
    return reading !== undefined;
  }

  get reading(): RunReading {
    return {
      scopes: [...this.#scopes.values()],
      sets: [...this.#kept.values()],
      gone: [...this.#gone],
      unread: [...this.#unread.values()],
    };
  }

  /** Why something was not read: each word once. */
  get why(): readonly string[] {
    const ofScopes = [...this.#scopes.values()].flatMap(({ why }) => why ?? []);
    return [...new Set([...ofScopes, ...this.#whySets])].sort();
  }

  get holds(): readonly Hold[] {
    return [...this.#holds.values()];
  }

  get seen(): readonly SeenSet[] {
    return this.#seen;
  }

  get counts(): RunCounts {
    const drifted = [...this.#kept.values()].map((reading) => reading.drifted.length).filter((count) => count > 0);
    return {
      sets: this.#met.size,
      instances: sum(this.#met.values()),
      drifted: drifted.length,
      behind: sum(drifted),
      ...this.#failed,
    };
  }

  #keep(reading: SetReading): void {
    const key = setKey(reading.set);
    this.#met.set(key, reading.total);
    this.#taken.add(key);
    this.#unread.delete(key);
    if (this.#isNews(reading, key)) this.#kept.set(key, lean({ ...reading, set: inOneForm(reading.set) }));
  }

  #miss(place: SetLocation, failure: Failure): void {
    this.#hold(failure);
    if (failure.kind === 'gone') {
      this.#gone.add(setKey(place));
      return;
    }
    this.#failed[isPutOff(failure) ? 'putOff' : 'unread'] += 1;
    this.#whySets.add(whyOf(failure));
    if (isPutOff(failure)) return;
    // One set that cannot be read says nothing of the others.
    const key = setKey(place);
    this.#unread.set(key, { key, name: place.id.split('/').at(-1) ?? key, ...whyIn(failure) });
  }

  /** What is worse counts, and of what is alike the first. */
  #weaken(id: string, how: Pick<ScopeReading, 'read' | 'why' | 'status' | 'unseen'>): void {
    const found: ScopeReading = this.#scopes.get(id) ?? { subscriptionId: id, read: 'full' };
    const { subscriptionId, name, ...known } = found;
    const isWorse = how.read === 'none' || known.read === 'full' || how.unseen !== undefined;
    if (known.read === 'none' || !isWorse) return;
    const { status: _, ...rest } = known;
    this.#scopes.set(id, { subscriptionId, ...(name !== undefined && { name }), ...rest, ...how });
  }

  #hold(failure: Failure): void {
    if (failure.kind !== 'held') return;
    const { subscriptionId, location, until } = failure;
    const key = `${subscriptionId}/${location}`;
    if ((this.#holds.get(key)?.until ?? '') < until) this.#holds.set(key, { subscriptionId, location, until });
  }

  #isNews(reading: SetReading, key: string): boolean {
    return (
      reading.drifted.length > 0 ||
      reading.inUse !== undefined ||
      reading.approval !== undefined ||
      reading.repairsSuspended === true ||
      this.#options.before?.sets[key] !== undefined ||
      this.#options.before?.unread?.[key] !== undefined ||
      isLeftOut(reading.set, this.#options.ignore)
    );
  }
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0);

// One list of Azure's writes a group in capitals, another in small letters; people get to see one form.
const inOneForm = (set: ScaleSet): ScaleSet => ({ ...set, resourceGroup: set.resourceGroup.toLowerCase() });

const slim = ({ id, name, subscriptionId, resourceGroup, location, ...rest }: ScaleSet) => {
  const { orchestration, mode, capacity } = rest;
  const own = { id, name, subscriptionId, resourceGroup, location, orchestration, mode };
  return { ...own, ...(capacity !== undefined && { capacity }) };
};
