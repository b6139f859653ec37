import { listen } from '../support/server.ts';

/** A span as it arrived at the collector. */
export interface Collected {
  readonly traceId: string;
  readonly spanId: string;
  readonly parent: string | undefined;
  readonly name: string;
  /** 1 internal, 2 server, 3 client, 5 consumer. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly links: readonly string[];
  /** Whether what it is below was in another process; undefined where it is below nothing. */
  readonly isBelowRemote: boolean | undefined;
  /** What its status says; undefined where it did not fail. */
  readonly failed: string | undefined;
  readonly milliseconds: number;
}

/** A point of a metric: its value is the sum of a counter, or how many durations there were. */
export interface Point {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly value: number;
  readonly unit: string;
  /** Seconds, all durations together. */
  readonly sum: number | undefined;
}

interface Value {
  readonly stringValue?: string;
  readonly intValue?: number;
  readonly doubleValue?: number;
}

interface Keyed {
  readonly attributes?: readonly { readonly key: string; readonly value: Value }[];
}

interface OtlpSpan extends Keyed {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly flags?: number;
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface OtlpPoint extends Keyed {
  readonly asInt?: number;
  readonly asDouble?: number;
  readonly count?: number;
  readonly sum?: number;
}

interface OtlpMetric {
  readonly name: string;
  readonly unit?: string;
  readonly sum?: { readonly dataPoints: readonly OtlpPoint[] };
  readonly histogram?: { readonly dataPoints: readonly OtlpPoint[] };
}

interface OtlpBody {
  readonly resourceSpans?: readonly {
    readonly resource: Keyed;
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly OtlpMetric[] }[];
  }[];
}

/** A collector of OpenTelemetry: takes OTLP as JSON over HTTP. It answers after so many milliseconds. */
export async function collector(after = 0) {
  const server = await listen({ status: 200, body: '{}', headers: { 'content-type': 'application/json' }, after });
  const bodies = (path: string): readonly OtlpBody[] =>
    server.received.filter((each) => each.path === path).map(({ body }) => JSON.parse(body));
  return {
    url: server.url,
    received: server.received,
    /** In the order in which they began. */
    spans: (): readonly Collected[] =>
      bodies('/v1/traces')
        .flatMap(({ resourceSpans = [] }) => resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ spans }) => spans)
        .toSorted((one, other) => (one.startTimeUnixNano < other.startTimeUnixNano ? -1 : 1))
        .map(collected),
    /** What the metrics said last. */
    points: (): readonly Point[] => [
      ...new Map(
        bodies('/v1/metrics')
          .flatMap(({ resourceMetrics = [] }) => resourceMetrics)
          .flatMap(({ scopeMetrics }) => scopeMetrics)
          .flatMap(({ metrics }) => metrics)
          .flatMap(pointsOf)
          .map((point) => [JSON.stringify([point.name, point.attributes]), point]),
      ).values(),
    ],
    resource: () => attributesOf(bodies('/v1/traces')[0]?.resourceSpans?.[0]?.resource ?? {}),
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}

// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto, SpanFlags
const IS_REMOTE = 0x200;

const collected = (span: OtlpSpan): Collected => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parent: span.parentSpanId || undefined,
  name: span.name,
  kind: span.kind,
  attributes: attributesOf(span),
  links: (span.links ?? []).map(({ traceId, spanId }) => `${traceId}-${spanId}`),
  isBelowRemote: span.parentSpanId ? ((span.flags ?? 0) & IS_REMOTE) !== 0 : undefined,
  failed: span.status.code === 2 ? (span.status.message ?? '') : undefined,
  milliseconds: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6,
});

const pointsOf = ({ name, unit = '', sum, histogram }: OtlpMetric): readonly Point[] =>
  [...(sum?.dataPoints ?? []), ...(histogram?.dataPoints ?? [])].map((point) => ({
    name,
    unit,
    attributes: attributesOf(point),
    value: Number(point.asInt ?? point.asDouble ?? point.count),
    sum: point.sum,
  }));

const attributesOf = ({ attributes = [] }: Keyed): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.doubleValue ?? '']),
  );
