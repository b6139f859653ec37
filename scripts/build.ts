import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { relative, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin, transform } from 'esbuild';
import { pageFiles } from '../dev/host/page-assets.ts';
import manifest from '../package.json' with { type: 'json' };
import { billOfMaterials } from './bill-of-materials.ts';
import { packagesOf, thirdParty } from './third-party.ts';

// What a start waits for, and what the first call adds to it. See docs/performance.md for the measurements.
const MOST_BYTES = { start: 128 * 1024, 'first call': 372 * 1024 } as const;

/** The folder that is made; another one can be named on the command line. */
const OUT = process.argv[2] ?? 'dist';

const START = 'functions/index.ts';
const FIRST_CALL = 'src/app/compose.ts';

/** What exists only inside Azure's worker. */
const AZURE = '@azure/functions-core';

/** The release, and of a clone the commit: what is deployed can be told from what was deployed before. */
const BUILD = [manifest.version, commit()].filter((each) => each !== '').join('+');

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

// Escaped, a letter of Korean or Vietnamese takes twice its bytes.
const common = { platform: 'node', target: 'node22', minify: true, charset: 'utf8' } as const satisfies BuildOptions;

const leftOut: Plugin = {
  name: 'left out',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^(?:apache-arrow|open|supports-color|(?:node:)?child_process)$/ }, () => ({
      path: resolve('scripts/left-out.ts'),
    })),
};

/** The page for the team, as text in the bundle: wherever that lies, its files are found. */
const page: Plugin = {
  name: 'page',
  setup: ({ onLoad }) =>
    onLoad({ filter: /src[\\/]relay[\\/]ui[\\/]files\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: source.replace('= {};', `= ${JSON.stringify(await pageFiles())};`), loader: 'ts' };
    }),
};

// An ES module cannot find what is only inside Azure's worker; but only ES modules can be split, so that what is loaded
// with import() is a file of its own, and what several need is there once.
const { outputFiles, metafile } = await build({
  ...common,
  bundle: true,
  format: 'esm',
  splitting: true,
  entryPoints: [{ in: START, out: 'index' }],
  outdir: OUT,
  outExtension: { '.js': '.cjs' },
  chunkNames: 'lazy/[name]-[hash]',
  external: [AZURE],
  plugins: [leftOut, page],
  define: { RELAY_BUILD: JSON.stringify(BUILD) },
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
});

const open = Object.values(metafile.outputs).flatMap(({ imports }) =>
  imports.filter(({ external, path }) => external && path !== AZURE && !isBuiltin(path)).map(({ path }) => path),
);
if (open.length > 0) throw new Error(`the bundle would look for ${open.join(', ')}`);

await rm(OUT, { recursive: true, force: true });
await mkdir(`${OUT}/lazy`, { recursive: true });
for (const { path, text } of outputFiles) {
  const { code } = await transform(text, { ...common, format: 'cjs', supported: { 'dynamic-import': false } });
  await writeFile(path, isWholePackage(relative('', path)) ? `${code}module.exports=module.exports.default;\n` : code);
}

/** Whether a file is a CommonJS package, whose exports an ES module can only hold as its default. */
function isWholePackage(file: string): boolean {
  const { entryPoint = '', exports = [] } = metafile.outputs[file] ?? {};
  return metafile.inputs[entryPoint]?.format === 'cjs' && exports.join() === 'default';
}

// The folder can be deployed as it stands.
await cp('host.json', `${OUT}/host.json`);
await cp('LICENSE', `${OUT}/LICENSE`);
if (existsSync('relay.yaml')) await cp('relay.yaml', `${OUT}/relay.yaml`);
const { name, license, engines } = manifest;
await writeFile(
  `${OUT}/package.json`,
  JSON.stringify({ name, version: BUILD, license, engines, main: 'index.cjs' }, null, 2),
);
const packages = await packagesOf(Object.keys(metafile.inputs));
await writeFile(`${OUT}/THIRD-PARTY.txt`, thirdParty(packages));
await writeFile(`${OUT}/relay.cdx.json`, billOfMaterials({ ...manifest, version: BUILD }, packages));

/** The files that are loaded together with what is made of a source file. */
function together({ outputs }: Metafile, source: string): readonly string[] {
  const first = Object.keys(outputs).filter((file) => outputs[file]?.entryPoint === source);
  const files = new Set(first);
  for (const file of files) {
    for (const { kind, path } of outputs[file]?.imports ?? []) if (kind === 'import-statement') files.add(path);
  }
  if (first.length === 0) throw new Error(`nothing is made of ${source}`);
  return [...files].filter((file) => file in outputs);
}

const bytesOf = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0);

const start = together(metafile, START);
const firstCall = together(metafile, FIRST_CALL).filter((file) => !start.includes(file));
for (const [what, files] of Object.entries({ start, 'first call': firstCall })) {
  const most = MOST_BYTES[what === 'start' ? 'start' : 'first call'];
  console.log(
    `${what.padEnd(10)} ${String(Math.round(bytesOf(files) / 1024)).padStart(4)} KB in ${files.length} files`,
  );
  if (bytesOf(files) <= most) continue;
  console.error(`that is more than ${most / 1024} KB: load what is heavy with import()`);
  process.exitCode = 1;
}
const later = Object.entries(metafile.outputs).filter(([file]) => ![...start, ...firstCall].includes(file));
const neededLater = later.flatMap(
  ([, { entryPoint = '' }]) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(entryPoint)?.[1] ?? [],
);
console.log(
  `${OUT}: ${outputFiles.length} files; loaded when first needed: ${[...new Set(neededLater)].sort().join(', ')}`,
);
