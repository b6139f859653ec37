import { execFileSync } from 'node:child_process';
import { appendFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { bundled, pageAssets } from '../dev/host/page-assets.ts';
import manifest from '../package.json' with { type: 'json' };
import { billOfMaterials } from './bill-of-materials.ts';
import { packagesOf, thirdParty } from './third-party.ts';

// The npm package: built JavaScript, because Node strips no types below node_modules
// (https://nodejs.org/api/typescript.html#type-stripping-in-dependencies), and everything in it, so that its tarball can be
// installed without a network. Nothing is published here: CONTRIBUTING.md says how that is done.

/** The folder that is made; another one can be named on the command line. */
const OUT = resolve(process.argv[2] ?? 'package');
const FOLDER = resolve(OUT, 'content');

/** What the schemas of `autoscale-relay/event` are made with: their types are its types, so it is there whole. */
const SCHEMAS = 'zod';

const inFolder = (path: string): string => resolve(FOLDER, path);

const common = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** A plugin that puts one file of ours in the place of what an import names. */
const inPlaceOf = (filter: RegExp, file: string): Plugin => ({
  name: file,
  setup: ({ onResolve }) => onResolve({ filter }, () => ({ path: resolve(file) })),
});

/** The command, in `lib/cli`: as deep as the sources, so that the paths from there to package.json and host.json are right. */
async function command(): Promise<{ metafile: Metafile }> {
  const made = await build({
    ...common,
    minify: true,
    format: 'esm',
    splitting: true,
    entryPoints: ['dev/package/autoscale-relay.ts'],
    outdir: inFolder('lib/cli'),
    chunkNames: '[name]-[hash]',
    // What is CommonJS asks for parts of Node with require(), which an ES module does not have.
    banner: {
      js: "import{createRequire as relayRequire}from'node:module';const require=relayRequire(import.meta.url);",
    },
    define: { RELAY_PACKAGE: 'true', RELAY_BUILD: JSON.stringify(manifest.version) },
    plugins: [
      inPlaceOf(/^(?:apache-arrow|open|supports-color)$/, 'scripts/left-out.ts'),
      inPlaceOf(/\/page-assets\.ts$/, 'dev/package/ready-pages.ts'),
    ],
  });
  for (const [file, { entryPoint = '', exports }] of Object.entries(made.metafile.outputs)) {
    const isWholePackage = made.metafile.inputs[entryPoint]?.format === 'cjs' && exports.join() === 'default';
    if (isWholePackage) await appendFile(file, await namesOf(resolve(entryPoint), basename(file)));
  }
  return made;
}

/**
 * What lets `import()` find the names of a CommonJS package as Node itself finds them: esbuild gives such a file a default
 * alone. `file` imports itself, for its default has no name inside it.
 */
async function namesOf(entry: string, file: string): Promise<string> {
  const names = Object.keys(await import(entry)).filter((each) => /^[A-Za-z]\w*$/.test(each) && each !== 'default');
  const [given, kept] = [names.map((each, at) => `${each}:r${at}_`), names.map((each, at) => `r${at}_ as ${each}`)];
  return `import relayWhole from'./${file}';const{${given}}=relayWhole;export{${kept}};\n`;
}

/** Azurite as one file. What it needs for a database of SQL and to tell Microsoft how it is used, a local run never asks for. */
function azurite(): Promise<{ metafile: Metafile }> {
  const require = createRequire(import.meta.url);
  return build({
    ...common,
    minify: true,
    format: 'cjs',
    entryPoints: [resolve(dirname(require.resolve('azurite/package.json')), 'dist/src/azurite.js')],
    outfile: inFolder('lib/azurite.cjs'),
    plugins: [
      inPlaceOf(
        /^(?:sequelize|applicationinsights|encoding)$|\/Sql(?:Blob|Extent)MetadataStore$|\/SqlBlobServer$/,
        'scripts/left-out.ts',
      ),
    ],
  });
}

/** The event for other programs: its schema as an ES module, and its types, which lean on those of zod alone. */
async function event(): Promise<{ metafile: Metafile }> {
  const entry = 'src/event/event.ts';
  const made = await build({
    ...common,
    format: 'esm',
    entryPoints: [entry],
    outfile: inFolder('event/event.js'),
    external: [SCHEMAS],
  });
  const declared = resolve(OUT, 'types');
  const options = ['--declaration', '--emitDeclarationOnly', '--noEmit', 'false', '--incremental', 'false'];
  const tsconfig = resolve(OUT, 'tsconfig.json');
  await writeFile(
    tsconfig,
    JSON.stringify({
      extends: resolve('tsconfig.json'),
      files: [resolve(entry)],
      include: [],
      compilerOptions: { outDir: declared, rootDir: resolve('src'), typeRoots: [resolve('node_modules/@types')] },
    }),
  );
  const tsc = resolve(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', tsconfig, ...options], { stdio: 'inherit' });
  const types = await readFile(resolve(declared, 'event/event.d.ts'), 'utf8');
  const leansOn = [...types.matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)].map(([, name]) => name);
  if (leansOn.join() !== SCHEMAS) throw new Error(`the types of the event would look for ${leansOn.join(', ')}`);
  await writeFile(inFolder('event/event.d.ts'), types);
  await Promise.all([rm(declared, { recursive: true }), rm(tsconfig)]);
  return made;
}

/** The pages of the local run, ready to be served; the result is what they are made of. */
async function pages(): Promise<readonly string[]> {
  const [assets, ...made] = await Promise.all([pageAssets(), bundled('inbox'), bundled('fleet', 'fleet.css')]);
  await writeFile(inFolder('lib/pages.json'), JSON.stringify([...assets]));
  return ['node_modules/adaptivecards/dist/adaptivecards.min.js', ...made.flatMap(({ inputs }) => inputs)];
}

const { name, version, description, license, engines, dependencies } = manifest;

const published = {
  ...{ name, version, description, license, type: 'module', engines },
  keywords: ['azure', 'autoscale', 'webhook', 'slack', 'teams', 'mattermost', 'deployment', 'alert'],
  bin: { [name]: 'lib/cli/autoscale-relay.js' },
  exports: {
    './event': { types: './event/event.d.ts', default: './event/event.js' },
    './package.json': './package.json',
  },
  files: ['event', 'lib', 'host.json', 'relay.sample.yaml', 'relay.cdx.json', 'THIRD-PARTY.txt'],
  dependencies: { [SCHEMAS]: dependencies[SCHEMAS] },
  bundleDependencies: [SCHEMAS],
};

await rm(OUT, { recursive: true, force: true });
await Promise.all(['event', 'lib/cli', 'node_modules'].map((each) => mkdir(inFolder(each), { recursive: true })));
const [pageFiles, ...made] = await Promise.all([pages(), command(), azurite(), event()]);

const outputs = made.flatMap(({ metafile }) => Object.values(metafile.outputs));
const open = outputs
  .flatMap(({ imports }) => imports)
  .filter(({ external, path }) => external && path !== SCHEMAS && !isBuiltin(path));
if (open.length > 0) throw new Error(`the package would look for ${open.map(({ path }) => path).join(', ')}`);

const packages = await packagesOf([...pageFiles, ...made.flatMap(({ metafile }) => Object.keys(metafile.inputs))]);
await writeFile(inFolder('package.json'), `${JSON.stringify(published, null, 2)}\n`);
await writeFile(inFolder('THIRD-PARTY.txt'), thirdParty(packages));
await writeFile(inFolder('relay.cdx.json'), billOfMaterials(manifest, packages));
for (const file of ['host.json', 'relay.sample.yaml', 'LICENSE']) await cp(file, inFolder(file));
await cp('docs/package.md', inFolder('README.md'));
await cp(`node_modules/${SCHEMAS}`, inFolder(`node_modules/${SCHEMAS}`), { recursive: true });

const tarball = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', OUT], {
  cwd: FOLDER,
  encoding: 'utf8',
}).trim();
console.log(resolve(OUT, tarball));
