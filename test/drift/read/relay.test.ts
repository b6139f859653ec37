import { expect, it, vi } from 'vitest';
import { driftReports } from '../../../src/app/drift.ts';
import { driftSchedule } from '../../../src/app/main.ts';
import type { DriftParts } from '../../../src/drift/run.ts';
import { StorageError } from '../../../src/problems/errors.ts';
import { createRelay } from '../../../src/relay/relay.ts';
import { memoryPorts } from '../../support/ports.ts';
import { answerTo, post, receiverAt } from '../../support/relay.ts';
import { fleetRun } from '../read-support/fleet-run.ts';

const body = (id: string) => ({
  eventType: 'Microsoft.Resources.ResourceWriteSuccess',
  eventTime: '2026-11-20T14:00:00Z',
  id: 'one',
  subject: id,
  topic: id,
  data: { operationName: 'Microsoft.Compute/virtualMachineScaleSets/write', resourceUri: id, status: 'Succeeded' },
});

const overview = async () => undefined;

const receivers = [receiverAt('slack', 'http://127.0.0.1:1')];

it('a relay without a drift scope says that the report is off', async () => {
  const relay = createRelay({ receivers, routes: [], ports: memoryPorts() });

  expect(await relay.checkDrift()).toStrictEqual({ outcome: 'off' });
});

it('drift goes by the routes that all events go by', async () => {
  await using run = await fleetRun({ fleet: { driftedShare: 1 } });
  const ports = memoryPorts();
  const routes = [{ to: ['slack'], continue: false }];
  const drift = {
    check: (send: DriftParts['send']) => run.check({ send }),
    touched: async () => undefined,
    overview,
    list: overview,
    episodes: async () => [],
  };
  const relay = createRelay({ receivers, routes, ports, drift });

  expect(await relay.checkDrift()).toMatchObject({ outcome: 'done', events: 1 });
  expect(ports.deliveries.sent.map(({ message }) => message)).toMatchObject([
    { version: 1, receivers: ['slack'], attempt: 0, event: { kind: 'digest', source: 'drift' } },
  ]);
});

it('a write to a scale set is no event, and is remembered for the next run', async () => {
  await using run = await fleetRun();
  const ports = memoryPorts();
  const drift = {
    check: () => run.check(),
    touched: (ids: readonly string[]) => run.store.mark(ids),
    overview,
    list: overview,
    episodes: async () => [],
  };
  const relay = createRelay({ receivers, routes: [{ to: ['slack'], continue: false }], ports, drift });
  const [set] = run.fleet.sets;

  expect(await answerTo(relay, post(body(set?.id ?? '')))).toMatchObject({ status: 202, jsonBody: { accepted: [] } });
  expect(await run.store.marks(10)).toMatchObject([{ setId: set?.id.toLowerCase() }]);
  await relay.preview(post(body(run.fleet.sets[1]?.id ?? '')));
  expect(await run.store.marks(10)).toHaveLength(1);
});

it('a mark that storage does not take keeps no webhook from being accepted', async () => {
  const connectionString =
    'DefaultEndpointsProtocol=http;AccountName=relay;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:1/relay';
  await using run = await fleetRun();
  const config = { drift: run.settings, development: true, azureClientId: undefined };
  const drift = driftReports(config, { connectionString }, 'drift');
  const relay = createRelay({ receivers, routes: [], ports: memoryPorts(), drift });

  expect(await answerTo(relay, post(body(run.fleet.sets[0]?.id ?? '')))).toMatchObject({ status: 202 });
  await expect(relay.checkDrift()).rejects.toThrow(StorageError);
});

it.each([
  [undefined, '0 7,37 * * * *'],
  ['  ', '0 7,37 * * * *'],
  ['0 0 6 * * *', '%DRIFT_SCHEDULE%'],
])(
  'the schedule with DRIFT_SCHEDULE %j is %s: a name without a value would keep the function from being there',
  (given, schedule) => {
    vi.stubEnv('DRIFT_SCHEDULE', given);

    expect(driftSchedule()).toBe(schedule);
    vi.unstubAllEnvs();
  },
);
