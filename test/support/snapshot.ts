import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../infra', import.meta.url));

/** A resource as the compiler of Bicep says that Azure will be asked for it. What only Azure knows is a text in brackets. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

export interface Snapshot {
  readonly predictedResources: readonly Resource[];
  readonly diagnostics: readonly string[];
}

/** The committed snapshots by the name of their parameters; `npm run infra` holds them against the templates. */
export const SNAPSHOTS: ReadonlyMap<string, Snapshot> = new Map(
  globSync('*.snapshot.json', { cwd: FOLDER }).map(
    (file) => [basename(file, '.snapshot.json'), JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))] as const,
  ),
);

export const resourcesOf = (name: string, type?: string): readonly Resource[] =>
  (SNAPSHOTS.get(name)?.predictedResources ?? []).filter((each) => type === undefined || each.type === type);

export const ALL: readonly Resource[] = [...SNAPSHOTS.keys()].flatMap((name) => resourcesOf(name));

/** What lies at a path such as `properties.siteConfig.minTlsVersion`. */
export const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], value);
