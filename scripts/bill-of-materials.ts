import { createHash } from 'node:crypto';
import lock from '../package-lock.json' with { type: 'json' };
import type { Bundled } from './third-party.ts';

// What the bundle is made of, for programs. `npm sbom --omit dev` leaves out what a tool for development needs as well
// (https://github.com/npm/cli/issues/7909): of this repository half of the packages, zod and yaml among them.

interface Named {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

const locked: Readonly<Record<string, { readonly version: string; readonly integrity?: string }>> = lock.packages;

/** The hash of a package as the registry gave it, in the form of CycloneDX. */
function hashesOf(folder: string) {
  const [, base64 = ''] = /^sha512-(.+)$/.exec(locked[folder]?.integrity ?? '') ?? [];
  if (base64 === '') throw new Error(`the lock file has no hash of ${folder}`);
  return [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }];
}

const purlOf = ({ name, version }: Named): string =>
  `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;

const componentOf = (type: string, named: Named) => ({
  type,
  'bom-ref': purlOf(named),
  name: named.name,
  version: named.version,
  purl: purlOf(named),
  // An id is one of SPDX's; other words are a name.
  licenses: [{ license: named.license?.includes(' ') ? { name: named.license } : { id: named.license } }],
});

/** The bill of materials of a bundle, as CycloneDX. It has no time in it and no number by chance: the same bundle, the same bytes. */
export function billOfMaterials(relay: Named, packages: readonly Bundled[]): string {
  const components = new Map(
    packages.map((each) => [purlOf(each), { ...componentOf('library', each), hashes: hashesOf(each.folder) }]),
  );
  const says = {
    metadata: { lifecycles: [{ phase: 'build' }], component: componentOf('application', relay) },
    components: [...components.values()],
  };
  // Those who attest a bill ask for its number, a UUID: here of version 8, which leaves to its maker what it is made of.
  const sum = createHash('sha256').update(JSON.stringify(says)).digest('hex');
  const uuid = sum.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
  const about = { bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: `urn:uuid:${uuid}`, version: 1 };
  return `${JSON.stringify({ $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', ...about, ...says }, null, 2)}\n`;
}
