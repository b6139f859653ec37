import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instance } from '../../src/drift/rules/azure.ts';
import { readHookEvent, readRepairsSuspended } from '../../src/outbound/arm/compute/hook.ts';
import { newestVersion, readGalleryVersion, readPlatformVersions } from '../../src/outbound/arm/compute/image.ts';
import { profileTime, readFlexInstance, readInstance } from '../../src/outbound/arm/compute/instance.ts';
import { readScaleSet, seconds } from '../../src/outbound/arm/compute/set.ts';
import { newestOsUpgrade, readOsUpgrade, readRollout } from '../../src/outbound/arm/compute/upgrade.ts';
import { readChange } from '../../src/outbound/graph/rows.ts';

const SET_ID =
  '/subscriptions/AAAAAAAA-0000-4000-8000-000000000001/resourceGroups/RG-Shop/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web';

const profile = { timeCreated: '2026-11-19T21:10:05.1234567+00:00', licenseType: 'None', novelty: { level: 11 } };

const set = {
  id: SET_ID,
  name: 'shop-web',
  location: 'westeurope',
  sku: { name: 'Standard_D2s_v5', tier: 'Standard', capacity: 10 },
  tags: { team: 'shop', odd: 7 },
  properties: {
    orchestrationMode: 'Uniform',
    upgradePolicy: {
      mode: 'Rolling',
      rollingUpgradePolicy: { pauseTimeBetweenBatches: 'PT1M30S' },
      automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true },
    },
    virtualMachineProfile: profile,
  },
};

const withProperties = (properties: object) => ({ ...set, properties: { ...set.properties, ...properties } });

