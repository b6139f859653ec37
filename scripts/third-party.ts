import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

// Whoever hands these on need only say whose they are, which the file beside the bundle does.
const WELCOME = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0']);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/**
 * The licences of the packages that these files are from, as one text for those who get the bundle. Throws where one of
 * them may not be handed on as freely as the relay itself. `files` are paths from here.
 */
export async function thirdParty(files: readonly string[]): Promise<string> {
  const folders = [...new Set(files.flatMap((file) => PACKAGE.exec(file)?.[0] ?? []))].sort();
  const packages = await Promise.all(folders.map(read));
  const unwelcome = packages.filter(({ license }) => !WELCOME.has(license ?? ''));
  if (unwelcome.length > 0) {
    throw new Error(unwelcome.map(({ name, license = 'none' }) => `the licence of ${name} is ${license}`).join('\n'));
  }
  const titles = packages.map(({ name, version, license }) => `${name} ${version} (${license})`);
  const texts = packages.map(({ text }, index) => `${RULER}\n${titles[index]}\n${RULER}\n\n${text}`);
  return [`The bundle holds code of ${packages.length} packages:\n\n${titles.join('\n')}`, ...texts].join('\n\n');
}

const RULER = '-'.repeat(80);

async function read(folder: string): Promise<Manifest & { readonly text: string }> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const { license, author } = manifest;
  const by = (typeof author === 'string' ? author : author?.name) ?? 'its authors';
  const missing = `By ${by}, who give no text of the licence: see https://spdx.org/licenses/${license}.html`;
  return { ...manifest, text: texts.length > 0 ? texts.map((text) => text.trim()).join('\n\n') : missing };
}
