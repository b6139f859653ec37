import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PayloadError } from '../../src/problems/errors.ts';
import { fixturesOf, wire } from '../support/fixtures.ts';
import { normalize } from '../support/normalize.ts';
import { part, share } from '../support/sweep.ts';
import { alert, at, bodies, body, having, pathsOf, read, rekeyed } from './support/azure-monitor.ts';

const ESSENTIALS = ['data', 'essentials'];
const CONTEXT = ['data', 'alertContext'];

describe.each(fixturesOf('azure-monitor'))('the alert $name', ({ body: payload, expected }) => {
  it('is read as expected, named or detected', () => {
    expect(wire(normalize({ payload }, 'azure-monitor'))).toStrictEqual(expected);
    expect(wire(normalize({ payload }))).toStrictEqual(expected);
  });

  it('is the same occurrence when it is sent again', () => {
    expect(read(payload, '2026-11-20T15:00:00.000Z').id).toBe(read(payload).id);
  });

  it('tells nobody who did it and from where', () => {
    const told = JSON.stringify(normalize({ payload }));

    expect(told).not.toMatch(/planted|someone@|duty@|203\.0\.113\.9|198\.51\.100\.7/i);
  });

  it('is read, or refused for what it cannot lack, when any one field is null, absent, empty or of another type', () => {
    const problems: string[] = [];
    for (const [place, path] of pathsOf(payload).entries()) {
      for (const value of part(ODD, place)) {
        problems.push(...refusals(path, value));
      }
    }

    expect(problems.filter((path) => !NEEDED.test(path))).toStrictEqual([]);
  });

  function refusals(path: readonly string[], value: unknown): string[] {
    const copy = structuredClone(payload);
    const inner = at(copy, ...path.slice(0, -1));
    const key = path.at(-1) ?? '';
    if (value === undefined) delete inner[key];
    else inner[key] = value;
    try {
      read(copy);
      return [];
    } catch (error) {
      if (error instanceof PayloadError) return [path.join('.')];
      throw error;
    }
  }
});

const ODD = [null, undefined, '', [], {}, 7, 'text', true];

const NEEDED =
  /^(?:schemaId|status|RequestBody|data|data\.essentials|properties|properties\.essentials|context|data\.context|data\.context\.activityLog|(?:data\.)?AlertRuleName|data\.BudgetName|SearchQuery|context\.condition|context\.conditionType|properties\.context)$/;

describe('an occurrence of an alert', () => {
  it('has an id of its own for fired and resolved, and one story', () => {
    const fired = read(body('metric-fired'));
    const resolved = read(body('metric-resolved'));

    expect(resolved.id).not.toBe(fired.id);
    expect(resolved.story).toBe(fired.story);
  });

  it.each([
    ['metric-fired', ESSENTIALS, { firedDateTime: '2026-11-21T14:05:09Z' }],
    ['activity-log-administrative', ESSENTIALS, { firedDateTime: '2026-11-21T14:05:09Z' }],
    ['activity-log-administrative', CONTEXT, { eventDataId: 'another' }],
    ['activity-log-administrative', CONTEXT, { status: 'Started' }],
    ['old-activity-log-administrative', ['data', 'context', 'activityLog'], { status: 'Started' }],
    ['old-activity-log-administrative', ['data', 'context', 'activityLog'], { eventDataId: 'another' }],
    ['old-metric-deactivated', ['data'], { status: 'Activated' }],
    ['old-metric-deactivated', ['data', 'context'], { resourceId: '/subscriptions/1/resourceGroups/other' }],
    ['old-metric-deactivated', ['data', 'context'], { timestamp: '2026-11-21T14:05:09Z' }],
    ['old-log-analytics', [], { SearchIntervalEndtimeUtc: '2026-11-21T14:05:09Z' }],
    ['old-budget', ['data'], { SpendingAmount: '9000' }],
    ['autoscale-scaleup', CONTEXT, { eventDataId: 'another' }],
  ])('of %s differs by what tells occurrences apart (%#)', (name, path, changes) => {
    expect(read(having(name, path, changes)).id).not.toBe(read(body(name)).id);
  });

  it('is one story however the case of the ids is', () => {
    const upper = String(at(body('metric-fired'), ...ESSENTIALS)['alertId']).toUpperCase();

    expect(read(having('metric-fired', ESSENTIALS, { alertId: upper })).story).toBe(read(body('metric-fired')).story);
  });

  it('joins the messages about one Service Health incident, in either schema', () => {
    expect(read(body('service-health')).story).toBe(read(body('old-service-health-resolved')).story);
  });

  it('is resolved when it came, where no body says when', () => {
    const payload = having('metric-resolved', ESSENTIALS, { resolvedDateTime: null });

    expect(read(payload, '2026-11-20T14:30:00.000Z').occurredAt).toBe('2026-11-20T14:30:00.000Z');
  });
});

