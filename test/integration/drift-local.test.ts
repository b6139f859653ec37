import { expect, it } from 'vitest';
import { PLANTED_PASSWORD } from '../../dev/fake-azure/base-specs.ts';
import { createFakeAzure } from '../../dev/fake-azure/fake-azure.ts';
import { generateFleet } from '../../dev/fake-azure/generate.ts';
import { dataFolder, inboxOf, postJson, startRun } from '../support/local-run.ts';
import { ownStorage } from '../support/own-storage.ts';
import { eventually } from './eventually.ts';

const REPORT = /"outcome":"done"/g;

it('a local run shows the drift of a fleet in its inbox within a minute, and never a setting', async () => {
  await using fake = await createFakeAzure({
    fleet: generateFleet({ sets: 12, driftedShare: 0.5, rollingShare: 0.2 }),
  });
  await using folder = await dataFolder();
  const scope = fake.fleet.subscriptions.map(({ id }) => `sub:${id}`).join();
  await using run = startRun(folder, {
    AzureWebJobsStorage: await ownStorage(),
    ARM_ENDPOINT: fake.url,
    DRIFT_SCOPE: scope,
  });
  const url = await run.ready();
  const check = () => fetch(`${url}/admin/functions/drift`, { method: 'POST' });

  expect((await check()).status).toBe(202);
  await eventually(async () => expect((await inboxOf(url)).messages).toHaveLength(2));
  const first = (await inboxOf(url)).messages;
  expect(first.map(({ about }) => about)).toMatchObject([{ kind: 'digest' }, { kind: 'digest' }]);
  expect(run.output).toContain('"step":"reading"');

  // Event Grid tells of a write; the next run tells what came of it.
  const set = fake.fleet.sets.find(({ state }) => state.instances.every(({ model }) => model === state.model));
  fake.fleet.changeModel(set?.name ?? '', 'extensionSettings');
  const data = { operationName: 'Microsoft.Compute/virtualMachineScaleSets/write', resourceUri: set?.id };
  const event = { eventType: 'Microsoft.Resources.ResourceWriteSuccess', id: '1', subject: set?.id, data };
  expect(
    (await postJson(`${url}/api/webhooks/event-grid`, [{ ...event, eventTime: new Date().toISOString() }])).status,
  ).toBe(202);
  // By the queue, as the command line asks for it.
  const asked = await postJson(`${url}/api/drift`, {});
  expect({ status: asked.status, body: await asked.json() }).toEqual({ status: 202, body: { on: true, queued: true } });
  await eventually(() => expect(run.output.match(REPORT)).toHaveLength(2));

  expect(run.output).toContain('sets that something was done to');
  expect((await inboxOf(url)).messages).toHaveLength(2);
  expect(JSON.stringify(await inboxOf(url)) + run.output).not.toContain(PLANTED_PASSWORD);
  expect(fake.calls.write).toBe(0);
});

it('without a scope it says once that the report is off', async () => {
  await using folder = await dataFolder();
  await using run = startRun(folder, { AzureWebJobsStorage: await ownStorage() });
  const url = await run.ready();
  const fire = (name: string) => fetch(`${url}/admin/functions/${name}`, { method: 'POST' });
  for (let times = 0; times < 3; times += 1) await fire('drift');
  await fire('watch');
  await eventually(() => expect(run.output).toMatch(/ watch /));

  expect(run.output.match(/"outcome":"off"/g)).toHaveLength(1);
});
