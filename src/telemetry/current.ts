import { AsyncLocalStorage } from 'node:async_hooks';
import type { TracePoint } from './trace.ts';

/** The work under way, for the calls to the outside that it makes. */
export interface Work {
  /** What messages that are queued now belong to. */
  readonly at: TracePoint;
  /** The deliveries under way, by their receivers. */
  readonly deliveries: ReadonlyMap<string, TracePoint>;
  /** When a receiver answered last, in milliseconds since 1970. */
  readonly answered: Map<string, number>;
}

/** The work that the running code belongs to, through all its promises. */
export const current = new AsyncLocalStorage<Work>();

export const workAt = (at: TracePoint, deliveries: ReadonlyMap<string, TracePoint> = new Map()): Work => ({
  at,
  deliveries,
  answered: new Map(),
});
