import { text } from './json-template.ts';
import type { Extension, ImageReference, Json, ModelSpec } from './model-spec.ts';

// The parts that a model and an instance have in common. Shapes: answers of api-version 2024-11-01 and recordings of
// Azure's command line of August 2024. Holes: s subscription, g group, n name, l location.

/** ARM id of something in the set's own group. */
export const inGroup = (rest: string): string =>
  `/subscriptions/${text('s')}/resourceGroups/${text('g')}/providers/${rest}`;

/** Network interfaces: as `networkProfile` in the model, as `networkProfileConfiguration` in the instance. */
export const networkJson = ({ pools }: ModelSpec): Json => ({
  networkInterfaceConfigurations: [
    {
      name: `${text('n')}Nic`,
      properties: {
        primary: true,
        disableTcpStateTracking: false,
        networkSecurityGroup: { id: inGroup(`Microsoft.Network/networkSecurityGroups/${text('n')}NSG`) },
        dnsSettings: { dnsServers: [] },
        enableIPForwarding: false,
        ipConfigurations: [
          {
            name: `${text('n')}IPConfig`,
            properties: {
              subnet: { id: inGroup(`Microsoft.Network/virtualNetworks/${text('n')}VNET/subnets/default`) },
              privateIPAddressVersion: 'IPv4',
              loadBalancerBackendAddressPools: pools.map((pool) => ({
                id: inGroup(`Microsoft.Network/loadBalancers/${text('n')}LB/backendAddressPools/${pool}`),
              })),
            },
          },
        ],
      },
    },
  ],
});

export const imageJson = (image: ImageReference): Json => {
  if (!('id' in image)) {
    const { publisher, offer, sku, version } = image;
    return { publisher, offer, sku, version };
  }
  const [, kind] = /^\/(shared|community)Galleries\//i.exec(image.id) ?? [];
  return { [kind === undefined ? 'id' : `${kind.toLowerCase()}GalleryImageId`]: image.id };
};

export const secretsJson = ({ secrets }: ModelSpec): readonly Json[] =>
  secrets.map((secret) => ({
    sourceVault: { id: inGroup('Microsoft.KeyVault/vaults/certificates') },
    vaultCertificates: [{ certificateUrl: `https://certificates.vault.azure.net/secrets/${secret}` }],
  }));

export const extensionJson = (extension: Extension, provisioningState?: 'Succeeded'): Json => ({
  autoUpgradeMinorVersion: true,
  ...(extension.forceUpdateTag !== undefined && { forceUpdateTag: extension.forceUpdateTag }),
  ...(provisioningState !== undefined && { provisioningState }),
  publisher: extension.publisher,
  type: extension.type,
  typeHandlerVersion: extension.version,
  settings: extension.settings,
});

/** The instance has `patchSettings` although the Uniform model has none: the platform adds them. */
export const osConfigurationJson = ({ os }: ModelSpec, patched: boolean): Json =>
  os === 'Windows'
    ? { windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: true } }
    : {
        linuxConfiguration: {
          disablePasswordAuthentication: true,
          ssh: { publicKeys: [{ path: '/home/operator/.ssh/authorized_keys', keyData: 'ssh-rsa AAAA operator' }] },
          provisionVMAgent: true,
          ...(patched && { patchSettings: { patchMode: 'ImageDefault', assessmentMode: 'ImageDefault' } }),
        },
      };

export const osDiskJson = ({ os }: ModelSpec): Json => ({
  osType: os,
  createOption: 'FromImage',
  caching: 'ReadWrite',
  managedDisk: { storageAccountType: 'Premium_LRS' },
  diskSizeGB: os === 'Windows' ? 127 : 30,
});

export const dataDisksJson = ({ dataDisks }: ModelSpec): readonly Json[] =>
  dataDisks.map((diskSizeGB, lun) => ({
    lun,
    createOption: 'Empty',
    caching: 'ReadOnly',
    managedDisk: { storageAccountType: 'Premium_LRS' },
    diskSizeGB,
  }));

export const securityJson: Json = {
  uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
  securityType: 'TrustedLaunch',
};
