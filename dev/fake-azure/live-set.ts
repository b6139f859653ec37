import { guidOf } from './random.ts';
import type { FakeSet, SetState } from './scale-set.ts';

/** How many earlier states are kept, for a Resource Graph that lags behind. */
const KEPT = 12;

export type SetIdentity = Pick<
  FakeSet,
  'ordinal' | 'name' | 'subscriptionId' | 'resourceGroup' | 'location' | 'orchestration' | 'createdAt'
>;

/** A scale set and what it was. */
export class LiveSet implements FakeSet {
  readonly ordinal: number;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly orchestration: 'Uniform' | 'Flexible';
  readonly createdAt: number;
  #state: SetState;
  #since: number;
  #past: { readonly since: number; readonly state: SetState }[] | undefined;

  constructor(identity: SetIdentity, state: SetState) {
    this.ordinal = identity.ordinal;
    this.name = identity.name;
    this.subscriptionId = identity.subscriptionId;
    this.resourceGroup = identity.resourceGroup;
    this.location = identity.location;
    this.orchestration = identity.orchestration;
    this.createdAt = identity.createdAt;
    this.#state = state;
    this.#since = identity.createdAt;
  }

  get id(): string {
    return `/subscriptions/${this.subscriptionId}/resourceGroups/${this.resourceGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/${this.name}`;
  }

  get uniqueId(): string {
    return guidOf(this.ordinal, 7);
  }

  get state(): SetState {
    return this.#state;
  }

  stateAt(time: number): SetState | undefined {
    if (time >= this.#since) return this.#state;
    return this.#past?.findLast(({ since }) => since <= time)?.state;
  }

  become(state: SetState, now: number): void {
    this.#past = [...(this.#past ?? []), { since: this.#since, state: this.#state }].slice(-KEPT);
    this.#state = state;
    this.#since = now;
  }
}
