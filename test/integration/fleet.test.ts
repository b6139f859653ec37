import { expect, it } from 'vitest';
import { createFakeAzure } from '../../dev/fake-azure/fake-azure.ts';
import { generateFleet } from '../../dev/fake-azure/generate.ts';
import { dataFolder, inboxOf, startRun } from '../support/local-run.ts';
import { ownStorage } from '../support/own-storage.ts';
import { eventually } from './eventually.ts';

interface Seen {
  readonly on: boolean;
  readonly ended: number;
  readonly view?: {
    readonly subscriptions: readonly { readonly read: string }[];
    readonly sets: readonly { readonly name: string; readonly behind: number; readonly command?: string }[];
  };
}

const seen = async (url: string): Promise<Seen> => (await (await fetch(`${url}/fleet/view`)).json()) as Seen;

const check = (url: string): Promise<Response> => fetch(`${url}/admin/functions/drift`, { method: 'POST' });

it('drift in Azure is told in the inbox and shown by the fleet page', async () => {
  const fleet = generateFleet({ sets: 6, driftedShare: 0.4 });
  await using azure = await createFakeAzure({ fleet });
  await using folder = await dataFolder();
  await using run = startRun(folder, {
    AzureWebJobsStorage: await ownStorage(),
    ARM_ENDPOINT: azure.url,
    DRIFT_SCOPE: 'tenant',
  });
  const url = await run.ready();
  expect(await seen(url)).toMatchObject({ on: true, ended: 0 });
  expect((await fetch(`${url}/fleet`)).headers.get('content-security-policy')).toContain("default-src 'self'");

  expect((await check(url)).status).toBe(202);
  await eventually(async () => expect(await seen(url)).toMatchObject({ ended: 1 }));
  const { view } = await seen(url);
  await eventually(async () => expect((await inboxOf(url)).messages).toHaveLength(2));

  expect(view?.sets).toHaveLength(6);
  expect(view?.subscriptions.map(({ read }) => read)).toStrictEqual(['full']);
  const drifted = view?.sets.filter(({ behind }) => behind > 0) ?? [];
  expect(drifted.length).toBeGreaterThan(0);
  expect(drifted.map(({ name }) => name).toSorted()).toStrictEqual(
    fleet.sets
      .filter((set) => set.state.instances.some(({ model }) => model !== set.state.model))
      .map(({ name }) => name)
      .toSorted(),
  );
  const { messages } = await inboxOf(url);
  expect(messages.map(({ about }) => about?.kind)).toStrictEqual(['digest', 'digest']);

  const set = fleet.sets.find(
    ({ state }) => state.mode === 'Manual' && state.instances.every(({ model }) => model === state.model),
  );
  fleet.setPolicy(set?.id ?? '', { mode: 'Rolling' });
  fleet.changeModel(set?.id ?? '', 'vmSize');
  fleet.startRollout(set?.id ?? '');
  fleet.faultRollout(set?.id ?? '');
  await check(url);
  await eventually(async () => expect((await inboxOf(url)).messages).toHaveLength(4));

  const [newest] = (await inboxOf(url)).messages;
  expect(newest?.about).toMatchObject({ kind: 'drift', verdict: 'faulted', resource: { name: set?.name } });
  const shown = (await seen(url)).view?.sets.find(({ name }) => name === set?.name);
  expect(shown).toMatchObject({ command: newest?.about?.kind === 'drift' ? newest.about.command : 'none' });
});

it('without a scope the page is there, and says that the report is off', async () => {
  await using folder = await dataFolder();
  await using run = startRun(folder, { AzureWebJobsStorage: await ownStorage() });
  const url = await run.ready();

  expect((await fetch(`${url}/fleet`)).status).toBe(200);
  expect(await seen(url)).toMatchObject({ on: false });
});
