import { AzureMonitorMetricExporter, AzureMonitorTraceExporter } from '@azure/monitor-opentelemetry-exporter';
import type { TelemetrySettings } from '../telemetry/settings.ts';
import type { Exporters } from './telemetry-sdk.ts';

/** To Application Insights. With an identity no key counts: https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication */
export async function azureExporters({
  connectionString,
  identity,
}: NonNullable<TelemetrySettings['azure']>): Promise<Exporters> {
  const credential = identity === undefined ? {} : { credential: await managedIdentity(identity.clientId) };
  // What could not be sent is let go: the disk of an instance lives no longer than the instance.
  const options = { connectionString, ...credential, disableOfflineStorage: true };
  return { spans: new AzureMonitorTraceExporter(options), metrics: new AzureMonitorMetricExporter(options) };
}

async function managedIdentity(clientId: string | undefined) {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  return clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
}