describe('the keys and names of an alert', () => {
  it.each([
    ['lower', (key: string) => key.toLowerCase()],
    ['upper', (key: string) => key.toUpperCase()],
  ])('are read in %s case', (_case, change) => {
    for (const name of ['metric-resolved', 'old-metric-deactivated', 'old-log-analytics', 'activity-log-security']) {
      expect(wire(read(rekeyed(body(name), change)))).toStrictEqual(wire(read(body(name))));
    }
  });

  it.each(['ServiceHealth', 'Service Health', 'service health'])('may call the service %j', (monitoringService) => {
    const { data } = having('service-health', CONTEXT, { operationName: null, eventDataId: null });
    at(data, 'essentials')['monitoringService'] = monitoringService;

    expect(alert({ data }).resource.name).toBe('Virtual Machines');
  });

  it('may lack the schema that the rest shows, or stand in another order', () => {
    const { data, schemaId } = body('metric-fired');

    expect(normalize({ payload: { data } })).toStrictEqual(normalize({ payload: { data, schemaId } }));
  });

  it('of the rule fall back to what else names it', () => {
    const without = { alertRule: null };

    expect(alert(having('metric-fired', ESSENTIALS, without)).rule).toBe('shop-web-cpu');
    expect(alert(having('metric-resolved', ESSENTIALS, without)).rule).toBe('Platform');
    expect(alert(body('budget-forecast')).rule).toBe('shop-month');
  });
});

describe('a body that is not quite an alert', () => {
  it.each([
    [{ schemaId: 'azureMonitorCommonAlertSchema' }, 'data'],
    [{ schemaId: 'azureMonitorCommonAlertSchema', data: { essentials: {} } }, 'data.essentials.alertRule'],
    [{ schemaId: 'AzureMonitorMetricAlert', data: {} }, 'data.context'],
    [{ schemaId: 'AzureMonitorMetricAlert', data: { context: {} } }, 'data.context.name'],
    [{ schemaId: 'Microsoft.Insights/activityLogs', data: { context: {} } }, 'data.context.activityLog'],
    [{ schemaId: 'Microsoft.Insights/LogAlert', data: {} }, 'data.AlertRuleName'],
    [{ schemaId: 'AIP Budget Notification', data: {} }, 'data.BudgetName'],
    [{ status: 'Activated', context: { condition: {} } }, 'context.name'],
  ])('is told what is missing: %j', (payload, path) => {
    const problems = () => {
      try {
        normalize({ payload });
      } catch (error) {
        if (error instanceof PayloadError) return error.problems.map((problem) => problem.path);
        throw error;
      }
      return [];
    };

    expect(problems()).toContain(path);
  });

  it.each([
    [{ text: 'My alert rule fired.' }],
    [{ status: 'Activated', context: {} }],
    [{ schemaId: 'something/else', data: {} }],
    [{ operation: 'Scale Out', status: 'Activated', context: { oldCapacity: '1', newCapacity: '2', condition: {} } }],
    [{ WebhookName: 'x', RequestBody: 'not JSON' }],
    [{ WebhookName: 'x', RequestBody: '{"a":1}' }],
  ])('is left to others: %j', (payload) => {
    expect(() => normalize({ payload })).toThrow(/the relay cannot|azure-autoscale/);
  });

  it('never fails in a way that nobody foresaw, whatever stands in one of its fields', () => {
    const places = [...bodies].flatMap(([name, given]) => pathsOf(given).map((path) => [name, path] as const));
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 4 }), ([name, path], value) => {
        const payload = having(name, path.slice(0, -1), { [path.at(-1) ?? '']: value });
        try {
          expect(normalize({ payload }, 'azure-monitor')).toHaveLength(1);
        } catch (error) {
          if (!(error instanceof PayloadError)) throw error;
        }
      }),
      { numRuns: share(2_000) },
    );
  });
});

