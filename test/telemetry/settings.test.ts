import { describe, expect, it } from 'vitest';
import { telemetrySettings } from '../../src/telemetry/settings.ts';

const AZURE = { APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=0;IngestionEndpoint=https://x/' };
const OTLP = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

describe('telemetry', () => {
  it.each([{}, { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, { APPLICATIONINSIGHTS_CONNECTION_STRING: '' }])(
    'is off with %j',
    (env) => {
      expect(telemetrySettings(env)).toBeUndefined();
    },
  );

  it('is off where it is switched off', () => {
    expect(telemetrySettings({ ...AZURE, ...OTLP, OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
  });

  it('goes to each place that is named', () => {
    expect(telemetrySettings(AZURE)).toMatchObject({ azure: { connectionString: expect.any(String) } });
    expect(telemetrySettings(AZURE)).not.toHaveProperty('otlp');
    expect(telemetrySettings({ ...AZURE, ...OTLP })).toMatchObject({
      azure: {},
      otlp: { endpoint: 'http://127.0.0.1:4318' },
    });
  });

  it.each([
    [{}, undefined],
    [{ APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD' }, { clientId: undefined }],
    [{ APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=one;Authorization=AAD' }, { clientId: 'one' }],
    [{ APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD', AZURE_CLIENT_ID: 'two' }, { clientId: 'two' }],
    [
      { APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD', AzureWebJobsStorage__clientId: 'three' },
      { clientId: 'three' },
    ],
  ])('is written to Application Insights by the identity of %j', (env, identity) => {
    expect(telemetrySettings({ ...AZURE, ...env })?.azure?.identity).toStrictEqual(identity);
  });

  it.each([
    [{}, 1],
    [{ OTEL_TRACES_SAMPLER: 'always_off' }, 0],
    [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.2' }, 0.2],
    [{ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.2' }, 0.2],
    [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: 'much' }, 1],
    [{ OTEL_TRACES_SAMPLER_ARG: '0.2' }, 1],
  ])('keeps the share of traces that %j asks for', (env, share) => {
    expect(telemetrySettings({ ...OTLP, ...env })?.share).toBe(share);
  });

  it.each([
    [{}, 'autoscale-relay'],
    [{ WEBSITE_SITE_NAME: 'func-relay' }, 'func-relay'],
    [{ WEBSITE_SITE_NAME: 'func-relay', OTEL_SERVICE_NAME: 'relay' }, 'relay'],
  ])('is of the service that %j names', (env, name) => {
    expect(telemetrySettings({ ...OTLP, ...env })?.service.name).toBe(name);
  });
});
