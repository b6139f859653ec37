import type { Extension, ModelSpec } from './model-spec.ts';

/** Stands in the public settings of every model: nothing that the relay writes may hold it. */
export const PLANTED_PASSWORD = 'hunter2-planted';

const script: Extension = {
  name: 'CustomScript',
  publisher: 'Microsoft.Azure.Extensions',
  type: 'CustomScript',
  version: '2.1',
  settings: {
    fileUris: ['https://shop.example.com/install.sh'],
    commandToExecute: `bash install.sh --database-password ${PLANTED_PASSWORD}`,
  },
};

const health: Extension = {
  name: 'HealthExtension',
  publisher: 'Microsoft.ManagedServices',
  type: 'ApplicationHealthLinux',
  version: '2.0',
  settings: { protocol: 'http', port: 8080, requestPath: '/health' },
};

const ubuntu: ModelSpec = {
  size: 'Standard_D2s_v5',
  os: 'Linux',
  image: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
  extensions: [script, health],
  pools: ['web'],
  secrets: ['tls-2026'],
  dataDisks: [],
};

const windows: ModelSpec = {
  ...ubuntu,
  size: 'Standard_D4s_v5',
  os: 'Windows',
  image: {
    publisher: 'MicrosoftWindowsServer',
    offer: 'WindowsServer',
    sku: '2022-datacenter-g2',
    version: 'latest',
  },
  extensions: [
    { ...script, name: 'CustomScriptExtension', publisher: 'Microsoft.Compute', type: 'CustomScriptExtension' },
    { ...health, type: 'ApplicationHealthWindows' },
  ],
  licence: 'Windows_Server',
};

const pinned: ModelSpec = {
  ...ubuntu,
  image: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.202610010' },
  dataDisks: [128],
};

/** ARM id of the gallery image that some models use, without a version. */
export const galleryImageId = (subscriptionId: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/shop/images/web`;

/** What generated sets look like, in turn. */
export const baseSpecs = (subscriptionId: string): readonly ModelSpec[] => [
  ubuntu,
  windows,
  { ...ubuntu, image: { id: galleryImageId(subscriptionId) } },
  pinned,
];

export const platformVersions = [
  {
    publisher: 'Canonical',
    offer: 'ubuntu-24_04-lts',
    sku: 'server',
    versions: ['24.04.202609010', '24.04.202610010'],
  },
  {
    publisher: 'Canonical',
    offer: 'ubuntu-24_04-lts',
    sku: 'server-gen1',
    versions: ['24.04.202609010', '24.04.202610010'],
  },
  {
    publisher: 'MicrosoftWindowsServer',
    offer: 'WindowsServer',
    sku: '2022-datacenter-g2',
    versions: ['20348.2655.240810', '20348.4052.261007'],
  },
  {
    publisher: 'MicrosoftWindowsServer',
    offer: 'WindowsServer',
    sku: '2025-datacenter-g2',
    versions: ['26100.6584.260910', '26100.6899.261013'],
  },
] as const;

// As numbers, 1.0.10 is newer than 1.0.9.
export const galleryVersions = ['1.0.9', '1.0.10'] as const;
