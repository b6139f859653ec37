import { describe, expect, it } from 'vitest';
import { StorageError } from '../../src/problems/errors.ts';
import type { RelayParts } from '../../src/relay/parts.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { matcher } from '../../src/routing/match.ts';
import { memoryPorts } from '../support/ports.ts';
import { answerTo, post, receiverAt } from '../support/relay.ts';

const SUBSCRIPTION = '/subscriptions/5c1d7f0e-2b64-4a0b-9a3e-7f1d2c3b4a50';
const SET = `${SUBSCRIPTION}/resourceGroups/rg-quay/providers/Microsoft.Compute/virtualMachineScaleSets/quay-web`;
const SETTING = `${SUBSCRIPTION}/resourceGroups/rg-quay/providers/microsoft.insights/autoscalesettings/quay-web-scale`;

const posted = (properties: Record<string, string> = { environment: 'prod' }, change: object = {}) => ({
  version: '1.0',
  status: 'Activated',
  operation: 'Scale Out',
  context: {
    ...{ timestamp: '2026-11-20T14:05:00.100Z', id: SETTING, name: 'quay-web-scale' },
    ...{ resourceName: 'quay-web', resourceType: 'microsoft.compute/virtualmachinescalesets', resourceId: SET },
    ...{ resourceRegion: 'Korea Central', oldCapacity: '3', newCapacity: '6', ...change },
  },
  properties,
});

const recorded = (operation: string, time: string, status = 'Succeeded') => ({
  schemaId: 'azureMonitorCommonAlertSchema',
  data: {
    essentials: {
      alertId: `${SUBSCRIPTION}/providers/Microsoft.AlertsManagement/alerts/${operation}${time}`,
      ...{ alertRule: 'autoscale', severity: 'Sev4', signalType: 'Activity Log', monitorCondition: 'Fired' },
      ...{ monitoringService: 'Activity Log - Autoscale', alertTargetIDs: [SETTING], firedDateTime: time },
    },
    alertContext: {
      ...{ eventSource: 'Autoscale', eventTimestamp: time, eventDataId: `${operation}${time}`, level: 'Error' },
      operationName: `Microsoft.Insights/AutoscaleSettings/${operation}/Action`,
      properties: { resourceName: SET, oldInstancesCount: '3', newInstancesCount: '6' },
      status,
    },
  },
});
const failed = recorded('ScaleupResult', '2026-11-20T14:09:00.100Z', 'Failed');

const ROUTES: RelayParts['routes'] = [{ to: ['oncall'], match: matcher({ environment: 'prod*' }) }, { to: ['rest'] }];

/** Which environment, region and receivers each body's event was queued with, in the order in which they came. */
async function went(bodies: readonly unknown[], more: Partial<RelayParts> = {}, ports = memoryPorts()) {
  const receivers = ['oncall', 'rest'].map((name) => receiverAt('slack', 'http://127.0.0.1:1', name));
  const relay = createRelay({ receivers, routes: ROUTES, ports, ...more });
  for (const body of bodies) expect((await answerTo(relay, post(body))).status).toBe(202);
  return ports.deliveries.sent.map(({ message }) =>
    'event' in message
      ? [message.event.environment, message.event.resource.region, message.receivers.join()].join(' ')
      : '',
  );
}

describe('the end of a scaling', () => {
  it('goes where its beginning went, with the environment and the region that it named', async () => {
    expect(await went([posted(), failed])).toStrictEqual(['prod Korea Central oncall', 'prod Korea Central oncall']);
  });

  it('takes what a sender said of the beginning before any rule of environments', async () => {
    expect(await went([posted(), failed], { environments: [{ name: 'dev' }] })).toStrictEqual([
      'prod Korea Central oncall',
      'prod Korea Central oncall',
    ]);
  });

  it('takes what a rule gave the beginning, by what only that one says', async () => {
    const environments = [{ name: 'prod', match: matcher({ properties: { team: 'shop' } }) }, { name: 'dev' }];

    expect(await went([posted({ team: 'shop' }), failed], { environments })).toStrictEqual([
      'prod Korea Central oncall',
      'prod Korea Central oncall',
    ]);
  });

  it.each([
    ['before', [recorded('Scaleup', '2026-11-20T14:04:59.900Z'), posted(), failed], 'dev  rest'],
    ['after', [posted(), recorded('Scaleup', '2026-11-20T14:05:01.100Z'), failed], 'prod Korea Central oncall'],
  ])(
    'takes what the sender said also where the activity log tells the beginning %s',
    async (_when, bodies, scaleup) => {
      const all = await went(bodies, { environments: [{ name: 'dev' }] });

      expect(all).toHaveLength(3);
      expect(all).toContain(scaleup);
      expect(all.at(-1)).toBe('prod Korea Central oncall');
    },
  );

  it.each([
    ['other counts', posted(undefined, { newCapacity: '7' })],
    ['another scale set', posted(undefined, { resourceId: `${SET}-2`, resourceName: 'quay-web-2' })],
    ['hours before', posted(undefined, { timestamp: '2026-11-20T09:05:00.100Z' })],
  ])('takes nothing of a beginning that is another one: %s', async (_what, beginning) => {
    expect((await went([beginning, failed])).at(-1)).toBe('  rest');
  });

  it('is told as it is where nobody remembers, or what is remembered cannot be read', async () => {
    const ports = memoryPorts();
    await went([posted()], {}, ports);
    for (const { key } of ports.ledger.rows('~begun')) {
      await ports.ledger.write('~begun', [{ kind: 'put', key, value: { begun: [{ at: 3 }] } }]);
    }

    expect((await went([failed], {}, ports)).at(-1)).toBe('  rest');
    expect((await went([failed])).at(-1)).toBe('  rest');
  });

  it.each([
    ['fails', () => Promise.reject(new StorageError('the ledger did not answer', 'no answer'))],
    ['is silent', () => new Promise<never>(() => undefined)],
  ])('is taken where the ledger %s, as it came', async (_how, call) => {
    const ports = memoryPorts();
    ports.ledger.read = call;

    expect(await went([posted(), failed], {}, ports)).toStrictEqual(['prod Korea Central oncall', '  rest']);
  });

  it('takes nothing of what somebody posts by hand', async () => {
    const byHand = {
      ...{ kind: 'scale', direction: 'out', from: 3, to: 6, phase: 'started', environment: 'prod' },
      ...{ occurredAt: '2026-11-20T14:05:00.100Z', resource: { id: SET, name: 'quay-web' } },
    };

    expect((await went([byHand, failed])).at(-1)).toBe('  rest');
  });
});
