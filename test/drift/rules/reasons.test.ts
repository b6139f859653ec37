import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/drift/rules/azure.ts';
import { reasons } from '../../../src/drift/rules/reasons.ts';
import { applied, differing, GROUP, NETWORK, object, profile, scaleSet, withProfile } from '../support/models.ts';

const set = scaleSet();
const GALLERY = `${GROUP}/providers/Microsoft.Compute/galleries/shop/images`;
const platform = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' };
const script = object(profile.extensionProfile.extensions[0]);
const scriptWith = (properties: Json): Json => ({
  ...script,
  properties: { ...object(script['properties']), ...properties },
});

const ofPlatform = (model: string, instance: Json) =>
  reasons(
    withProfile({ storageProfile: { imageReference: { ...platform, id: undefined, version: model } } }),
    differing(set, {
      storageProfile: { imageReference: { ...platform, id: undefined, exactVersion: undefined, ...instance } },
    }),
  );

const nic = (over: Json, address: Json = {}, more: readonly Json[] = []): Json => {
  const [own] = profile.networkProfile.networkInterfaceConfigurations;
  const [ip] = own.properties.ipConfigurations;
  return {
    networkInterfaceConfigurations: [
      {
        name: own.name,
        properties: {
          ...own.properties,
          ...over,
          ipConfigurations: [{ name: ip.name, properties: { ...ip.properties, ...address } }, ...more],
        },
      },
    ],
  };
};

describe('an instance that has what its model asks for', () => {
  it('gives no reason', () => {
    expect(reasons(set, applied(set))).toStrictEqual([]);
  });

  it('gives none for what the platform adds', () => {
    const noise = {
      osProfile: {
        linuxConfiguration: { patchSettings: { patchMode: 'ImageDefault' }, enableVMAgentPlatformUpdates: true },
      },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
      resilientVMDeletionStatus: 'Enabled',
      provisioningState: 'Updating',
    };

    expect(reasons(set, differing(set, noise))).toStrictEqual([]);
  });

  it('gives none for an agent that Azure puts on instances, which is in no model', () => {
    const agent = {
      name: 'Microsoft.Azure.Monitor.AzureMonitorLinuxAgent',
      properties: { publisher: 'Microsoft.Azure.Monitor', type: 'AzureMonitorLinuxAgent', typeHandlerVersion: '1.0' },
    };

    expect(reasons(set, differing(set, {}, [script, agent]))).toStrictEqual([]);
  });

  it('gives none for ids in another case', () => {
    const subnet = { subnet: { id: `${NETWORK.toUpperCase()}/VIRTUALNETWORKS/VNET/SUBNETS/WEB` } };

    expect(reasons(set, differing(set, { networkProfileConfiguration: nic({}, subnet) }))).toStrictEqual([]);
  });

  it('gives none where old answers leave the size out of the hardware profile', () => {
    const old = applied(set);
    const properties = { ...object(old.raw['properties']), hardwareProfile: {} };

    expect(reasons(set, { ...old, raw: { ...old.raw, properties } })).toStrictEqual([]);
  });

  it('gives none for a disk that came with the image, or that somebody attached', () => {
    const disks = ['FromImage', 'Attach'].map((createOption, index) => ({
      lun: 5 + index,
      createOption,
      diskSizeGB: 4,
    }));
    const own = object(object(object(applied(set).raw['properties'])['storageProfile']))['dataDisks'];

    expect(
      reasons(set, differing(set, { storageProfile: { dataDisks: [...(own as Json[]), ...disks] } })),
    ).toStrictEqual([]);
  });
});

