import { windowIn } from '../routing/mutes.ts';
import { callFlush } from './call-flush.ts';
import { iso, secondsUntil } from './dispatch.ts';
import { type KeptBack, windowKey } from './muter.ts';
import type { Change, Ports } from './ports.ts';
import type { ClaimDecision } from './rules/claim.ts';
import { withWindow } from './rules/flush-state.ts';
import { deferredKey } from './rules/keys.ts';
import type { LedgerEntry } from './rules/ledger.ts';
import type { ReceiverState } from './rules/receiver-state.ts';

/** What waits under a key is told at `at` (milliseconds). */
export interface Release {
  readonly key: string;
  readonly at: number;
}

/** A decision to keep an event back until a window ends. */
interface Held {
  readonly decision: ClaimDecision;
  readonly state?: ReceiverState;
  /** What is to be called for, since nothing waited for the end of this window yet. */
  readonly call?: Release;
}

/** The same decision with when the event is told, where that is known. */
export function deferredUntil(
  decision: ClaimDecision,
  kept: KeptBack | undefined,
  state: ReceiverState,
  now: number,
): Held {
  const { key, until } = kept ?? {};
  if (decision.kind !== 'quiet' || key === undefined || until === undefined) return { decision };
  const entry = { ...decision.entry, dueAt: iso(until) };
  const isNew = state.windows?.[key] !== until;
  const next = withWindow(state, key, until, now);
  return { decision: { ...decision, entry }, ...(next && { state: next }), ...(isNew && { call: { key, at: until } }) };
}

/** What waits for a deployment, or for the end of a window, is told then. */
export function deferralChanges(decision: ClaimDecision, kept: KeptBack | undefined): readonly Change[] {
  if (decision.kind !== 'quiet' || kept?.key === undefined) return [];
  const { event } = decision.entry;
  return [{ kind: 'put', key: deferredKey(kept.key, event.occurredAt, event.id), value: decision.entry }];
}

/** The window that holds an event, by its name; undefined where none does. */
export const windowOf = ({ reason = '' }: LedgerEntry): string | undefined => windowIn(reason);

/** Of an event whose message is back: the end of its window may not have been called for. */
function releaseOf(entry: LedgerEntry): Release | undefined {
  const { state, dueAt } = entry;
  const window = windowOf(entry);
  if (state !== 'quiet' || window === undefined || dueAt === undefined) return undefined;
  return { key: windowKey(window), at: Date.parse(dueAt) };
}

// Storage may be some seconds ahead of whoever looks whether the window is over.
const AFTER_SECONDS = 3;

export const callRelease = ({ deliveries, clock }: Ports, receiver: string, { key, at }: Release): Promise<void> =>
  deliveries.send({ version: 1, release: key, receivers: [receiver] }, secondsUntil(at, clock.now()) + AFTER_SECONDS);

/** Calls for what an event waits for, which may not have been called. */
export async function callAgain(ports: Ports, entry: LedgerEntry, now: number): Promise<void> {
  const { receiver: name, owner: call } = entry;
  if (entry.state === 'parked') await callFlush(ports, { name, call, at: now });
  const release = releaseOf(entry);
  if (release !== undefined) await callRelease(ports, name, release);
}
