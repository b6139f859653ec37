import { describe, expect, it } from 'vitest';
import { allSources, normalize } from '../support/normalize.ts';
import { published, publishedIn } from '../support/published.ts';

// File, kind, state or phase, name of the resource, time.
const EXPECTED = [
  ['azure-monitor-common/activity-log-administrative', 'alert', 'fired', 'quay-VM', '2024-05-15T23:08:56.883Z'],
  ['azure-monitor-common/activity-log-autoscale-vmss', 'scale', 'started', 'lanternfleet', '2019-01-16T15:10:34.155Z'],
  ['azure-monitor-common/activity-log-security', 'alert', 'fired', 'quayvmss', '2019-01-16T15:11:17.000Z'],
  ['azure-monitor-common/application-insights-log', 'alert', 'fired', 'quayvmss', '2019-01-16T15:11:17.000Z'],
  [
    'azure-monitor-common/budget-actual',
    'alert',
    'fired',
    '61818812-7998-2621-3674-262481774213',
    '2024-05-15T22:49:19.646Z',
  ],
  ['azure-monitor-common/log-alerts-v2', 'alert', 'fired', 'quay-computer', '2022-04-20T15:14:11.565Z'],
  [
    'azure-monitor-common/log-analytics-v1-number-of-results',
    'alert',
    'fired',
    'quay-computer',
    '2024-05-15T22:48:30.823Z',
  ],
  ['azure-monitor-common/metric-resolved-2', 'alert', 'resolved', 'quay-r2-web', '2018-08-17T12:56:03.224Z'],
  [
    'azure-monitor-common/metric-static-resolved-custom-properties',
    'alert',
    'resolved',
    'quay-r2-web',
    '2018-08-17T12:56:03.224Z',
  ],
  ['azure-monitor-common/metric-static-threshold', 'alert', 'fired', 'quay-storageAccount', '2024-05-15T21:24:17.972Z'],
  ['azure-monitor-common/prometheus-doc-context', 'alert', 'fired', 'quayvmss', '2019-01-16T15:11:17.000Z'],
  [
    'azure-monitor-common/real-2021-application-insights',
    'alert',
    'fired',
    'brook-insights',
    '2021-03-24T10:27:31.701Z',
  ],
  ['azure-monitor-common/real-2021-log-v2', 'alert', 'fired', 'ai-brook-prod', '2021-03-23T08:28:00.507Z'],
  ['azure-monitor-common/real-2025-log-v2-a', 'alert', 'fired', 'harbouradf7', '2024-08-22T15:25:21.612Z'],
  ['azure-monitor-common/real-2025-metric-static', 'alert', 'fired', 'harbouradf7', '2024-08-22T14:56:37.743Z'],
  ['azure-monitor-common/resource-health', 'alert', 'fired', 'quay-VM', '2024-05-15T22:22:43.214Z'],
  [
    'azure-monitor-common/service-health-incident',
    'alert',
    'resolved',
    'Azure Service Name',
    '2024-05-15T22:22:55.974Z',
  ],
  ['azure-monitor-common/smart-detector', 'alert', 'fired', 'quay-applicationInsights', '2021-03-25T18:01:56.111Z'],
  [
    'azure-monitor-common/test-action-2025-availability',
    'alert',
    'fired',
    'quay-applicationInsights',
    '2024-09-10T16:35:21.824Z',
  ],
  [
    'azure-monitor-common/test-action-2025-budget-actual',
    'alert',
    'fired',
    'eedc3e9b-cd7d-cd4c-ab1a-dceadd7c6a1b',
    '2024-09-10T16:46:19.996Z',
  ],
  [
    'azure-monitor-common/test-action-2025-budget-forecast',
    'alert',
    'fired',
    'eedc3e9b-cd7d-cd4c-ab1a-dceadd7c6a1b',
    '2024-09-10T16:48:26.040Z',
  ],
  ['azure-monitor-common/unknown-service-test', 'alert', 'fired', 'widget-7', '2025-10-22T15:52:47.000Z'],
  ['azure-monitor-noncommon/activity-log-administrative', 'alert', 'fired', 'quay-VM', '2021-04-13T07:20:23.183Z'],
  ['azure-monitor-noncommon/activity-log-common-2017', 'alert', 'fired', 'IncidentActions', '2016-08-24T14:35:55.001Z'],
  [
    'azure-monitor-noncommon/activity-log-recommendation',
    'alert',
    'fired',
    'maplewoodstore',
    '2016-11-24T12:45:20.274Z',
  ],
  [
    'azure-monitor-noncommon/automation-wrapper-claims-object',
    'alert',
    'fired',
    'MaplewoodVM1',
    '2017-06-06T19:04:12.841Z',
  ],
  ['azure-monitor-noncommon/budget', 'alert', 'fired', 'quay-RG', '2026-11-20T14:05:10.000Z'],
  ['azure-monitor-noncommon/classic-activated-with-metrics', 'alert', 'fired', 'pier7site', '2015-01-09T21:19:28.997Z'],
  [
    'azure-monitor-noncommon/classic-activated-without-metrics',
    'alert',
    'fired',
    'pier7site',
    '2015-01-09T21:19:28.997Z',
  ],
  [
    'azure-monitor-noncommon/classic-metric-activated-nested-properties',
    'alert',
    'fired',
    'spiral1',
    '2015-02-12T23:55:22.819Z',
  ],
  [
    'azure-monitor-noncommon/classic-resolved-with-metrics',
    'alert',
    'resolved',
    'pier7site',
    '2015-01-09T21:19:28.997Z',
  ],
  [
    'azure-monitor-noncommon/log-analytics-v1-no-schemaid-numresults',
    'alert',
    'fired',
    'quay-logAnalyticsWorkspace',
    '2021-04-13T14:08:11.000Z',
  ],
  ['azure-monitor-noncommon/log-application-insights', 'alert', 'fired', 'BrineRule', '2017-08-21T08:03:27.000Z'],
  ['azure-monitor-noncommon/metric-static-2021', 'alert', 'fired', 'quay-storageAccount', '2021-04-12T08:27:59.970Z'],
  ['azure-monitor-noncommon/metric-v2-activated', 'alert', 'fired', 'diag612', '2017-07-26T09:36:57.171Z'],
  ['azure-monitor-noncommon/metric-v2-deactivated', 'alert', 'resolved', 'web17', '2018-07-25T13:03:22.081Z'],
  ['azure-monitor-noncommon/resource-health', 'alert', 'fired', 'quay-VM', '2021-04-13T08:43:07.406Z'],
  [
    'azure-monitor-noncommon/service-health-incident-2017',
    'alert',
    'fired',
    'Virtual Machines',
    '2017-03-15T22:42:12.373Z',
  ],
] as const;