describe('an image', () => {
  it('that is another one is told by its name', () => {
    const other = withProfile({ storageProfile: { imageReference: { id: `${GALLERY}/web2/versions/1.0.0` } } });

    expect(reasons(other, applied(set))).toStrictEqual([{ kind: 'image', from: 'web', to: 'web2' }]);
  });

  it('of the same name in another gallery is told without names', () => {
    const other = withProfile({
      storageProfile: { imageReference: { id: `${GROUP}/providers/Microsoft.Compute/galleries/old/images/web` } },
    });

    expect(reasons(other, applied(set))).toStrictEqual([{ kind: 'image' }]);
  });

  it('of a gallery is told by its versions', () => {
    const next = withProfile({ storageProfile: { imageReference: { id: `${GALLERY}/WEB/versions/1.6.0` } } });

    expect(reasons(next, applied(set))).toStrictEqual([{ kind: 'imageVersion', from: '1.5.0', to: '1.6.0' }]);
  });

  it.each([
    ['the number that latest was', '24.04.1', { version: 'latest', exactVersion: '24.04.1' }, []],
    ['latest, and latest in the model', 'latest', { version: 'latest', exactVersion: '24.04.1' }, []],
    ['a number as answers of 2019 have it, and latest in the model', 'latest', { version: '16.04.201906280' }, []],
    [
      'another number than the model pins',
      '24.04.2',
      { version: 'latest', exactVersion: '24.04.1' },
      [{ kind: 'imageVersion', from: '24.04.1', to: '24.04.2' }],
    ],
    [
      'nothing but latest, where the model pins a number',
      '24.04.2',
      { version: 'latest' },
      [{ kind: 'imageVersion', from: 'latest', to: '24.04.2' }],
    ],
    [
      'a number that was pinned before the model went to latest',
      'latest',
      { version: '24.04.1', exactVersion: '24.04.1' },
      [{ kind: 'imageVersion', from: '24.04.1', to: 'latest' }],
    ],
  ])('of the marketplace: %s', (_what, model, instance, expected) => {
    expect(ofPlatform(model, instance)).toStrictEqual(expected);
  });
});

describe('a size', () => {
  it('that differs is told with both', () => {
    const larger = { ...set, model: { ...set.model, sku: { name: 'Standard_D4s_v5' } } };

    expect(reasons(larger, applied(set))).toStrictEqual([
      { kind: 'vmSize', from: 'Standard_D2s_v5', to: 'Standard_D4s_v5' },
    ]);
  });

  it('is not compared in a set that mixes sizes', () => {
    const mix = { ...set, model: { ...set.model, sku: { name: 'Mix' } } };

    expect(reasons(mix, applied(set))).toStrictEqual([]);
  });
});

describe('an extension', () => {
  it('that is missing, or to spare, is told by name', () => {
    const other = { ...script, name: 'Own' };

    expect(reasons(set, differing(set, {}, [other]))).toStrictEqual([
      { kind: 'extensionMissing', name: 'CustomScript' },
      { kind: 'extensionExtra', name: 'Own' },
    ]);
  });

  it('to spare is not told of a VM of a Flexible set, to which anybody adds them', () => {
    const flexible = { ...set, orchestration: 'Flexible' as const };

    expect(reasons(flexible, differing(flexible, {}, [script, { ...script, name: 'Own' }]))).toStrictEqual([]);
  });

  it('of another version is told with both', () => {
    expect(reasons(set, differing(set, {}, [scriptWith({ typeHandlerVersion: '2.0' })]))).toStrictEqual([
      { kind: 'extensionVersion', name: 'CustomScript', from: '2.0', to: '2.1' },
    ]);
  });

  it('that upgraded itself within what the model allows is no reason', () => {
    expect(reasons(set, differing(set, {}, [scriptWith({ typeHandlerVersion: '2.10' })]))).toStrictEqual([]);
  });

  it('of a version that is no number is told with both, whatever the model allows', () => {
    const odd = withProfile({ extensionProfile: { extensions: [scriptWith({ typeHandlerVersion: '2.x' })] } });

    expect(reasons(odd, applied(set))).toStrictEqual([
      { kind: 'extensionVersion', name: 'CustomScript', from: '2.1', to: '2.x' },
    ]);
  });

  it('of another maker under the same name is told with both', () => {
    expect(reasons(set, differing(set, {}, [scriptWith({ publisher: 'Contoso' })]))).toStrictEqual([
      {
        kind: 'extensionVersion',
        name: 'CustomScript',
        from: 'Contoso.CustomScript 2.1',
        to: 'Microsoft.Azure.Extensions.CustomScript 2.1',
      },
    ]);
  });

  it('with other settings is told by the names of their keys alone', () => {
    const other = scriptWith({
      settings: { commandToExecute: 'old', fileUris: ['https://example.com/setup.sh'], once: 1 },
    });

    expect(reasons(set, differing(set, {}, [other]))).toStrictEqual([
      { kind: 'extensionSettings', name: 'CustomScript: commandToExecute, once' },
    ]);
  });

  it('that was made to run again is told', () => {
    const again = withProfile({ extensionProfile: { extensions: [scriptWith({ forceUpdateTag: '2' })] } });

    expect(reasons(again, applied(set))).toStrictEqual([
      { kind: 'extensionSettings', name: 'CustomScript: forceUpdateTag' },
    ]);
  });
});