describe('an operation in the activity log', () => {
  const step = (status: string, changes: Readonly<Record<string, unknown>> = {}) =>
    alert(having('activity-log-administrative', CONTEXT, { status, eventDataId: `e-${status}`, ...changes }));

  it.each([
    ['Started', 'started', 'info'],
    ['Accepted', 'started', 'info'],
    ['In Progress', 'started', 'info'],
    ['Pending Approval', 'waiting', 'warning'],
    ['Succeeded', 'succeeded', 'info'],
    ['Failed', 'failed', 'warning'],
    ['Canceled', 'cancelled', 'info'],
  ])('that is %s says so', (status, phase, severity) => {
    expect(step(status)).toMatchObject({ state: 'fired', phase, severity });
    expect(step(status).word).toBeUndefined();
  });

  it('that has failed is as bad as its entry says', () => {
    expect(step('Failed', { level: 'Error' }).severity).toBe('error');
    expect(step('Failed', { level: 'Critical' }).severity).toBe('critical');
  });

  it('that stands as nobody knows is told with the word', () => {
    expect(step('Postponed')).toMatchObject({ state: 'fired', word: 'Postponed', severity: 'warning' });
    expect(step('Postponed').phase).toBeUndefined();
  });

  it('is told to begin once, and to end as often as it ends', () => {
    const [started, accepted, succeeded, failed] = ['Started', 'Accepted', 'Succeeded', 'Failed'].map((each) =>
      step(each),
    );

    expect(accepted?.id).toBe(started?.id);
    expect(new Set([started?.id, succeeded?.id, failed?.id]).size).toBe(3);
    expect(new Set([started, accepted, succeeded, failed].map((each) => each?.story)).size).toBe(1);
  });

  it('is another one by its id, and another piece of news by the rule that fired', () => {
    const ofRule = (alertRule: string) => {
      const given = having('activity-log-administrative', CONTEXT, { status: 'Started' });
      at(given, ...ESSENTIALS)['alertRule'] = alertRule;
      return alert(given);
    };

    expect(step('Started', { operationId: 'other' }).id).not.toBe(step('Started').id);
    expect(ofRule('one').id).not.toBe(ofRule('other').id);
  });

  it.each([
    'activity-log-policy',
    'activity-log-recommendation',
    'activity-log-security',
    'service-health',
    'resource-health',
  ])('is none in %s', (name) => {
    expect(alert(body(name)).phase).toBeUndefined();
  });
});

describe('an end that an activity log alert fires for', () => {
  const health = (name: string, changes: Readonly<Record<string, unknown>>) =>
    having(name, [...CONTEXT, 'properties'], changes);

  it.each(['Resolved', 'Complete', 'RCA'])('is one where Service Health is at the stage %s', (stage) => {
    expect(alert(health('service-health', { stage }))).toMatchObject({ state: 'resolved' });
    expect(alert(health('service-health', { stage: 'Active' })).state).toBe('fired');
  });

  it('is one where a resource is available again', () => {
    expect(alert(health('resource-health', { currentHealthStatus: 'Available' })).state).toBe('resolved');
    expect(alert(health('resource-health', { currentHealthStatus: 'Degraded' })).state).toBe('fired');
  });

  it('keeps its id and its story', () => {
    const [fired, over] = ['Active', 'Resolved'].map((stage) => alert(health('service-health', { stage })));

    expect([over?.id, over?.story]).toStrictEqual([fired?.id, fired?.story]);
  });

  it('is none in an old body whose own status nobody knows', () => {
    const told = alert(having('old-service-health-resolved', ['data'], { status: 'Snoozed' }));

    expect(told).toMatchObject({ word: 'Snoozed' });
  });
});
