import { AzureMonitorMetricExporter, AzureMonitorTraceExporter } from '@azure/monitor-opentelemetry-exporter';
import type { TelemetrySettings } from '../../telemetry/settings.ts';
import { limiting } from '../http/limit.ts';
import { azureIdentity } from '../sign-in/identity.ts';
import type { Exporters } from './exporters.ts';

const TIMEOUT_MILLISECONDS = 10_000;

/** To Application Insights. With an identity no key counts: https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication */
export function azureExporters({ connectionString, identity }: NonNullable<TelemetrySettings['azure']>): Exporters {
  const credential =
    identity === undefined ? {} : { credential: azureIdentity({ kind: 'managed', clientId: identity.clientId }) };
  // What could not be sent is let go: the disk of an instance lives no longer than the instance.
  const options = {
    ...{ connectionString, ...credential, disableOfflineStorage: true },
    // The libraries give up by themselves, and leave the request open.
    additionalPolicies: [{ policy: limiting(TIMEOUT_MILLISECONDS), position: 'perCall' as const }],
  };
  return { spans: new AzureMonitorTraceExporter(options), metrics: new AzureMonitorMetricExporter(options) };
}