describe('an application', () => {
  const asked = (name: string, version: string) => ({
    packageReferenceId: `${GALLERY.replace('/images', '')}/applications/${name}/versions/${version}`,
  });
  const of = (...all: readonly Json[]): Json => ({ applicationProfile: { galleryApplications: all } });
  const compared = (model: Json, instance: Json) => reasons(withProfile(model), differing(set, instance));

  it.each([
    ['the same, in another case', of(asked('agent', '1.0.0')), of(asked('Agent', '1.0.0')), []],
    [
      'another version',
      of(asked('agent', '1.1.0')),
      of(asked('agent', '1.0.0')),
      [{ kind: 'application', name: 'agent', from: '1.0.0', to: '1.1.0' }],
    ],
    ['one that is missing', of(asked('agent', '1.1.0')), of(), [{ kind: 'application', name: 'agent', to: '1.1.0' }]],
    ['one to spare', of(), of(asked('agent', '1.0.0')), [{ kind: 'application', name: 'agent', from: '1.0.0' }]],
    ['what is no application', of({ packageReferenceId: '/applications/agent' }, {}), of(), []],
  ])('is told by its versions: %s', (_what, model, instance, expected) => {
    expect(compared(model, instance)).toStrictEqual(expected);
  });

  it('is not guessed at where an instance of a Uniform set does not show its own', () => {
    expect(compared(of(asked('agent', '1.1.0')), {})).toStrictEqual([]);
  });
});

