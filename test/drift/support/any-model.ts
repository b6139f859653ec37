import fc from 'fast-check';
import type { Instance, Json, ScaleSet } from '../../../src/drift/rules/azure.ts';
import { applied, GROUP, isObject, list, NETWORK, object, scaleSet } from './models.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const version = fc
  .array(fc.integer({ min: 0, max: 999_999_999 }), { minLength: 1, maxLength: 4 })
  .map((all) => all.join('.'));
const mayBe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const named = (arbitrary: fc.Arbitrary<Json>, minLength = 0) =>
  fc.uniqueArray(arbitrary, { minLength, maxLength: 3, selector: (each) => each['name'] });

const image = fc.oneof(
  fc.record({ publisher: name, offer: name, sku: name, version: fc.oneof(fc.constant('latest'), version) }),
  fc.record({ image: name, version: mayBe(version) }).map((of) => ({
    id: `${GROUP}/providers/Microsoft.Compute/galleries/g/images/${of.image}${of.version === undefined ? '' : `/versions/${of.version}`}`,
  })),
  name.map((image) => ({ id: `${GROUP}/providers/Microsoft.Compute/images/${image}` })),
);

const settings = fc.dictionary(
  fc.stringMatching(/^[a-zA-Z]{1,8}$/),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
  {
    maxKeys: 3,
  },
);

const extension = fc
  .record({
    name,
    publisher: name,
    type: name,
    typeHandlerVersion: version,
    autoUpgradeMinorVersion: fc.boolean(),
    settings,
  })
  .map(
    ({ name, ...properties }): Json => ({ name, properties: { ...properties, protectedSettings: { key: 'hidden' } } }),
  );

const pool = (kind: string) =>
  mayBe(fc.uniqueArray(name, { maxLength: 3 }).map((all) => all.map((each) => ({ id: `${NETWORK}/${kind}/${each}` }))));

const address = fc
  .record({
    name,
    subnet: name.map((subnet) => ({ id: `${NETWORK}/virtualNetworks/v/subnets/${subnet}` })),
    loadBalancerBackendAddressPools: pool('pools'),
    applicationSecurityGroups: pool('groups'),
    publicIPAddressConfiguration: mayBe(fc.constant({ name: 'pip', properties: { idleTimeoutInMinutes: 10 } })),
  })
  .map(({ name, ...properties }): Json => ({ name, properties }));

const nic = fc
  .record({
    name,
    primary: fc.boolean(),
    enableAcceleratedNetworking: mayBe(fc.boolean()),
    networkSecurityGroup: mayBe(name.map((nsg) => ({ id: `${NETWORK}/networkSecurityGroups/${nsg}` }))),
    dnsSettings: fc.record({ dnsServers: fc.array(fc.ipV4(), { maxLength: 2 }) }),
    ipConfigurations: named(address),
  })
  .map(({ name, ...properties }): Json => ({ name, properties }));

const disk = fc.record({
  lun: fc.nat({ max: 63 }),
  createOption: fc.constant('Empty'),
  caching: fc.constantFrom('None', 'ReadOnly', 'ReadWrite'),
  diskSizeGB: fc.integer({ min: 1, max: 4095 }),
  managedDisk: fc.record({ storageAccountType: fc.constantFrom('Premium_LRS', 'StandardSSD_LRS') }),
});

