import type { Instance, Json, ScaleSet } from '../../../src/drift/rules/azure.ts';
import type { SeenSet } from '../../../src/drift/rules/view.ts';

export const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-shop`;
export const NETWORK = `${GROUP}/providers/Microsoft.Network`;

export const PASSWORD = 'hunter2-Sommer-2026';

/** A model as Azure writes one, with something of everything that is compared. */
export const profile = {
  osProfile: {
    computerNamePrefix: 'web',
    adminUsername: 'operator',
    linuxConfiguration: {
      disablePasswordAuthentication: true,
      ssh: { publicKeys: [{ path: '/home/operator/.ssh/authorized_keys', keyData: 'ssh-ed25519 AAAAC3 one' }] },
      provisionVMAgent: true,
    },
    secrets: [
      {
        sourceVault: { id: `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-shop` },
        vaultCertificates: [{ certificateUrl: 'https://kv-shop.vault.azure.net/secrets/tls/0001' }],
      },
    ],
    allowExtensionOperations: true,
    requireGuestProvisionSignal: true,
  },
  storageProfile: {
    osDisk: {
      osType: 'Linux',
      createOption: 'FromImage',
      caching: 'ReadWrite',
      managedDisk: { storageAccountType: 'Premium_LRS' },
      diskSizeGB: 30,
    },
    dataDisks: [
      {
        lun: 0,
        createOption: 'Empty',
        caching: 'None',
        diskSizeGB: 128,
        managedDisk: { storageAccountType: 'Premium_LRS' },
      },
    ],
    imageReference: {
      id: `${GROUP}/providers/Microsoft.Compute/galleries/shop/images/web/versions/1.5.0`,
    },
    diskControllerType: 'SCSI',
  },
  networkProfile: {
    networkInterfaceConfigurations: [
      {
        name: 'nic-web',
        properties: {
          primary: true,
          enableAcceleratedNetworking: false,
          networkSecurityGroup: { id: `${NETWORK}/networkSecurityGroups/nsg-web` },
          dnsSettings: { dnsServers: [] },
          enableIPForwarding: false,
          ipConfigurations: [
            {
              name: 'ip-web',
              properties: {
                subnet: { id: `${NETWORK}/virtualNetworks/vnet/subnets/web` },
                privateIPAddressVersion: 'IPv4',
                loadBalancerBackendAddressPools: [{ id: `${NETWORK}/loadBalancers/lb/backendAddressPools/web` }],
                applicationSecurityGroups: [{ id: `${NETWORK}/applicationSecurityGroups/asg-web` }],
              },
            },
          ],
        },
      },
    ],
  },
  securityProfile: { uefiSettings: { secureBootEnabled: true, vTpmEnabled: true }, securityType: 'TrustedLaunch' },
  extensionProfile: {
    extensions: [
      {
        name: 'CustomScript',
        properties: {
          autoUpgradeMinorVersion: true,
          publisher: 'Microsoft.Azure.Extensions',
          type: 'CustomScript',
          typeHandlerVersion: '2.1',
          settings: { commandToExecute: `setup.sh --password ${PASSWORD}`, fileUris: ['https://example.com/setup.sh'] },
        },
      },
    ],
  },
  licenseType: 'SLES_BYOS',
  timeCreated: '2026-11-19T21:10:00.1234567+00:00',
} as const satisfies Json;

export const scaleSet = (over: Partial<ScaleSet> = {}): ScaleSet => {
  const name = over.name ?? 'shop-web';
  return {
    id: `${GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`,
    name,
    subscriptionId: SUBSCRIPTION,
    resourceGroup: 'rg-shop',
    location: 'westeurope',
    orchestration: 'Uniform',
    mode: 'Manual',
    autoOsUpgrade: false,
    capacity: 10,
    tags: {},
    modelCreatedAt: '2026-11-19T21:10:00.123Z',
    model: { sku: { name: 'Standard_D2s_v5', tier: 'Standard', capacity: 10 }, profile },
    ...over,
  };
};

/** A set of the same model but for what is laid over its profile. */
export const withProfile = (over: Json, set: ScaleSet = scaleSet()): ScaleSet => ({
  ...set,
  model: { ...set.model, profile: merged(set.model.profile, over) },
});

/** Lays one JSON object over another; lists are replaced, and undefined takes away. */
function merged(below: Json, over: Json): Json {
  const all = Object.entries({ ...below, ...over }).map(([key]) => {
    const [lower, upper] = [below[key], Object.hasOwn(over, key) ? over[key] : below[key]];
    return [key, isObject(lower) && isObject(upper) && lower !== upper ? merged(lower, upper) : upper] as const;
  });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);
export const object = (value: unknown): Json => (isObject(value) ? value : {});

/** What Azure says of an instance that was made of a model. */
export function applied({ model, orchestration, id }: ScaleSet, over: Partial<Instance> = {}): Instance {
  const { storageProfile, networkProfile, osProfile, extensionProfile, timeCreated: _, ...rest } = model.profile;
  const storage = object(storageProfile);
  const { computerNamePrefix, customData: __, adminPassword: ___, ...os } = object(osProfile);
  const instanceId = over.instanceId ?? '2';
  return {
    instanceId,
    vmId: '00000000-0000-4000-8000-000000000002',
    ...(orchestration === 'Uniform' ? { latestModelApplied: false } : {}),
    isProtected: false,
    skipsUpgrade: false,
    state: 'ok',
    customised: false,
    raw: {
      sku: { name: model.sku['name'], tier: 'Standard' },
      properties: {
        ...rest,
        hardwareProfile: { vmSize: model.sku['name'] },
        storageProfile: {
          ...storage,
          imageReference: { ...object(storage['imageReference']), exactVersion: exactVersion(storage) },
          osDisk: disk(object(storage['osDisk']), `${id}_${instanceId}_os`),
          dataDisks: list(storage['dataDisks']).map((each) => disk(each, `${id}_${instanceId}_${each['lun']}`)),
        },
        osProfile: { ...os, computerName: `${computerNamePrefix}000002` },
        networkProfileConfiguration: {
          networkInterfaceConfigurations: object(networkProfile)['networkInterfaceConfigurations'] ?? [],
        },
      },
      resources: list(object(extensionProfile)['extensions']).map((extension) => {
        const { protectedSettings: ____, ...shown } = object(extension['properties']);
        return {
          name: extension['name'],
          type: 'Microsoft.Compute/virtualMachines/extensions',
          properties: { ...shown, provisioningState: 'Succeeded' },
        };
      }),
    },
    ...over,
  };
}

const disk = (asked: Json, name: string): Json => ({
  ...asked,
  name,
  managedDisk: { ...object(asked['managedDisk']), id: name.toUpperCase() },
});

const exactVersion = (storage: Json): string => {
  const image = object(storage['imageReference']);
  const version = /\/versions\/([^/]+)$/.exec(String(image['id'] ?? ''))?.[1] ?? image['version'];
  return typeof version === 'string' && version !== 'latest' ? version : '24.04.202611010';
};

/** An instance as of the same model but for what is laid over its properties. */
export const differing = (set: ScaleSet, properties: Json, resources?: readonly Json[]): Instance => {
  const instance = applied(set);
  return {
    ...instance,
    raw: {
      ...instance.raw,
      properties: merged(object(instance.raw['properties']), properties),
      ...(resources === undefined ? {} : { resources }),
    },
  };
};

/** A scale set as a run met it, under a name. */
export const seenSet = (name: string, over: Partial<SeenSet> = {}): SeenSet => {
  const { id, subscriptionId, resourceGroup, location, orchestration, mode } = scaleSet();
  const own = { id: id.replace(/[^/]+$/, name), name };
  return {
    subscriptionId,
    resourceGroup,
    location,
    orchestration,
    mode,
    capacity: 10,
    managed: false,
    ...own,
    ...over,
  };
};
