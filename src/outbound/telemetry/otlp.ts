import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { Exporters } from './exporters.ts';

const TIMEOUT_MILLISECONDS = 5_000;

/**
 * To a collector, as JSON over HTTP: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request. The libraries read
 * OTEL_EXPORTER_OTLP_HEADERS and what else there is for them from the environment.
 */
export function otlpExporters({ endpoint }: { readonly endpoint: string }): Exporters {
  const at = (signal: string) => ({
    url: `${endpoint.replace(/\/+$/, '')}/v1/${signal}`,
    timeoutMillis: TIMEOUT_MILLISECONDS,
    httpAgentOptions: agentFor,
  });
  return { spans: new OTLPTraceExporter(at('traces')), metrics: new OTLPMetricExporter(at('metrics')) };
}

/** A connection for each request, which ends with its time. The libraries' own limit is for a pause: a byte a second never meets it. */
function agentFor(protocol: string): HttpAgent | HttpsAgent {
  const agent = protocol === 'http:' ? new HttpAgent() : new HttpsAgent();
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => ending(connect(options, done));
  return agent;
}

type Connection = ReturnType<HttpAgent['createConnection']>;

function ending(socket: Connection): Connection {
  const timer = setTimeout(() => socket?.destroy(), TIMEOUT_MILLISECONDS).unref();
  socket?.once('close', () => clearTimeout(timer));
  return socket;
}
