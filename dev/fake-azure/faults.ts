import type { Fleet } from './fleet.ts';
import type { CallKind, SeenCall } from './journal.ts';

/** What goes wrong instead of, or with, the right answer. */
export type Wrong =
  /** Without `retryAfter` there is no such header. */
  | { readonly kind: 'status'; readonly status: number; readonly code?: string; readonly retryAfter?: number }
  /** Takes the call and never answers. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'html'; readonly status?: number }
  /** Cuts the connection in the middle of the body. */
  | { readonly kind: 'half' }
  /** Replaces the origin of nextLink. */
  | { readonly kind: 'foreignNextLink'; readonly origin: string }
  /** Refuses a call that carries a $skiptoken, as a re-encoded one is refused. */
  | { readonly kind: 'skiptoken' }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** Changes the JSON of the right answer. */
  | { readonly kind: 'altered'; readonly change: (json: unknown) => unknown }
  /** Changes the fleet just before the right answer is made. */
  | { readonly kind: 'meanwhile'; readonly change: (fleet: Fleet, call: SeenCall) => void };

export interface Fault {
  /** All that are given must fit. */
  readonly on?: {
    readonly kind?: CallKind;
    /** Name or id. */
    readonly set?: string;
    readonly subscriptionId?: string;
    /** From 1. */
    readonly page?: number;
    readonly when?: (call: SeenCall) => boolean;
  };
  /** Lets so many fitting calls pass first; 0 by default. */
  readonly skip?: number;
  /** 1 by default; Infinity for ever. */
  readonly times?: number;
  readonly wrong: Wrong;
}

const fits = ({ on = {} }: Fault, call: SeenCall): boolean =>
  (on.kind === undefined || on.kind === call.kind) &&
  (on.set === undefined || on.set.toLowerCase().split('/').at(-1) === call.set) &&
  (on.subscriptionId === undefined || on.subscriptionId.toLowerCase() === call.subscriptionId) &&
  (on.page === undefined || on.page === call.page) &&
  (on.when === undefined || on.when(call));

/** The faults under way. Of those that fit a call, the one that was added first strikes. */
export class Faults {
  readonly #waiting: { readonly fault: Fault; skip: number; left: number }[] = [];

  add(fault: Fault): () => void {
    const entry = { fault, skip: fault.skip ?? 0, left: fault.times ?? 1 };
    this.#waiting.push(entry);
    return () => {
      entry.left = 0;
    };
  }

  for(call: SeenCall): Wrong | undefined {
    for (const entry of this.#waiting) {
      if (entry.left <= 0 || !fits(entry.fault, call)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      return entry.fault.wrong;
    }
    return undefined;
  }
}
