import type { SetReference } from './fleet.ts';
import { LiveSet, type SetIdentity } from './live-set.ts';
import type { SetState } from './scale-set.ts';

/** The sets there are, by id and by name, in the order in which they came. */
export class SetIndex {
  readonly #byId = new Map<string, LiveSet>();
  readonly #byName = new Map<string, LiveSet>();
  #all: readonly LiveSet[] | undefined;
  #nextOrdinal = 0;

  get all(): readonly LiveSet[] {
    this.#all ??= [...this.#byId.values()];
    return this.#all;
  }

  /** How many there have ever been. */
  get nextOrdinal(): number {
    return this.#nextOrdinal;
  }

  find(reference: SetReference): LiveSet | undefined {
    const key = (typeof reference === 'string' ? reference : reference.id).toLowerCase();
    return this.#byId.get(key) ?? this.#byName.get(key);
  }

  get(reference: SetReference): LiveSet {
    const found = this.find(reference);
    if (found !== undefined) return found;
    throw new Error(`there is no scale set ${typeof reference === 'string' ? reference : reference.id}`);
  }

  add(identity: Omit<SetIdentity, 'ordinal'>, stateOf: (identity: SetIdentity) => SetState): LiveSet {
    const full = { ...identity, ordinal: this.#nextOrdinal };
    const set = new LiveSet(full, stateOf(full));
    if (this.find(set.id) !== undefined) throw new Error(`there already is a scale set ${set.id}`);
    this.#nextOrdinal += 1;
    this.#byId.set(set.id.toLowerCase(), set);
    this.#byName.set(set.name.toLowerCase(), set);
    this.#all = undefined;
    return set;
  }

  delete(set: LiveSet): void {
    this.#byId.delete(set.id.toLowerCase());
    this.#byName.delete(set.name.toLowerCase());
    this.#all = undefined;
  }
}
