import { DiagLogLevel, diag, type HrTime, type SpanContext, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import { VERSION } from '../../relay/version.ts';
import { redact } from '../../telemetry/redact.ts';
import type { TelemetrySettings } from '../../telemetry/settings.ts';
import { counters, durations, type Span, type Telemetry } from '../../telemetry/telemetry.ts';
import type { TracePoint } from '../../telemetry/trace.ts';

const SCOPE = { name: 'autoscale-relay' };

// Soon after an invocation, as an instance may be gone a moment later; the answer never waits for it.
const SPANS_MILLISECONDS = 1_000;
const METRICS_MILLISECONDS = 15_000;

// From a chat that answers at once to a digest after a night.
const SECONDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 7_200, 43_200];

/** Telemetry by the libraries of OpenTelemetry. Loaded when there is something to export: see telemetry/collect.ts. */
export async function exporting({ azure, otlp, service }: TelemetrySettings): Promise<Telemetry> {
  sayFaults();
  const all = await Promise.all([
    azure && import('./azure.ts').then(({ azureExporters }) => azureExporters(azure)),
    otlp && import('./otlp.ts').then(({ otlpExporters }) => otlpExporters(otlp)),
  ]);
  const exporters = all.filter((each) => each !== undefined);
  const resource = resourceOf(service);
  const processors = exporters.map(
    ({ spans }) => new BatchSpanProcessor({ exporter: spans, scheduledDelayMillis: SPANS_MILLISECONDS }),
  );
  const provider = new MeterProvider({
    resource,
    readers: exporters.map(
      ({ metrics }) =>
        new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: METRICS_MILLISECONDS }),
    ),
  });
  return { ...instruments(provider), span: (span) => tell(processors, readable(span, resource)), stop };

  async function stop(): Promise<void> {
    await Promise.allSettled([provider.shutdown(), ...processors.map((each) => each.shutdown())]);
  }
}

/** What all of it is of; the settings OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME have the last word, which the library reads. */
function resourceOf({ name, instance }: TelemetrySettings['service']): Resource {
  const ours = resourceFromAttributes({
    'service.name': name,
    'service.version': VERSION,
    // Each process counts for itself.
    'service.instance.id': [instance, process.pid].filter(Boolean).join('-'),
  });
  const all = defaultResource()
    .merge(ours)
    .merge(detectResources({ detectors: [envDetector] }));
  return resourceFromAttributes(
    Object.fromEntries(Object.entries(all.attributes).map(([key, value]) => [key, redact(String(value))])),
  );
}

const tell = (processors: readonly BatchSpanProcessor[], span: ReadableSpan): void => {
  for (const processor of processors) processor.onEnd(span);
};

function instruments(provider: MeterProvider): Pick<Telemetry, 'count' | 'measure'> {
  const meter = provider.getMeter(SCOPE.name);
  const advice = { explicitBucketBoundaries: SECONDS };
  const made = <T>(names: Readonly<Record<string, string>>, make: (name: string, description: string) => T) =>
    new Map(Object.entries(names).map(([name, description]) => [name, make(name, description)]));
  // A unit in braces is for people: https://opentelemetry.io/docs/specs/semconv/general/metrics/#instrument-units
  const counting = made(counters, (name, description) =>
    meter.createCounter(name, { description, unit: name === 'relay.refused' ? '{webhook}' : '{event}' }),
  );
  const measuring = made(durations, (name, description) =>
    meter.createHistogram(name, { description, unit: 's', advice }),
  );
  return {
    count: (name, by, attributes) => counting.get(name)?.add(by, attributes),
    measure: (name, seconds, attributes) => measuring.get(name)?.record(seconds, attributes),
  };
}

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
} as const satisfies Record<Span['kind'], SpanKind>;

/** Our span in the form that exporters read. */
function readable({ at, parent, links = [], ...span }: Span, resource: Resource): ReadableSpan {
  const context = contextOf(at);
  return {
    name: span.name,
    kind: KINDS[span.kind],
    spanContext: () => context,
    // A call is below the delivery that makes it; all else is below what came with a request or a message.
    ...(parent !== undefined && { parentSpanContext: { ...contextOf(parent), isRemote: span.kind !== 'client' } }),
    startTime: hrTime(span.start),
    endTime: hrTime(span.end),
    duration: hrTime(Math.max(0, span.end - span.start)),
    status:
      span.failed === undefined ? { code: SpanStatusCode.UNSET } : { code: SpanStatusCode.ERROR, message: span.failed },
    attributes: {
      ...span.attributes,
      ...(span.failed !== undefined && { 'error.type': span.failed.replace(/^status-/, '') }),
    },
    links: links.map((each) => ({ context: { ...contextOf(each), isRemote: true } })),
    events: [],
    ended: true,
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

const contextOf = ({ traceId, spanId }: TracePoint): SpanContext => ({ traceId, spanId, traceFlags: 1 });

/** Whole seconds and the nanoseconds beside them. */
const hrTime = (milliseconds: number): HrTime => {
  const seconds = Math.floor(milliseconds / 1000);
  return [seconds, Math.round((milliseconds - seconds * 1000) * 1e6)];
};

const UNREAD_RESOURCE =
  'OTEL_RESOURCE_ATTRIBUTES is left out: it is no list of name=value, with "%2C" and "%3D" within';
const SAY_AGAIN_MILLISECONDS = 10 * MINUTE_MILLISECONDS;

/** Whoever misses their telemetry finds out why in the log, without being told of every batch. */
function sayFaults(): void {
  let said = Number.NEGATIVE_INFINITY;
  const silent = () => undefined;
  const error = (message: string, ...more: unknown[]) => {
    if (performance.now() - said < SAY_AGAIN_MILLISECONDS) return;
    said = performance.now();
    console.error(`telemetry: ${redact([message, ...more].map(String).join(' ')).slice(0, 400)}`);
  };
  // The library says it of a setting that it leaves out whole, and quotes that.
  const debug = (message: string) => {
    if (message.startsWith('EnvDetector failed')) error(UNREAD_RESOURCE);
  };
  diag.setLogger({ error, warn: silent, info: silent, debug, verbose: silent }, DiagLogLevel.DEBUG);
}