const system = fc.record({
  computerNamePrefix: name,
  adminUsername: name,
  adminPassword: mayBe(fc.string()),
  customData: mayBe(fc.string()),
  linuxConfiguration: mayBe(
    fc.record({
      disablePasswordAuthentication: fc.boolean(),
      ssh: fc.record({ publicKeys: fc.array(fc.record({ path: name, keyData: fc.string() }), { maxLength: 2 }) }),
    }),
  ),
  secrets: fc.array(
    fc.record({
      sourceVault: name.map((vault) => ({ id: `${GROUP}/vaults/${vault}` })),
      vaultCertificates: fc.array(fc.record({ certificateUrl: fc.webUrl() }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
});

/** Any model that Azure could write. */
export const anySet: fc.Arbitrary<ScaleSet> = fc
  .record({
    size: fc.constantFrom('Standard_B1s', 'Standard_D2s_v5', 'Mix'),
    osProfile: system,
    storageProfile: fc.record({
      imageReference: image,
      osDisk: fc.record({
        caching: fc.constantFrom('None', 'ReadWrite'),
        diskSizeGB: mayBe(fc.integer({ min: 1, max: 100 })),
      }),
      dataDisks: fc.uniqueArray(disk, { maxLength: 3, selector: ({ lun }) => lun }),
    }),
    // Every machine has one.
    networkInterfaceConfigurations: named(nic, 1),
    extensions: named(extension),
    licenseType: mayBe(fc.constantFrom('None', 'Windows_Server')),
    priority: mayBe(fc.constantFrom('Regular', 'Spot')),
    securityProfile: mayBe(fc.constant({ securityType: 'TrustedLaunch' })),
  })
  .map(({ size, networkInterfaceConfigurations, extensions, ...profile }) => {
    const all = { ...profile, networkProfile: { networkInterfaceConfigurations }, extensionProfile: { extensions } };
    return scaleSet({ model: { sku: { name: size }, profile: shaken(all, false) } });
  });

/** What an instance's answer can have more than its model asks for, and how it can be written otherwise. */
export const anyNoise = fc.record({
  isShouted: fc.boolean(),
  isBlankLeftOut: fc.boolean(),
  patchSettings: mayBe(fc.constant({ patchMode: 'ImageDefault', assessmentMode: 'ImageDefault' })),
  bootDiagnostics: mayBe(fc.boolean()),
  agents: fc.boolean(),
});

type Noise = typeof anyNoise extends fc.Arbitrary<infer T> ? T : never;

/** The instance that Azure makes of a model, with what the platform adds. */
export function noisy(set: ScaleSet, noise: Noise): Instance {
  const instance = applied(set);
  const properties = object(instance.raw['properties']);
  const os = object(properties['osProfile']);
  const more = {
    ...properties,
    osProfile: {
      ...os,
      ...(noise.patchSettings && {
        linuxConfiguration: { ...object(os['linuxConfiguration']), patchSettings: noise.patchSettings },
      }),
    },
    ...(noise.bootDiagnostics !== undefined && {
      diagnosticsProfile: { bootDiagnostics: { enabled: noise.bootDiagnostics } },
    }),
    provisioningState: 'Updating',
    timeCreated: '2026-01-01T00:00:00Z',
  };
  const agents = noise.agents
    ? [{ name: 'A.B', properties: { publisher: 'A', type: 'B', typeHandlerVersion: '1.0' } }]
    : [];
  const shouted = noise.isShouted ? object(shout(more)) : more;
  return {
    ...instance,
    raw: {
      ...instance.raw,
      properties: shaken(shouted, noise.isBlankLeftOut),
      resources: [...list(instance.raw['resources']), ...agents].reverse(),
    },
  };
}

/** Without what is undefined, its keys the other way round; empty lists left out where asked. */
function shaken(value: Json, isBlankLeftOut: boolean): Json {
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined && !(isBlankLeftOut && Array.isArray(each) && each.length === 0))
    .map(([key, each]) => [key, isObject(each) ? shaken(each, isBlankLeftOut) : each] as const);
  return Object.fromEntries(entries.reverse());
}

/** Ids in capitals, as Azure writes group names here and there. */
function shout(value: unknown): unknown {
  if (typeof value === 'string')
    return value.startsWith('/subscriptions/') ? value.replace('rg-shop', 'RG-SHOP') : value;
  if (Array.isArray(value)) return value.map(shout);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shout(each)])) : value;
}
