import { describe, expect, it } from 'vitest';
import { alert, at, having } from './support/azure-monitor.ts';

const ESSENTIALS = ['data', 'essentials'];
const CONTEXT = ['data', 'alertContext'];
const CRITERION = [...CONTEXT, 'condition', 'allOf', '0'];

describe('what was measured', () => {
  it.each([
    ['GreaterThan', '>'],
    ['Greater Than', '>'],
    ['GreaterThanOrEqual', '>='],
    ['LessThan', '<'],
    ['LowerThanOrEqual', '<='],
    ['Equals', '='],
    ['NotEquals', '!='],
    ['GreaterOrLessThan', undefined],
    [null, undefined],
  ])('compares by %j as %j', (operator, expected) => {
    expect(alert(having('metric-fired', CRITERION, { operator })).operator).toBe(expected);
  });

  it.each([
    ['Percentage CPU', '%'],
    ['CpuPercentage', '%'],
    ['cpu_percent', '%'],
    ['% Processor Time', '%'],
    ['Transactions', undefined],
    ['PercentileLatency', undefined],
  ])('of %s is in %j', (metricName, unit) => {
    expect(alert(having('metric-fired', CRITERION, { metricName })).unit).toBe(unit);
  });

  it.each([
    ['85', 85],
    ['1,000.5', 1000.5],
    [0, 0],
    ['12.7m', '12.7m'],
    [null, undefined],
    ['', undefined],
    [{}, undefined],
  ])('has the threshold %j as %j', (threshold, expected) => {
    expect(alert(having('metric-fired', CRITERION, { threshold })).threshold).toBe(expected);
  });

  it.each([
    ['$11,111.00', 11111],
    ['€ 25.50', 25.5],
    ['1234.5', 1234.5],
    ['1.234,56 kr', '1.234,56'],
  ])('is money, %j as %j', (NotificationThresholdAmount, expected) => {
    const payload = having('budget-forecast', [...CONTEXT, 'AlertData'], { NotificationThresholdAmount });

    expect(alert(payload).threshold).toBe(expected);
  });

  it('tells at most ten dimensions', () => {
    const dimensions = Array.from({ length: 30 }, (_, index) => ({ name: `d${index}`, value: `${index}` }));

    expect(Object.keys(alert(having('metric-fired', CRITERION, { dimensions })).dimensions ?? {})).toHaveLength(10);
  });
});

describe('the severity of an alert', () => {
  it.each([
    ['Sev0', 'critical', 'Sev0'],
    ['Sev1', 'error', 'Sev1'],
    ['Sev2', 'warning', 'Sev2'],
    ['sev3', 'info', 'Sev3'],
    ['4', 'info', 'Sev4'],
    ['Critical', 'critical', undefined],
    [null, 'warning', undefined],
    ['Sev7', 'warning', undefined],
  ])('of %j is %s', (severity, expected, level) => {
    expect(alert(having('metric-fired', ESSENTIALS, { severity }))).toMatchObject({ severity: expected, level });
  });

  it.each([
    ['High', 'error'],
    ['Medium', 'warning'],
    ['Low', 'info'],
    [null, 'warning'],
  ])('of a security alert is as bad as Defender says: %j is %s', (severity, expected) => {
    const payload = having('activity-log-security', [...CONTEXT, 'properties'], { severity });

    expect(alert(payload).severity).toBe(expected);
  });
});

describe('what an alert is about', () => {
  it.each([
    [
      'a dimension with an id',
      [{ name: '_ResourceId', value: '/subscriptions/1/resourceGroups/g/providers/A.B/c/d' }],
      [],
      'd',
    ],
    ['a dimension with a name', [{ name: 'Host', value: 'shop-9' }], ['shop-logs'], 'shop-9'],
    ['a configuration item', [], ['shop-8'], 'shop-8'],
    ['a configuration item with an id', [], ['/subscriptions/1/resourceGroups/g/providers/A.B/c/e'], 'e'],
    ['nothing else', [], ['shop-logs'], 'shop-logs'],
  ])('is not the workspace, but %s', (_what, dimensions, configurationItems, name) => {
    const payload = having('log-alerts-v2-workspace', ESSENTIALS, { configurationItems });
    at(payload, ...CRITERION)['dimensions'] = dimensions;

    expect(alert(payload).resource.name).toBe(name);
  });

  it('is its first target, whatever else is named', () => {
    const payload = having('metric-fired', ESSENTIALS, { configurationItems: ['something'] });

    expect(alert(payload).resource.name).toBe('shop_web_01');
  });

  it('is the machine of a threat, not the entry that tells of it', () => {
    const id = '/subscriptions/1/providers/Microsoft.Security/locations/centralus/alerts/2518939942613820660';
    const payload = having('activity-log-security', ESSENTIALS, { alertTargetIDs: [id] });

    expect(alert(payload).resource).toMatchObject({ id, name: 'shop-worker-2' });
  });

  it('has a name even where nothing is named', () => {
    const payload = having('unknown-service', ESSENTIALS, { configurationItems: null });

    expect(alert(payload).resource.name).toBe('shop-flux');
  });
});

