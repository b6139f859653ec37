import type { TracePoint } from './trace.ts';

export type Attributes = Readonly<Record<string, string | number>>;

/** One stretch of work that has ended. Times are milliseconds since 1970. */
export interface Span {
  readonly name: string;
  /** server, consumer: work that somebody else has asked for; client: a call to somebody else. */
  readonly kind: 'internal' | 'server' | 'consumer' | 'client';
  readonly at: TracePoint;
  readonly parent?: TracePoint | undefined;
  /** Work that led to this one in another trace. */
  readonly links?: readonly TracePoint[];
  readonly start: number;
  readonly end: number;
  readonly attributes: Attributes;
  /** Why it failed, where it did. */
  readonly failed?: string | undefined;
}

/** What is counted: events, webhooks and deliveries. */
export const counters = {
  'relay.accepted': 'Events that were accepted, by source and kind',
  'relay.unknown':
    'Accepted events whose sender used a word for how they stand that the relay does not know, by source and kind',
  'relay.unrouted': 'Accepted events that no route wanted, by source and kind',
  'relay.refused': 'Webhooks that were refused, by reason',
  'relay.deliveries': 'Events for a receiver, by outcome, receiver and reason',
} as const;

/** What is measured, in seconds. */
export const durations = {
  'relay.latency': 'From the acceptance of an event to its message, by receiver',
  'relay.transport.duration': 'One call to a receiver, by receiver, transport and result',
} as const;

/** Takes down what happens. Costs the caller nothing but the call, and never throws. */
export interface Telemetry {
  span(span: Span): void;
  count(name: keyof typeof counters, by: number, attributes: Attributes): void;
  /** In seconds. */
  measure(name: keyof typeof durations, seconds: number, attributes: Attributes): void;
  /** Sends what has not been sent yet, for three seconds at most. Never rejects. */
  stop(): Promise<void>;
}

/** Milliseconds since 1970, with their fractions. */
export const precisely = (): number => performance.timeOrigin + performance.now();
