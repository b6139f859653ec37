import { describe, expect, it } from 'vitest';
import { at, body, read } from './support/azure-monitor.ts';

const told = (name: string) => [read(body(name))];

describe('an alert of Azure Monitor', () => {
  it.each(['metric-two-criteria', 'metric-two-criteria-not-common'])('tells each criterion of its rule: %s', (name) => {
    expect(told(name)).toMatchObject([
      { metric: 'Percentage CPU', value: 91.5, properties: { 'Available Memory Bytes': '208000000 < 500000000' } },
    ]);
  });

  it.each([
    ['failure-anomalies', 'fired'],
    ['failure-anomalies-resource', 'resolved'],
  ])('has the rates of an anomaly: %s', (name, state) => {
    expect(told(name)).toMatchObject([
      {
        state,
        rule: 'Failure Anomalies - parcel-insights',
        resource: { name: 'parcel-insights' },
        value: '37.5% (150/400 requests)',
        dimensions: { NormalFailureRate: '0.2% (over the last 30 minutes)' },
      },
    ]);
  });

  it('reads criteria in PromQL by their name and the map of their labels', () => {
    expect(told('metric-promql')).toMatchObject([
      {
        metric: 'Restarts',
        value: 7,
        dimensions: { cluster: 'reed-1', pod: 'parcel-desk-7d9c5-kx2lp' },
        resource: { name: 'parcel-desk-7d9c5-kx2lp', group: 'reed-1' },
      },
    ]);
  });

  it('links the page of an incident', () => {
    const [event] = told('service-health-many-regions');

    expect(event?.links[0]).toStrictEqual({ rel: 'details', url: 'https://app.azure.com/h/RE3D-CNL/5a1d10' });
  });

  it('names or counts every region of an incident, and says all of them', () => {
    const [event] = told('service-health-many-regions');

    expect(event).toMatchObject({ resource: { region: expect.stringMatching(/ \+7$/) } });
    expect(event).toMatchObject({ description: expect.stringContaining('Korea South, North Europe, West Europe') });
  });

  it.each([
    ['resource-health-down', 'fired', 'critical'],
    ['resource-health-down-informational', 'fired', 'error'],
    ['resource-health-up', 'resolved', 'critical'],
    ['service-health-many-regions', 'fired', 'error'],
    ['service-health-of-tenant', 'fired', 'warning'],
    ['service-health-over', 'resolved', 'error'],
  ])('of health is as bad as what it tells: %s', (name, state, severity) => {
    expect(told(name)).toMatchObject([{ state, severity }]);
  });
});

it('tells two criteria of one metric apart', () => {
  const two = body('metric-two-criteria');
  const { allOf } = at(two, 'data', 'alertContext', 'condition');
  const [, second] = allOf as Record<string, unknown>[];
  at(two, 'data', 'alertContext', 'condition')['allOf'] = [
    second,
    { ...second, metricValue: 7 },
    { ...second, metricValue: 8 },
  ];

  expect(read(two).properties).toStrictEqual({
    'Available Memory Bytes (2)': '7 < 500000000',
    'Available Memory Bytes (3)': '8 < 500000000',
  });
});
