import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { zipOf } from './zip.ts';

// What a release consists of: the folder that is deployed as a zip, what is in it, and the sums of both. The same commit gives
// the same bytes, so that whoever doubts a release can make it again.

const { values, positionals } = parseArgs({ options: { tag: { type: 'string' } }, allowPositionals: true });
const [out = 'release'] = positionals;
const tag = `v${manifest.version}`;
if ((values.tag ?? tag) !== tag) throw new Error(`the tag ${values.tag} is not that of package.json, ${tag}`);

const BILL = 'relay.cdx.json';

/** The files that are deployed, by their paths. */
async function built(): Promise<ReadonlyMap<string, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-release-'));
  try {
    execFileSync(process.execPath, ['scripts/build.ts', folder], { stdio: 'inherit' });
    // The configuration of whoever builds: it is nobody else's, and may hold addresses.
    await rm(join(folder, 'relay.yaml'), { force: true });
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
    const contents = await Promise.all(paths.map((path) => readFile(path)));
    return new Map(contents.map((content, at) => [relative(folder, paths[at] ?? '').replaceAll(sep, '/'), content]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const files = await built();
const made = { [BILL]: files.get(BILL) ?? Buffer.of(), 'relay.zip': zipOf(files) };
const sums = Object.entries(made).map(
  ([name, content]) => `${createHash('sha256').update(content).digest('hex')}  ${name}\n`,
);

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const [name, content] of Object.entries({ ...made, SHA256SUMS: sums.join('') })) {
  await writeFile(join(out, name), content);
}
console.log(`${out}: ${tag}\n${sums.join('')}`);