describe('a link of an alert', () => {
  it.each([
    'https://wiki.example.com/cpu?sig=abc',
    'https://wiki.example.com/cpu?a=1&code=abc',
    'https://user:password@wiki.example.com/cpu',
    'http://wiki.example.com/cpu',
    'javascript:alert(1)',
  ])('is not made of %s', (runbook) => {
    const { links } = alert(having('metric-fired', ['data'], { customProperties: { runbook } }));

    expect(links.map(({ rel }) => rel)).toStrictEqual(['alert', 'resource']);
  });
});

describe('an incident of Service Health', () => {
  const regions = ['Australia Central', 'East US', 'Korea Central'].map((RegionName) => ({ RegionName }));
  const impactedServices = ['Virtual Machines', 'Virtual Machine Scale Sets'].map((ServiceName) => ({
    ServiceName,
    ImpactedRegions: regions,
  }));
  const of = (given: unknown) =>
    alert(
      having('service-health', [...CONTEXT, 'properties'], {
        service: 'Virtual Machines',
        region: 'Australia Central',
        impactedServices: given,
      }),
    ).resource;

  it.each([
    ['a list', impactedServices],
    ['JSON in a string', JSON.stringify(impactedServices)],
  ])('names every service and region (%s)', (_form, given) => {
    expect(of(given)).toMatchObject({
      name: 'Virtual Machines, Virtual Machine Scale Sets',
      region: 'Australia Central, East US, Korea Central',
    });
  });

  it.each([['{'], [null], [[{ ServiceName: 7, ImpactedRegions: 'x' }, null]], ['[]']])(
    'names the first where the rest cannot be read (%j)',
    (given) => {
      expect(of(given).name).toContain('Virtual Machines');
      expect(of(given).region).toContain('Australia Central');
    },
  );
});

describe('an alert on the activity log', () => {
  it.each([
    ['Critical', 'critical', undefined],
    ['Error', 'error', undefined],
    ['Warning', 'warning', undefined],
    ['2', 'error', undefined],
    ['Informational', 'info', 'Sev4'],
    [undefined, 'warning', undefined],
  ])('of the level %j is %s, though Azure calls it Sev4', (level, severity, shown) => {
    const told = alert(having('activity-log-policy', CONTEXT, { level }));

    expect({ severity: told.severity, level: told.level }).toStrictEqual({ severity, level: shown });
  });

  it.each([
    ['Unavailable', 'PlatformInitiated', 'error'],
    ['Degraded', 'PlatformInitiated', 'warning'],
    ['Unknown', undefined, 'warning'],
    ['Unavailable', 'UserInitiated', 'info'],
  ])('of health that is %s, %s, is %s however low its level', (currentHealthStatus, cause, severity) => {
    const low = having('resource-health-down-informational', [...CONTEXT, 'properties'], {
      currentHealthStatus,
      cause,
    });

    expect(alert(low)).toMatchObject({ severity });
  });

  it.each([
    ['Unavailable', 'critical'],
    ['Degraded', 'warning'],
  ])('that ends %s is as severe as its beginning', (previousHealthStatus, severity) => {
    const ended = having('resource-health', [...CONTEXT, 'properties'], {
      currentHealthStatus: 'Available',
      previousHealthStatus,
    });

    expect(alert(ended)).toMatchObject({ state: 'resolved', severity });
  });
});

describe('a severity that is no level', () => {
  it.each([
    ['Sev9', 'warning'],
    ['Weird', 'warning'],
    ['High', 'error'],
  ])('is shown as its sender wrote it: %s', (word, severity) => {
    // The entry of an activity log has a severity of its own.
    const ofActivity = alert(having('activity-log-policy', ESSENTIALS, { severity: word }));
    for (const told of [
      { ...ofActivity, severity },
      alert(having('metric-fired', ESSENTIALS, { severity: word })),
      alert(having('old-metric-deactivated', ['data', 'context'], { severity: word })),
      alert(having('old-log-analytics', [], { Severity: word })),
    ]) {
      expect(told.level).toBeUndefined();
      expect(Object.entries(told.dimensions ?? {})[0]).toStrictEqual(['severity', word]);
      expect(told.severity).toBe(severity);
    }
  });
});
