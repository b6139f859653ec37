import { describe, expect, it } from 'vitest';
import { changedScaleSets } from '../../src/sources/scale-set-changes.ts';

const SET =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg-Shop/providers/Microsoft.Compute/virtualMachineScaleSets/Web';
const KEY = SET.toLowerCase();

const event = (operationName: string, resourceUri = SET) => ({
  eventType: 'Microsoft.Resources.ResourceActionSuccess',
  subject: resourceUri,
  data: { operationName, resourceUri, status: 'Succeeded' },
});

describe('the scale sets that a body of Event Grid says something was done to', () => {
  it.each([
    'Microsoft.Compute/virtualMachineScaleSets/write',
    'Microsoft.Compute/virtualMachineScaleSets/delete',
    'Microsoft.Compute/virtualMachineScaleSets/manualUpgrade/action',
    'Microsoft.Compute/virtualMachineScaleSets/osRollingUpgrade/action',
    'microsoft.compute/virtualmachinescalesets/rollingUpgrades/action',
    'Microsoft.Compute/virtualMachineScaleSets/extensions/write',
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/reimage/action',
  ])('are that of %s', (operation) => {
    expect(changedScaleSets('event-grid', event(operation))).toStrictEqual([KEY]);
  });

  it.each([
    'Microsoft.Compute/virtualMachineScaleSets/start/action',
    'Microsoft.Compute/virtualMachines/write',
    'Microsoft.Web/sites/write',
    '',
  ])('are none of %s', (operation) => {
    expect(changedScaleSets('event-grid', event(operation))).toStrictEqual([]);
  });

  it('are those of a whole list, each once, and of what is inside of them', () => {
    const write = 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/write';
    const list = [event(write, `${SET}/virtualMachines/3`), event(write, `${SET.toUpperCase()}/virtualMachines/4`)];

    expect(changedScaleSets('event-grid', list)).toStrictEqual([KEY]);
  });

  it('are at most a hundred', () => {
    const write = 'Microsoft.Compute/virtualMachineScaleSets/write';
    const list = Array.from({ length: 1_000 }, (_, index) => event(write, `${SET}${index}`));

    expect(changedScaleSets('event-grid', list)).toHaveLength(100);
  });

  it.each([[null], ['text'], [[]], [[null]], [{ data: 7 }], [{ data: { operationName: {}, resourceUri: [] } }]])(
    'are none where a body is %j',
    (body) => {
      expect(changedScaleSets('event-grid', body)).toStrictEqual([]);
      expect(changedScaleSets('azure-monitor', body)).toStrictEqual([]);
    },
  );

  it('are none where another sender says the same', () => {
    expect(changedScaleSets('custom', event('Microsoft.Compute/virtualMachineScaleSets/write'))).toStrictEqual([]);
  });
});

describe('the scale sets of an activity-log alert', () => {
  const operationName = 'Microsoft.Compute/virtualMachineScaleSets/manualUpgrade/action';

  it('are the targets of the common schema', () => {
    const body = { schemaId: 'x', data: { essentials: { alertTargetIDs: [SET] }, alertContext: { operationName } } };

    expect(changedScaleSets('azure-monitor', body)).toStrictEqual([KEY]);
  });

  it("are the resource of the log's own schema", () => {
    const body = { schemaId: 'x', data: { context: { activityLog: { operationName, resourceId: SET } } } };

    expect(changedScaleSets('azure-monitor', body)).toStrictEqual([KEY]);
  });
});