describe('a scale set', () => {
  it('is read with its model as Azure sent it, fields of the future included', () => {
    expect(readScaleSet(set)).toStrictEqual({
      id: SET_ID,
      name: 'shop-web',
      subscriptionId: 'aaaaaaaa-0000-4000-8000-000000000001',
      resourceGroup: 'RG-Shop',
      location: 'westeurope',
      orchestration: 'Uniform',
      mode: 'Rolling',
      autoOsUpgrade: true,
      capacity: 10,
      tags: { team: 'shop' },
      modelCreatedAt: '2026-11-19T21:10:05.123Z',
      pauseBetweenBatches: 90,
      model: { sku: set.sku, profile },
    });
  });

  it.each([
    ['hooks', { lifecycleHooksProfile: { lifecycleHooks: [{ type: 'Novelty' }] } }, { hasHooks: true }],
    ['repairs', { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT30M' } }, { repairsItself: true }],
    ['zones', { resiliencyPolicy: { automaticZoneRebalancingPolicy: { enabled: true } } }, { rebalancesZones: true }],
    [
      'deferral',
      {
        upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true, osRollingUpgradeDeferral: true } },
      },
      { defersOsUpgrade: true, autoOsUpgrade: true },
    ],
    ['the end', { provisioningState: 'Deleting' }, { isLeaving: true }],
  ])('tells of %s', (_what, properties, told) => {
    expect(readScaleSet(withProperties(properties))).toMatchObject(told);
  });

  it.each([
    ['nothing', {}],
    [
      'null everywhere',
      {
        ...{ orchestrationMode: null, upgradePolicy: null, provisioningState: null, lifecycleHooksProfile: null },
        ...{ automaticRepairsPolicy: null, resiliencyPolicy: null, virtualMachineProfile: null },
      },
    ],
    [
      'null within',
      {
        upgradePolicy: {
          ...{ mode: null, rollingUpgradePolicy: null },
          automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: null, osRollingUpgradeDeferral: null },
        },
        lifecycleHooksProfile: { lifecycleHooks: null },
        automaticRepairsPolicy: { enabled: null },
        resiliencyPolicy: { automaticZoneRebalancingPolicy: { enabled: null } },
      },
    ],
    [
      'what nobody knows',
      {
        upgradePolicy: { automaticOSUpgradePolicy: { osRollingUpgradeDeferral: 'later' }, tomorrow: {} },
        ...{ lifecycleHooksProfile: [], automaticRepairsPolicy: 'on', resiliencyPolicy: 7, provisioningState: 8 },
      },
    ],
  ])('tells of none of them where it says %s', (_what, properties) => {
    const bare = readScaleSet({ ...set, properties });

    expect(bare).toMatchObject({ orchestration: 'Uniform', mode: 'Manual', autoOsUpgrade: false });
    for (const trait of ['hasHooks', 'repairsItself', 'rebalancesZones', 'defersOsUpgrade', 'isLeaving']) {
      expect(bare).not.toHaveProperty(trait);
    }
  });

  it('says who manages it', () => {
    const cluster = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c';

    expect(readScaleSet({ ...set, managedBy: cluster })?.managedBy).toBe(cluster);
  });

  it('is Uniform where it does not say, as old answers do not', () => {
    expect(readScaleSet(withProperties({ orchestrationMode: undefined }))?.orchestration).toBe('Uniform');
  });

  it('without a profile or a size, as a Flexible one may be, is read with nothing in its model', () => {
    const bare = { ...set, sku: null, tags: null, properties: { orchestrationMode: 'Flexible' } };

    expect(readScaleSet(bare)).toMatchObject({
      mode: 'Manual',
      tags: {},
      model: { sku: {}, profile: {} },
    });
  });

  it.each([null, {}, { capacity: null }, { capacity: '3' }, { capacity: -1 }, { capacity: 1.5 }, { capacity: 1e9 }])(
    'has a capacity that nobody knows, and not 0, where its size is %j',
    (sku) => expect(readScaleSet({ ...set, sku })).not.toHaveProperty('capacity'),
  );

  it.each([
    ['another orchestration', withProperties({ orchestrationMode: 'Quantum' })],
    ['another mode', withProperties({ upgradePolicy: { mode: 'Sometimes' } })],
    ['the id of something else', { ...set, id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/a' }],
    ['no properties', { ...set, properties: undefined }],
    ['no object', 'shop-web'],
  ])('with %s is not understood', (_what, raw) => {
    expect(readScaleSet(raw)).toBeUndefined();
  });

  it.each([
    ['PT0S', 0],
    ['PT5M', 300],
    ['P1DT2H', 93_600],
    ['PT1.5S', 1.5],
    ['P', undefined],
    ['PT', undefined],
    ['5 minutes', undefined],
    [undefined, undefined],
  ])('that pauses for %s pauses so many seconds: %s', (text, expected) => {
    expect(seconds(text)).toBe(expected);
  });
});

const healthExtension = (skip: unknown) => ({
  name: 'ApplicationHealthExtension',
  substatuses: [
    {
      code: 'ComponentStatus/CustomMetrics/succeeded',
      message: JSON.stringify({ rollingUpgrade: { SkipUpgrade: skip } }),
    },
  ],
});

const instance = {
  name: 'shop-web_2',
  instanceId: '2',
  zones: ['3'],
  sku: { name: 'Standard_D2s_v5' },
  resources: [{ name: 'CustomScript' }],
  properties: {
    latestModelApplied: false,
    modelDefinitionApplied: 'VirtualMachineScaleSet',
    provisioningState: 'Succeeded',
    vmId: '0f0f0f0f-0000-4000-8000-000000000001',
    timeCreated: '2026-11-01T08:00:00.0000000+00:00',
  },
};

const instanceWith = (properties: object): Instance | undefined =>
  readInstance({ ...instance, properties: { ...instance.properties, ...properties } });

describe('an instance', () => {
  it('is read with its JSON as Azure sent it', () => {
    expect(readInstance(instance)).toStrictEqual({
      instanceId: '2',
      vmId: '0f0f0f0f-0000-4000-8000-000000000001',
      zone: '3',
      latestModelApplied: false,
      createdAt: '2026-11-01T08:00:00.000Z',
      isProtected: false,
      skipsUpgrade: false,
      state: 'ok',
      customised: false,
      raw: { sku: instance.sku, properties: instance.properties, resources: instance.resources },
    });
  });

  it.each([
    [{ provisioningState: 'Failed' }, 'failed'],
    [{ provisioningState: 'failed' }, 'failed'],
    [{ provisioningState: 'Canceled' }, 'failed'],
    [{ provisioningState: 'succeeded' }, 'ok'],
    [{ provisioningState: 'Updating' }, 'updating'],
    [
      { provisioningState: 'Creating', instanceView: { vmHealth: { status: { code: 'HealthState/unhealthy' } } } },
      'updating',
    ],
    [{ instanceView: { vmHealth: { status: { code: 'HealthState/unhealthy' } } } }, 'unhealthy'],
    [{ instanceView: { vmHealth: { status: { code: 'HealthState/healthy' } } } }, 'ok'],
    [{ instanceView: 'not seen before' }, 'ok'],
  ])('with %j is %s', (properties, expected) => {
    expect(instanceWith(properties)?.state).toBe(expected);
  });

  it('is protected by its own policy only', () => {
    expect(instanceWith({ protectionPolicy: { protectFromScaleSetActions: true } })?.isProtected).toBe(true);
    expect(instanceWith({ protectionPolicy: { protectFromScaleIn: true } })?.isProtected).toBe(false);
  });

  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    ['perhaps', false],
  ])('whose health extension says SkipUpgrade %j is skipped: %s', (said, expected) => {
    expect(instanceWith({ instanceView: { extensions: [healthExtension(said)] } })?.skipsUpgrade).toBe(expected);
  });

  it('is skipped by no message that is not JSON', () => {
    const substatuses = [{ code: 'ComponentStatus/CustomMetrics/succeeded', message: '{"rollingUpgrade' }];

    expect(instanceWith({ instanceView: { extensions: [{ substatuses }] } })?.skipsUpgrade).toBe(false);
  });

  it('is customised once somebody changed it by itself', () => {
    expect(instanceWith({ modelDefinitionApplied: 'VirtualMachine' })?.customised).toBe(true);
  });

  it('is apart while it is deleted, or waits in a standby pool', () => {
    const one = (properties: object) => readInstance({ instanceId: '1', properties });

    for (const provisioningState of ['Deleting', 'deleting']) expect(one({ provisioningState })?.apart).toBe('leaving');
    expect(one({ instanceView: { isVMInStandbyPool: true } })?.apart).toBe('pooled');
    for (const isVMInStandbyPool of [false, null, 'yes']) {
      expect(one({ provisioningState: null, instanceView: { isVMInStandbyPool } })).not.toHaveProperty('apart');
    }
  });

  it('without an id is not understood', () => {
    expect(readInstance({ ...instance, instanceId: undefined })).toBeUndefined();
    expect(readInstance(null)).toBeUndefined();
  });

  it('of a Flexible set is named by its VM and tells its profile by a tag in any case', () => {
    const tags = { virtualMachineProfileTIMEcreated: '4/3/2025 7:34:39 PM +00:00' };

    const read = readFlexInstance({ ...instance, name: 'shop_1a2b3c4d', instanceId: undefined, tags });

    expect(read).toMatchObject({ instanceId: 'shop_1a2b3c4d', profileCreatedAt: '2025-04-03T19:34:39.000Z' });
  });
});

