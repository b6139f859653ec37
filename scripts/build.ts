import { existsSync } from 'node:fs';
import { cp, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import manifest from '../package.json' with { type: 'json' };

// What every call loads is kept small: it is the cold start. See docs/decisions.md for the measurements.
const MOST_MAIN_BYTES = 384 * 1024;

/** The folder that is made; another one can be named on the command line. */
const OUT = process.argv[2] ?? 'dist';

// Packages that the code loads with import() become files of their own, loaded when first needed.
const lazy = new Set<string>();
const lazyPackages: Plugin = {
  name: 'lazy-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^.]/ }, ({ kind, path }) => {
      if (kind !== 'dynamic-import') return undefined;
      lazy.add(path);
      return { path: `./${chunkOf(path)}`, external: true };
    });
  },
};

const chunkOf = (name: string): string => `lazy/${name.replace(/^@/, '').replaceAll('/', '-')}.cjs`;

const common: BuildOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  // An ES module cannot find @azure/functions-core, which exists only inside Azure's worker.
  format: 'cjs',
  external: ['@azure/functions-core'],
  legalComments: 'linked',
  logLevel: 'warning',
};

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
await build({
  ...common,
  entryPoints: ['functions/index.ts'],
  outfile: `${OUT}/index.cjs`,
  plugins: [lazyPackages],
});
for (const name of lazy) await build({ ...common, entryPoints: [name], outfile: `${OUT}/${chunkOf(name)}` });

// The folder can be deployed as it stands.
await cp('host.json', `${OUT}/host.json`);
if (existsSync('relay.yaml')) await cp('relay.yaml', `${OUT}/relay.yaml`);
const { name, version, license, engines } = manifest;
await writeFile(`${OUT}/package.json`, JSON.stringify({ name, version, license, engines, main: 'index.cjs' }, null, 2));

const { size: bytes } = await stat(`${OUT}/index.cjs`);
console.log(
  `${OUT}/index.cjs ${Math.round(bytes / 1024)} KB, loaded when first needed: ${[...lazy].sort().join(', ')}`,
);
if (bytes > MOST_MAIN_BYTES) {
  console.error(`the main bundle is larger than ${MOST_MAIN_BYTES / 1024} KB: load what is heavy with import()`);
  process.exitCode = 1;
}
