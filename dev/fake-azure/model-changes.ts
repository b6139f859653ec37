import type { ImageReference, ModelSpec } from './model-spec.ts';

/** Changes of a model by name, with the paths that a change record of Resource Graph would name. */
const CHANGES = {
  image: ['storageProfile.imageReference.sku', (spec) => ({ ...spec, image: otherImage(spec.image) })],
  imageVersion: [
    'storageProfile.imageReference.version',
    (spec) => ({ ...spec, image: pinned(spec.image, nextVersion(spec.image)) }),
  ],
  vmSize: [
    'sku.name',
    (spec) => ({ ...spec, size: spec.size === 'Standard_D8s_v5' ? 'Standard_D2s_v5' : 'Standard_D8s_v5' }),
  ],
  extensionAdded: [
    'extensionProfile.extensions[2].name',
    (spec) => ({ ...spec, extensions: [...spec.extensions, monitor(spec)] }),
  ],
  extensionRemoved: [
    'extensionProfile.extensions[1].name',
    (spec) => ({ ...spec, extensions: spec.extensions.slice(0, -1) }),
  ],
  extensionVersion: [
    'extensionProfile.extensions[0].properties.typeHandlerVersion',
    (spec) => ({
      ...spec,
      extensions: spec.extensions.map((each, index) =>
        index === 0 ? { ...each, version: nextNumber(each.version) } : each,
      ),
    }),
  ],
  extensionSettings: [
    'extensionProfile.extensions[0].properties.settings.commandToExecute',
    (spec) => ({
      ...spec,
      extensions: spec.extensions.map((each, index) =>
        index === 0
          ? {
              ...each,
              settings: { ...each.settings, commandToExecute: `${each.settings['commandToExecute']} --again` },
            }
          : each,
      ),
    }),
  ],
  secrets: [
    'osProfile.secrets',
    (spec) => ({ ...spec, secrets: [...spec.secrets, `tls-${spec.secrets.length + 2026}`] }),
  ],
  dataDisks: ['storageProfile.dataDisks', (spec) => ({ ...spec, dataDisks: [...spec.dataDisks, 256] })],
  network: [
    'networkProfile.networkInterfaceConfigurations',
    (spec) => ({ ...spec, pools: [...spec.pools, `web-${spec.pools.length}`] }),
  ],
  licence: [
    'licenseType',
    ({ licence, ...spec }) => (licence === undefined ? { ...spec, licence: 'Windows_Server' } : spec),
  ],
  // Custom data, a password or protected settings: no GET shows them.
  unseen: ['osProfile.customData', (spec) => ({ ...spec, unseen: `${spec.unseen ?? ''}*` })],
  // There and back again: behind, and nothing differs.
  nothing: ['licenseType', (spec) => spec],
  unknownFields: [
    'fieldOfTheFuture',
    (spec) => ({ ...spec, unknown: { fieldOfTheFuture: { level: 7, nested: [{ of: 'things' }] } } }),
  ],
} as const satisfies Record<string, readonly [path: string, change: (spec: ModelSpec) => ModelSpec]>;

export type ChangeName = keyof typeof CHANGES;

export const changeNames = Object.keys(CHANGES) as readonly ChangeName[];

/** Path of a change inside the set, as change records write it. */
export const pathOf = (name: ChangeName): string => {
  const [path] = CHANGES[name];
  return path === 'sku.name' ? path : `properties.virtualMachineProfile.${path}`;
};

const made = new WeakMap<ModelSpec, Map<ChangeName, ModelSpec>>();

/** The changed model; the same one for the same model, so that sets go on sharing theirs. */
export function changed(spec: ModelSpec, name: ChangeName): ModelSpec {
  const known = made.get(spec) ?? new Map<ChangeName, ModelSpec>();
  const next = known.get(name) ?? CHANGES[name][1](spec);
  made.set(spec, known.set(name, next));
  return next;
}

const monitor = ({ os }: ModelSpec) => ({
  name: 'AzureMonitorAgent',
  publisher: 'Microsoft.Azure.Monitor',
  type: `AzureMonitor${os}Agent`,
  version: '1.0',
  settings: { GCS_AUTO_CONFIG: true },
});

const otherImage = (image: ImageReference): ImageReference => {
  if ('id' in image) return { id: image.id.replace(/\/images\/\w+/, '/images/web2') };
  const { sku } = image;
  return { ...image, sku: sku === 'server' ? 'server-gen1' : '2025-datacenter-g2', version: 'latest' };
};

const pinned = (image: ImageReference, version: string): ImageReference =>
  'id' in image ? { id: `${image.id.replace(/\/versions\/.*/, '')}/versions/${version}` } : { ...image, version };

const nextVersion = (image: ImageReference): string => {
  if ('id' in image) return nextNumber(/\/versions\/(.+)$/.exec(image.id)?.[1] ?? '1.0.10');
  if (image.version !== 'latest') return nextNumber(image.version);
  return image.publisher === 'Canonical' ? '24.04.202611010' : '20348.4171.261111';
};

const nextNumber = (version: string): string => version.replace(/\d+$/, (last) => String(Number(last) + 1));