// What is true in each place where Azure has a flag, and what of it is told.
const FLAGS: readonly (readonly [name: string, told: object, read: (flag: unknown) => object | undefined])[] = [
  [
    'enableAutomaticOSUpgrade',
    { autoOsUpgrade: true },
    (flag) =>
      readScaleSet(withProperties({ upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: flag } } })),
  ],
  [
    'osRollingUpgradeDeferral',
    { defersOsUpgrade: true },
    (flag) =>
      readScaleSet(withProperties({ upgradePolicy: { automaticOSUpgradePolicy: { osRollingUpgradeDeferral: flag } } })),
  ],
  [
    'automaticRepairsPolicy',
    { repairsItself: true },
    (enabled) => readScaleSet(withProperties({ automaticRepairsPolicy: { enabled } })),
  ],
  [
    'automaticZoneRebalancingPolicy',
    { rebalancesZones: true },
    (enabled) => readScaleSet(withProperties({ resiliencyPolicy: { automaticZoneRebalancingPolicy: { enabled } } })),
  ],
  ['isVMInStandbyPool', { apart: 'pooled' }, (flag) => instanceWith({ instanceView: { isVMInStandbyPool: flag } })],
  ['latestModelApplied', { latestModelApplied: true }, (flag) => instanceWith({ latestModelApplied: flag })],
];