// A log alert with its author's own JSON looks like nothing; it goes to the source `custom` or is mapped by hand.
const NOBODYS = ['azure-monitor-noncommon/log-custom-json'];

describe('the samples of Azure Monitor', () => {
  it('are all in the table', () => {
    const files = ['azure-monitor-common', 'azure-monitor-noncommon'].flatMap((folder) =>
      publishedIn(folder).map((file) => `${folder}/${file}`),
    );

    expect(files.sort()).toStrictEqual([...EXPECTED.map(([file]) => file), ...NOBODYS].sort());
  });

  it.each(EXPECTED)('include %s: %s, %s', (file, kind, state, name, occurredAt) => {
    const payload = published(file);
    const [event, ...more] = normalize({ payload });

    expect(more).toStrictEqual([]);
    expect(event).toMatchObject({ source: 'azure-monitor', kind, occurredAt, resource: { name } });
    expect(event).toHaveProperty(kind === 'scale' ? 'phase' : 'state', state);
    expect(JSON.stringify(event)).not.toMatch(/user-email|me@contoso|0\.0\.0\.0|1\.1\.1\.1|someone@/);
  });

  it.each(NOBODYS)('include %s, which nobody detects', (file) => {
    const payload = published(file);

    expect(allSources.filter((source) => source.detects(payload, new Headers()))).toStrictEqual([]);
  });
});
