import { setTimeout as sleep } from 'node:timers/promises';
import { StorageError } from '../problems/errors.ts';
import type { Change, Ports } from './ports.ts';
import { STATE } from './rules/keys.ts';
import { FRESH, type ReceiverState, receiverState } from './rules/receiver-state.ts';
import { createTurns } from './turns.ts';

/** A receiver's state with the etag that it was read or written with; undefined where there is no row yet. */
interface Held {
  readonly state: ReceiverState;
  readonly etag: string | undefined;
  readonly readAt: number;
}

/** What is to change together: rows of the receiver, and its state where that is another object than before. */
interface Plan<T> {
  readonly changes: readonly Change[];
  readonly state?: ReceiverState;
  readonly result: T;
}

/**
 * Makes a plan from the receiver's state. It is asked again where somebody else was quicker; `again` is true then, and
 * what it went by has to be read anew.
 */
export type Decide<T> = (state: ReceiverState, again: boolean) => Promise<Plan<T>>;

/** The one place where a receiver's state and its rows change, together and across all instances. */
export interface ReceiverStore {
  /**
   * Rejects with a StorageError, also where it stood in line for longer than `longestWait` milliseconds: for what nothing
   * was done for yet. Resolves with the plan's result and the new etags by key. Not to be called in a plan.
   */
  change<T>(
    receiver: string,
    decide: Decide<T>,
    longestWait?: number,
  ): Promise<{ readonly result: T; readonly etags: ReadonlyMap<string, string> }>;
}

// Whoever changes the state is told when it was stale. Whoever does not may go by what was true a moment ago.
const KNOWN_MILLISECONDS = 15_000;

const MOST_TRIES = 20;

// Instances that were in each other's way must not meet again at once: the more of them there are, the longer they part.
const PAUSE_MILLISECONDS = 20;
const LONGEST_PAUSE = 64 * PAUSE_MILLISECONDS;

const WHAT = 'the ledger did not take the change';

export function createReceiverStore({
  ledger,
  clock,
  random,
}: Pick<Ports, 'ledger' | 'clock' | 'random'>): ReceiverStore {
  const held = new Map<string, Held>();
  // In one process they would only get into each other's way.
  const inTurn = createTurns((error) => error instanceof StorageError && error.isSilence);

  async function refreshed(receiver: string): Promise<Held> {
    const row = await ledger.read(receiver, STATE);
    // A state of another form counts as none: the worst that can happen is one message too soon.
    const state = receiverState.safeParse(row?.value).data ?? FRESH;
    const fresh = { state, etag: row?.etag, readAt: clock.now() };
    held.set(receiver, fresh);
    return fresh;
  }

  /** One try; whoever leaves the state as it is calls `pass`, because nobody has to wait for that. */
  async function attempt<T>(receiver: string, decide: Decide<T>, tries: number, pass: () => void) {
    const before = (tries === 0 ? held.get(receiver) : undefined) ?? (await refreshed(receiver));
    const { changes, state = before.state, result } = await decide(before.state, tries > 0);
    // A state that was read long ago is written again as it is: that is refused where it has changed.
    const isKnown = state === before.state && Math.abs(clock.now() - before.readAt) <= KNOWN_MILLISECONDS;
    if (isKnown) pass();
    const all = isKnown ? changes : [...changes, stateChange(state, before.etag)];
    if (all.length === 0) return { result, etags: new Map<string, string>() };
    const etags = await ledger.write(receiver, all);
    if (etags === 'conflict') return etags;
    if (!isKnown) held.set(receiver, { state, etag: etags.get(STATE), readAt: clock.now() });
    return { result, etags };
  }

  return {
    async change(receiver, decide, longestWait = Number.POSITIVE_INFINITY) {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        if (tries > 1) await sleep(random() * Math.min(2 ** tries * PAUSE_MILLISECONDS, LONGEST_PAUSE));
        const asked = performance.now();
        const done = await inTurn(receiver, (pass) => {
          if (performance.now() - asked > longestWait) throw new StorageError(WHAT, 'too many wait for it');
          return attempt(receiver, decide, tries, pass);
        });
        if (done !== 'conflict') return done;
      }
      throw new StorageError(WHAT, 'too many changes at once');
    },
  };
}

const stateChange = (value: ReceiverState, etag: string | undefined): Change =>
  etag === undefined ? { kind: 'insert', key: STATE, value } : { kind: 'replace', key: STATE, value, etag };
