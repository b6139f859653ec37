import { randomUUID } from 'node:crypto';

/** A point in a trace: which trace, and which span of it. https://www.w3.org/TR/trace-context */
export interface TracePoint {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits. */
  readonly spanId: string;
}

/** A new span below another one; without that, the first of a new trace. */
export const pointBelow = (parent: TracePoint | undefined): TracePoint => ({
  traceId: parent?.traceId ?? randomUUID().replaceAll('-', ''),
  spanId: randomHex(),
});

/** 16 hex digits. UUIDs are made in advance, many at a time; these two parts of one are random throughout. */
function randomHex(): string {
  const uuid = randomUUID();
  return uuid.slice(0, 8) + uuid.slice(-8);
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-|$)/;

/** The point that a `traceparent` names; undefined where it is none. */
export function pointIn(traceparent: string | null | undefined): TracePoint | undefined {
  const [, traceId = '', spanId = ''] = TRACEPARENT.exec(traceparent?.trim().toLowerCase() ?? '') ?? [];
  return /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(spanId) ? { traceId, spanId } : undefined;
}

export const traceparentOf = ({ traceId, spanId }: TracePoint): string => `00-${traceId}-${spanId}-01`;

/**
 * Whether a trace is among the share (0 to 1) that is kept. It goes by the id alone, so that all instances keep the
 * same ones, and a sender that samples the same share by the same rule:
 * https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling. What the sender or the host decided is not asked: the host says "no" of every trace where it has no
 * OpenTelemetry of its own (https://github.com/open-telemetry/opentelemetry-java-instrumentation/pull/19417).
 */
export const isKept = ({ traceId }: TracePoint, share: number): boolean =>
  Number.parseInt(traceId.slice(-14, -1), 16) >= (1 - share) * 2 ** 52;