describe.each(FLAGS)('the flag %s', (_name, told, read) => {
  it('is told where it is true', () => {
    expect(read(true)).toMatchObject(told);
  });

  it.each([null, undefined, false])('that is %s leaves the rest read, and is not true', (flag) => {
    expect(read(flag)).toBeDefined();
    expect(read(flag)).not.toMatchObject(told);
  });

  it.each(['true', 'False', 'later', 1, {}, []])('that is %j is never taken for true', (flag) => {
    // Whether an instance is behind is not guessed: one that says it in no known form is not understood.
    expect(read(flag) ?? {}).not.toMatchObject(told);
    if (!('latestModelApplied' in told)) expect(read(flag)).toBeDefined();
    else expect(read(flag)).toBeUndefined();
  });
});

describe.each([
  [null, false],
  [undefined, false],
  [false, false],
  [true, true],
  ['true', true],
  ['later', true],
])('a protection that is %j', (protectFromScaleSetActions, isProtected) => {
  it(`keeps an instance from actions: ${isProtected}`, () => {
    expect(instanceWith({ protectionPolicy: { protectFromScaleSetActions } })).toMatchObject({ isProtected });
  });
});

it.each([null, 'true', 'later'])('a version whose excludeFromLatest is %j may be the latest', (excludeFromLatest) => {
  const targetRegions = [{ name: 'West Europe', excludeFromLatest }];
  const properties = { excludeFromLatest, publishingProfile: { excludeFromLatest, targetRegions } };

  expect(readGalleryVersion({ name: '1.0.0', properties })?.isLatestIn('westeurope')).toBe(true);
});

