/** To whom telemetry goes, and how much of it. */
export interface TelemetrySettings {
  readonly azure?: {
    readonly connectionString: string;
    /** The identity that may write there, where a key may not. */
    readonly identity?: { readonly clientId?: string | undefined };
  };
  /** Base address of a collector of OpenTelemetry, which takes OTLP as JSON over HTTP. */
  readonly otlp?: { readonly endpoint: string };
  /** The share of traces that is kept, 0 to 1. */
  readonly share: number;
  readonly service: { readonly name: string; readonly instance?: string | undefined };
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The settings of telemetry; undefined where nobody wants any. Their names are the platform's and OpenTelemetry's own:
 * https://learn.microsoft.com/azure/azure-functions/functions-app-settings
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables
 */
export function telemetrySettings(env: Env): TelemetrySettings | undefined {
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;
  const connectionString = given('APPLICATIONINSIGHTS_CONNECTION_STRING');
  const endpoint = given('OTEL_EXPORTER_OTLP_ENDPOINT');
  if (connectionString === undefined && endpoint === undefined) return undefined;
  if (given('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return undefined;
  const authentication = given('APPLICATIONINSIGHTS_AUTHENTICATION_STRING') ?? '';
  const clientId =
    /(?:^|;)\s*ClientId=([^;\s]+)/i.exec(authentication)?.[1] ??
    given('AZURE_CLIENT_ID') ??
    given('AzureWebJobsStorage__clientId');
  const isIdentity = /(?:^|;)\s*Authorization=AAD/i.test(authentication);
  return {
    ...(connectionString !== undefined && {
      azure: { connectionString, ...(isIdentity && { identity: { clientId } }) },
    }),
    ...(endpoint !== undefined && { otlp: { endpoint } }),
    share: shareOf(given('OTEL_TRACES_SAMPLER'), given('OTEL_TRACES_SAMPLER_ARG')),
    service: {
      name: given('OTEL_SERVICE_NAME') ?? given('WEBSITE_SITE_NAME') ?? 'autoscale-relay',
      instance: given('WEBSITE_INSTANCE_ID')?.slice(0, 16),
    },
  };
}

function shareOf(sampler = 'always_on', argument = '1'): number {
  if (sampler.endsWith('always_off')) return 0;
  if (!sampler.endsWith('traceidratio')) return 1;
  const share = Number(argument);
  return share >= 0 && share <= 1 ? share : 1;
}
