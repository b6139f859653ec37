import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { Exporters } from './telemetry-sdk.ts';

const TIMEOUT_MILLISECONDS = 5_000;

/**
 * To a collector, as JSON over HTTP: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request. The libraries read
 * OTEL_EXPORTER_OTLP_HEADERS and what else there is for them from the environment.
 */
export function otlpExporters({ endpoint }: { readonly endpoint: string }): Exporters {
  const at = (signal: string) => ({
    url: `${endpoint.replace(/\/+$/, '')}/v1/${signal}`,
    timeoutMillis: TIMEOUT_MILLISECONDS,
  });
  return { spans: new OTLPTraceExporter(at('traces')), metrics: new OTLPMetricExporter(at('metrics')) };
}