describe('the tag of a profile', () => {
  it.each([
    ['4/3/2025 7:34:39 PM +00:00', '2025-04-03T19:34:39.000Z'],
    ['12/31/2025 12:00:00 AM +00:00', '2025-12-31T00:00:00.000Z'],
    ['1/1/2026 12:30:00 PM +02:00', '2026-01-01T10:30:00.000Z'],
    ['4/3/2025 7:34:39\u202fPM +00:00', '2025-04-03T19:34:39.000Z'],
    ['2025-04-03T19:34:39Z', '2025-04-03T19:34:39.000Z'],
    ['13/1/2025 1:00:00 PM +00:00', undefined],
    ['2/30/2025 1:00:00 PM +00:00', undefined],
    ['1/1/2026 13:30:00 PM +00:00', undefined],
    ['1/1/2026 0:30:00 AM +00:00', undefined],
    ['wiped', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s means %s', (tag, expected) => {
    expect(profileTime(tag)).toBe(expected);
  });
});

const progress = {
  successfulInstanceCount: 2,
  failedInstanceCount: 1,
  inProgressInstanceCount: 3,
  pendingInstanceCount: 4,
};

describe('a rolling upgrade', () => {
  const runningStatus = { code: 'Faulted', startTime: '2026-11-20T08:00:01Z', lastActionTime: '2026-11-20T08:00:00Z' };

  it('is read without id and name, and with a last action before its start', () => {
    const error = { code: 'MaxUnhealthyInstancePercentExceededInRollingUpgrade', message: 'words' };

    expect(readRollout({ properties: { runningStatus, progress, error } })).toStrictEqual({
      code: 'Faulted',
      startedAt: '2026-11-20T08:00:01.000Z',
      lastActionAt: '2026-11-20T08:00:00.000Z',
      done: 2,
      failed: 1,
      inProgress: 3,
      pending: 4,
      errorCode: 'MaxUnhealthyInstancePercentExceededInRollingUpgrade',
    });
  });

  it('keeps no error code that could be anybody’s text', () => {
    const error = { code: 'see http://host/?sig=secret' };

    expect(readRollout({ properties: { runningStatus, progress, error } })).not.toHaveProperty('errorCode');
  });

  it('counts nothing where it says null', () => {
    const runningStatus = { code: 'RollingForward', startTime: null, lastActionTime: null };
    const none = { code: 'RollingForward', done: 0, failed: 0, inProgress: 0, pending: 0 };

    expect(readRollout({ properties: { runningStatus, progress: null, error: null } })).toStrictEqual(none);
    expect(
      readRollout({ properties: { runningStatus, progress: { successfulInstanceCount: null, tomorrow: 1 } } }),
    ).toStrictEqual(none);
  });

  it('of a status that nobody knows is not understood', () => {
    expect(readRollout({ properties: { runningStatus: { code: 'Paused' } } })).toBeUndefined();
  });
});

// After VirtualMachineScaleSetLifeCycleHookEvent_List.json of 2026-04-01.
describe('an event of a lifecycle hook', () => {
  const targets = (...states: readonly (string | null)[]) => ({
    targetResources: states.map((actionState) => ({ resource: { id: `${SET_ID}/virtualMachines/2` }, actionState })),
  });
  const read = (properties: object) => readHookEvent({ name: 'one', properties: { state: 'Active', ...properties } });

  it('waits while one of its targets does', () => {
    const told = { waitUntil: '2025-05-08T10:17:55.6844555+00:00', defaultAction: 'Approve' };
    const approval = { until: '2025-05-08T10:17:55.684Z', otherwise: 'Approve' };

    expect(read({ ...told, ...targets('Approved', 'Waiting') })).toStrictEqual(approval);
    expect(read({ ...told, ...targets('Approved', 'Rejected') })).toBe('none');
    expect(read({ ...told, ...targets('Waiting'), state: 'Completed' })).toBe('none');
    expect(read({ ...told, ...targets('Waiting'), state: 'Novel' })).toBe('none');
  });

  it.each([
    ['nothing', {}],
    ['null', { waitUntil: null, defaultAction: null, targetResources: null }],
    ['what nobody knows', { waitUntil: 12, defaultAction: 'Ask', targetResources: 'all', tomorrow: [] }],
  ])('waits without an end where it says %s', (_what, properties) => {
    expect(read(properties)).toStrictEqual({});
  });

  it('is none where its state is null, and not understood without properties', () => {
    expect(readHookEvent({ properties: { state: null } })).toBe('none');
    expect(readHookEvent({ name: 'one' })).toBeUndefined();
  });
});

describe('the services of a set', () => {
  it.each([
    ['Suspended', 'AutomaticRepairs', true],
    ['Running', 'AutomaticRepairs', false],
    ['NotRunning', 'AutomaticRepairs', false],
    [null, 'AutomaticRepairs', false],
    ['Suspended', 'AutomaticZoneRebalancing', false],
    ['Suspended', null, false],
  ])('that say %s of %s', (serviceState, serviceName, told) => {
    expect(readRepairsSuspended({ orchestrationServices: [{ serviceName, serviceState, tomorrow: 1 }] })).toBe(told);
  });

  it.each([
    [{}, false],
    [{ orchestrationServices: null }, false],
    [{ orchestrationServices: 'all' }, undefined],
    ['view', undefined],
  ])('are read from %j as %s', (raw, told) => {
    expect(readRepairsSuspended(raw)).toBe(told);
  });
});

describe('an OS upgrade', () => {
  const upgrade = (startTime: string, more: object = {}) => ({
    properties: { runningStatus: { code: 'Completed', startTime, ...more }, startedBy: 'Platform' },
  });

  it.each(['endTime', 'completedTime'])('ends at its %s', (name) => {
    const read = readOsUpgrade(upgrade('2026-11-20T08:00:00Z', { [name]: '2026-11-20T09:00:00Z' }));

    expect(read).toMatchObject({ endedAt: '2026-11-20T09:00:00.000Z', startedBy: 'Platform', rolledBack: 0 });
  });

  it('is the newest by its start, wherever it stands in the history', () => {
    const read = ['2026-11-01T00:00:00Z', '2026-11-03T00:00:00Z', '2026-11-02T00:00:00Z'].flatMap(
      (start) => readOsUpgrade(upgrade(start)) ?? [],
    );

    expect(newestOsUpgrade(read)?.startedAt).toBe('2026-11-03T00:00:00.000Z');
    expect(newestOsUpgrade([])).toBeUndefined();
  });
});

describe('image versions', () => {
  it.each([
    [['1.0.9', '1.0.10'], '1.0.10'],
    [['18.04.201906271', '18.04.201905290'], '18.04.201906271'],
    [['16.04.202009220', '16.04.99'], '16.04.202009220'],
    [['1.0', '1.0.0.1'], '1.0.0.1'],
    [[], undefined],
  ])('%j are compared number by number: %s', (versions, expected) => {
    expect(newestVersion(versions)).toBe(expected);
  });

  it('of the marketplace are a bare array', () => {
    expect(readPlatformVersions([{ name: '1.0.9' }, { name: 'not a version' }, 3])).toStrictEqual(['1.0.9']);
    expect(readPlatformVersions({ value: [{ name: '1.0.9' }] })).toBeUndefined();
  });

  const version = (properties: object) => readGalleryVersion({ name: '1.0.0', properties });
  const regions = (...names: string[]) => ({ publishingProfile: { targetRegions: names.map((name) => ({ name })) } });

  it.each([
    ['there', regions('West Europe'), true],
    ['elsewhere', regions('East US'), false],
    ['excluded', { publishingProfile: { excludeFromLatest: true } }, false],
    ['excluded by its owner', { excludeFromLatest: true }, false],
    [
      'excluded there',
      { publishingProfile: { targetRegions: [{ name: 'westeurope', excludeFromLatest: true }] } },
      false,
    ],
    ['half made', { provisioningState: 'Creating', ...regions('West Europe') }, false],
    ['shared, and says no regions', {}, true],
  ])('of a gallery count where they are: %s', (_what, properties, expected) => {
    expect(version(properties)?.isLatestIn('westeurope')).toBe(expected);
  });
});

describe('a change', () => {
  it('keeps who, when and which parts of the model, and no value', () => {
    const row = {
      id: SET_ID,
      at: '2026-11-19T21:10:00.000Z',
      changedBy: 'app@contoso.example',
      changedByType: 'Application',
      changes: {
        'properties.virtualMachineProfile.osProfile.customData': {
          previousValue: 'old-secret',
          newValue: 'new-secret',
        },
        'properties.provisioningState': { newValue: 'Updating' },
        'sku.name': { newValue: 'Standard_D4s_v5' },
        'sku.capacity': { newValue: '11' },
      },
    };

    expect(readChange(row)).toStrictEqual({
      setId: SET_ID.toLowerCase(),
      change: {
        at: '2026-11-19T21:10:00.000Z',
        by: 'app@contoso.example',
        byType: 'Application',
        paths: ['properties.virtualMachineProfile.osProfile.customData', 'sku.name'],
      },
    });
  });
});

describe('every reader', () => {
  it.each([
    ['readScaleSet', readScaleSet],
    ['readInstance', readInstance],
    ['readFlexInstance', readFlexInstance],
    ['readRollout', readRollout],
    ['readOsUpgrade', readOsUpgrade],
    ['readGalleryVersion', readGalleryVersion],
    ['readHookEvent', readHookEvent],
    ['readChange', readChange],
  ])('%s reads any JSON or says that it cannot', (_name, read) => {
    fc.assert(fc.property(fc.jsonValue(), (json) => void read(json)));
    expect(read({})).toBeUndefined();
  });
});
