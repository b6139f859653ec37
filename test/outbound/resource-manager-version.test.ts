import { describe, expect, it } from 'vitest';
import { createFakeAzure } from '../../dev/fake-azure/fake-azure.ts';
import { generateFleet } from '../../dev/fake-azure/generate.ts';
import type { FakeSet } from '../../dev/fake-azure/scale-set.ts';
import type { Run, SetLocation } from '../../src/drift/scale-sets.ts';
import { resourceManager } from '../../src/outbound/arm/resource-manager.ts';
import { listen, type Reply } from '../support/server.ts';

const place: SetLocation = {
  id: '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web',
  subscriptionId: '00000000-0000-4000-8000-000000000001',
  location: 'westeurope',
};

/** A process that reads; `open` begins a run of it. */
function process(url: string) {
  const notes: object[] = [];
  const open = resourceManager({ endpoint: url, identity: { kind: 'managed' } });
  const run: Run = {
    deadline: Date.now() + 60_000,
    signal: new AbortController().signal,
    holds: [],
    note: (_text, details) => notes.push(details),
  };
  return { notes, open: () => open(run) };
}

const instancesOf = ({ id, subscriptionId, location, orchestration }: FakeSet) => ({
  ...{ id, subscriptionId, location, orchestration },
  capacity: 10,
});

const refusing = (message: string, code = 'NoRegisteredProviderFound'): Reply => ({
  status: 400,
  body: JSON.stringify({ error: { code, message } }),
});

const versionIn = (path: string): string | undefined => /api-version=([^&]*)/.exec(path)?.[1];

/** Answers one version, and refuses every other one in these words. */
const speaks = (version: string, refusal: Reply) =>
  listen(({ path }) =>
    versionIn(path) === version
      ? { status: 200, body: JSON.stringify({ id: place.id, location: 'westeurope', properties: {} }) }
      : refusal,
  );

describe('a version that Azure does not know', () => {
  it('is asked for once in the life of the process, and told once', async () => {
    const fleet = generateFleet({ sets: 3 });
    await using fake = await createFakeAzure({ fleet, newest: '2021-11-01', limits: 'off' });
    const { notes, open } = process(fake.url);
    const [one] = fleet.sets;
    if (one === undefined) throw new Error('no set');

    for (const azure of [open(), open()]) {
      for await (const page of azure.sets(one.subscriptionId)) expect(page).toMatchObject({ kind: 'page', unread: [] });
      expect(await azure.set(one)).toMatchObject({ kind: 'read', value: { name: one.name } });
      for await (const page of azure.instances(instancesOf(one), 'drifted')) expect(page.kind).toBe('page');
    }

    const refused = fake.journal.filter(({ status }) => status === 400).map(({ kind }) => kind);
    expect(refused).toStrictEqual(['listSets', 'listDriftedInstances']);
    expect(notes).toStrictEqual([{ asked: '2026-04-01', version: '2021-11-01' }]);
  });

  // As Azure wrote them to others: https://learn.microsoft.com/answers/questions/600483, and many logs of the second.
  it.each([
    [
      "No registered resource provider found for location 'eastus' and API version '2026-04-01' for type 'virtualMachineScaleSets'. The supported api-versions are '2015-06-15, 2024-11-01, 2025-11-01, 2026-05-01-preview, 2027-01-01'. The supported locations are 'eastus, westus'.",
      'NoRegisteredProviderFound',
      '2025-11-01',
    ],
    [
      "The api-version '2026-04-01' is invalid. The supported versions are '2026-06-01,2025-04-01,2024-10-01-preview'.",
      'InvalidApiVersionParameter',
      '2025-04-01',
    ],
    [
      "The api-version '2026-04-01' is not supported. Supported versions are: '2027-02-01'.",
      'InvalidApiVersionParameter',
      '2027-02-01',
    ],
    [
      "The resource type 'virtualMachineScaleSets' could not be found in the namespace 'Microsoft.Compute' for api version '2026-04-01'. The supported api-versions are '2015-06-15,2020-06-01'.",
      'InvalidResourceType',
      '2020-06-01',
      404,
    ],
  ])('gives way to the nearest that is stable: %s', async (message, code, version, status = 400) => {
    await using server = await speaks(version, { ...refusing(message, code), status });
    const azure = process(server.url).open();

    expect(await azure.set(place)).toMatchObject({ kind: 'read' });
    expect(await azure.set(place)).toMatchObject({ kind: 'read' });
    expect(server.received.map(({ path }) => versionIn(path))).toStrictEqual(['2026-04-01', version, version]);
  });

  it.each([
    ['names none', refusing('No.')],
    ['names previews only', refusing("The supported api-versions are '2026-03-01-preview, x, '.")],
    ['names the same', refusing("The supported api-versions are '2025-11-01, 2026-04-01'. The supported locations…")],
    ['is of another kind', refusing("The supported api-versions are '2025-11-01'.", 'InvalidParameter')],
    ['is no JSON', { status: 400, body: 'NoRegisteredProviderFound' }],
    ['has no end', refusing(`The supported api-versions are '${'2020-01-01, '.repeat(100_000)}`)],
  ])('is a failure where the answer %s', async (_what, reply) => {
    await using server = await listen(reply);
    const { notes, open } = process(server.url);

    expect(await open().set(place)).toMatchObject({ kind: 'failed', status: 400 });
    expect(server.received).toHaveLength(1);
    expect(notes).toStrictEqual([]);
  });

  it('is no set that is gone where the answer names none', async () => {
    const message =
      "The resource type could not be found in the namespace 'Microsoft.Compute' for api version '2026-04-01'.";
    await using server = await listen({ ...refusing(message, 'InvalidResourceType'), status: 404 });
    const azure = process(server.url).open();

    expect(await azure.set(place)).toMatchObject({ kind: 'failed', code: 'InvalidResourceType' });
    expect(await azure.approval(place)).toStrictEqual({ kind: 'read', value: undefined });
  });

  it('is a failure where the one that was named is refused as well', async () => {
    await using server = await listen(refusing("The supported api-versions are '2025-11-01'."));
    const azure = process(server.url).open();

    expect(await azure.set(place)).toMatchObject({ kind: 'failed', status: 400 });
    expect(server.received).toHaveLength(2);
  });
});