describe('the rest of a machine', () => {
  const changed: readonly (readonly [string, Json, Json])[] = [
    ['a secret that the model gave up', { osProfile: { secrets: [] } }, { kind: 'secrets' }],
    [
      'a disk that is larger',
      { storageProfile: { dataDisks: [{ ...profile.storageProfile.dataDisks[0], diskSizeGB: 256 }] } },
      { kind: 'dataDisks', name: 'lun 0 diskSizeGB', from: '128 GB', to: '256 GB' },
    ],
    ['a disk that the model gave up', { storageProfile: { dataDisks: [] } }, { kind: 'dataDisks', name: 'lun 0' }],
    [
      'a disk that is new',
      { storageProfile: { dataDisks: [...profile.storageProfile.dataDisks, { lun: 1, diskSizeGB: 8 }] } },
      { kind: 'dataDisks', name: 'lun 1' },
    ],
    [
      'an address that was added',
      {
        networkProfile: nic({}, {}, [{ name: 'ip-two', properties: {} }]),
      },
      { kind: 'network', name: 'nic-web: ipConfigurations' },
    ],
    [
      'a pool that was added',
      {
        networkProfile: nic(
          {},
          {
            loadBalancerBackendAddressPools: ['web', 'two'].map((pool) => ({
              id: `${NETWORK}/loadBalancers/lb/backendAddressPools/${pool}`,
            })),
          },
        ),
      },
      { kind: 'network', name: 'nic-web: loadBalancerBackendAddressPools' },
    ],
    [
      'a pool that the model gave up',
      { networkProfile: nic({}, { loadBalancerBackendAddressPools: undefined }) },
      { kind: 'network', name: 'nic-web: loadBalancerBackendAddressPools' },
    ],
    [
      'a security group for applications',
      { networkProfile: nic({}, { applicationSecurityGroups: [] }) },
      { kind: 'network', name: 'nic-web: applicationSecurityGroups' },
    ],
    [
      'a security group that the model gave up, and faster networking',
      { networkProfile: nic({ networkSecurityGroup: undefined, enableAcceleratedNetworking: true }) },
      { kind: 'network', name: 'nic-web: enableAcceleratedNetworking, networkSecurityGroup' },
    ],
    [
      'a subnet',
      { networkProfile: nic({}, { subnet: { id: `${NETWORK}/x` } }) },
      { kind: 'network', name: 'nic-web: subnet.id' },
    ],
    [
      'a public address',
      { networkProfile: nic({}, { publicIPAddressConfiguration: { name: 'pip' } }) },
      { kind: 'network', name: 'nic-web: publicIPAddressConfiguration' },
    ],
    [
      'a key to log in with',
      {
        osProfile: {
          linuxConfiguration: {
            ssh: { publicKeys: [{ path: '/home/operator/.ssh/authorized_keys', keyData: 'ssh-ed25519 AAAAC3 two' }] },
          },
        },
      },
      { kind: 'osProfile', name: 'linuxConfiguration.ssh.publicKeys' },
    ],
    ['a licence', { licenseType: undefined }, { kind: 'other', name: 'licenseType', from: 'SLES_BYOS', to: 'None' }],
    ['a priority', { priority: 'Spot' }, { kind: 'other', name: 'priority', from: 'Regular', to: 'Spot' }],
    [
      'a setting of security',
      { securityProfile: { encryptionAtHost: true } },
      { kind: 'other', name: 'securityProfile.encryptionAtHost' },
    ],
    [
      "the system's disk",
      { storageProfile: { osDisk: { managedDisk: { storageAccountType: 'StandardSSD_LRS' } } } },
      { kind: 'other', name: 'osDisk: managedDisk.storageAccountType' },
    ],
  ];

  it.each(changed)('%s is a reason', (_what, over, expected) => {
    expect(reasons(withProfile(over), applied(set))).toStrictEqual([expected]);
  });

  it('whose disk has no number, which none can be without, is no reason', () => {
    const dataDisks = [...profile.storageProfile.dataDisks, { createOption: 'Empty', diskSizeGB: 8 }];

    expect(reasons(withProfile({ storageProfile: { dataDisks } }), applied(set))).toStrictEqual([]);
  });

  it('with a disk to spare of which nobody says how it came is a reason', () => {
    const dataDisks = [...profile.storageProfile.dataDisks, { lun: 5 }];

    expect(reasons(set, differing(set, { storageProfile: { dataDisks } }))).toStrictEqual([
      { kind: 'dataDisks', name: 'lun 5' },
    ]);
  });

  it('whose licence is spelled out as none is no reason', () => {
    expect(reasons(withProfile({ licenseType: 'None' }), differing(set, { licenseType: undefined }))).toStrictEqual([]);
  });

  it.each([
    ['custom data', { osProfile: { customData: 'IyEvYmluL3No' } }],
    ['a password', { osProfile: { adminPassword: 'new' } }],
    ['protected settings', { extensionProfile: { extensions: [scriptWith({ protectedSettings: { key: 'new' } })] } }],
  ])('that Azure never shows is no visible difference: %s', (_what, over) => {
    expect(reasons(withProfile(over), applied(set))).toStrictEqual([]);
  });

  it('that Azure does not show of a VM of a Flexible set is not guessed at', () => {
    const flexible = scaleSet({ orchestration: 'Flexible' });

    expect(reasons(flexible, differing(flexible, { networkProfileConfiguration: undefined }))).toStrictEqual([]);
  });
});

it('does not mind what is no JSON that it knows', () => {
  const odd = {
    ...set,
    model: { sku: { name: 7 }, profile: { osProfile: 'x', storageProfile: [], networkProfile: null } },
  };

  expect(reasons(odd, { ...applied(set), raw: {} })).toStrictEqual([]);
});
