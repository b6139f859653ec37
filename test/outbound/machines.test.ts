import { describe, expect, it } from 'vitest';
import { createFakeAzure } from '../../dev/fake-azure/fake-azure.ts';
import { generateFleet } from '../../dev/fake-azure/generate.ts';
import { readMachine } from '../../src/outbound/arm/compute/machine.ts';
import { machineReader } from '../../src/outbound/arm/machines.ts';
import { published } from '../support/published.ts';
import { listen } from '../support/server.ts';

const instance = (properties: object, more: object = {}) => readMachine({ name: 'vm_7', properties, ...more });

const view = (...codes: readonly string[]) => ({ statuses: codes.map((code) => ({ code })) });

describe('a machine of a list', () => {
  it('is read from what Azure was seen to answer', async () => {
    const { response } = published('azure-compute/rec-2024-2-vm-list') as {
      readonly response: { readonly body: { readonly value: readonly unknown[] } };
    };

    expect(response.body.value.map(readMachine)).toMatchObject([
      { name: expect.any(String), state: 'running', createdAt: '2024-01-22T07:20:11.365Z' },
      { state: 'running' },
    ]);
  });

  it.each([
    [{ provisioningState: 'Succeeded' }, 'running'],
    [{ provisioningState: 'Succeeded', instanceView: view('PowerState/running') }, 'running'],
    [{ provisioningState: 'Succeeded', instanceView: view('PowerState/starting') }, 'underWay'],
    [{ provisioningState: 'Creating', instanceView: view('PowerState/running') }, 'underWay'],
    [{ provisioningState: 'Dreaming' }, 'underWay'],
    [{ provisioningState: null, instanceView: 7 }, 'underWay'],
    [{ instanceView: view('PowerState/running') }, 'running'],
    [{ provisioningState: 'Deleting' }, 'deleting'],
    [{ provisioningState: 'Failed' }, 'failed'],
  ])('that has %j is %s', (properties, state) => {
    expect(instance(properties)).toStrictEqual({ name: 'vm_7', state });
  });

  it('may be in a standby pool', () => {
    expect(instance({ provisioningState: 'Succeeded', instanceView: { isVMInStandbyPool: true } })).toStrictEqual({
      name: 'vm_7',
      state: 'running',
      isPooled: true,
    });
    for (const isVMInStandbyPool of [false, null, 'yes']) {
      expect(instance({ provisioningState: 'Succeeded', instanceView: { isVMInStandbyPool } })).toStrictEqual({
        name: 'vm_7',
        state: 'running',
      });
    }
  });

  it('says why it failed in Azure’s word, and never in anybody’s text', () => {
    const failed = (code: string, message = '') =>
      instance({ provisioningState: 'Failed', instanceView: { statuses: [{ code, message }] } });

    expect(failed('ProvisioningState/failed/AllocationFailed')).toMatchObject({ code: 'AllocationFailed' });
    expect(failed('ProvisioningState/failed/<at>x</at>')).toStrictEqual({ name: 'vm_7', state: 'failed' });
    expect(failed('ProvisioningState/failed/QuotaExceeded')).toMatchObject({ quota: true });
    expect(
      failed('ProvisioningState/failed/OperationNotAllowed', 'exceeding approved standardDSv3Family Cores quota'),
    ).toMatchObject({ code: 'OperationNotAllowed', quota: true });
  });

  it.each([undefined, null, 'vm', {}, { name: '', properties: {} }, { name: 7, properties: {} }])(
    'is not %j',
    (raw) => {
      expect(readMachine(raw)).toBeUndefined();
    },
  );
});

const reader = (endpoint: string) => machineReader({ endpoint, identity: { kind: 'managed' } });

describe('the limits of a set', () => {
  it('are those of its own setting, wherever all profiles agree', async () => {
    const fleet = generateFleet({ sets: 0 });
    const set = fleet.addSet({ name: 'vm' });
    const other = fleet.addSet({ name: 'other' });
    fleet.autoscale(set, { name: 'vm-scale', minimum: 2, maximum: 9 });
    await using azure = await createFakeAzure({ fleet });

    expect(await reader(azure.url).limits(set.id.toUpperCase())).toStrictEqual({ minimum: 2, maximum: 9 });
    expect(await reader(azure.url).limits(other.id)).toBeUndefined();
  });

  it.each([
    [
      'the profiles differ',
      [
        ['1', '10'],
        ['1', '20'],
      ],
      true,
    ],
    ['the setting is off', [['1', '10']], false],
    ['a count is no count', [['1', 'many']], true],
  ] as const)('are not known where %s', async (_why, profiles, enabled) => {
    const setId =
      '/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/vm';
    const capacities = profiles.map(([minimum, maximum]) => ({ capacity: { minimum, maximum } }));
    const value = [{ properties: { targetResourceUri: setId, enabled, profiles: capacities } }];
    await using azure = await listen({ status: 200, body: JSON.stringify({ value }) });

    expect(await reader(azure.url).limits(setId)).toBeUndefined();
  });
});
