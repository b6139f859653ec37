import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

// Whoever hands these on need only say whose they are, which the file beside the bundle does.
const WELCOME = new Set(['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0']);

/** Whose manifest names no licence by its SPDX id, and what their authors say of it, with the page that says so. */
const SAID: Readonly<Record<string, { readonly license: string; readonly page: string }>> = {
  // Of two, the one that is taken.
  '@zone-eu/mailsplit 5.4.30': { license: 'MIT', page: 'https://github.com/zone-eu/mailsplit#license' },
  'uri-templates 0.2.0': { license: 'public domain', page: 'https://github.com/geraintluff/uri-templates#license' },
};

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

/** A package, code of which is in the bundle. */
export interface Bundled extends Manifest {
  /** Where it is, from here: its key in the lock file too. */
  readonly folder: string;
  /** Of its licence. */
  readonly text: string;
}

const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/** The packages that these files are from. Throws where one of them may not be handed on as freely as the relay itself. `files` are paths from here. */
export async function packagesOf(files: readonly string[]): Promise<readonly Bundled[]> {
  const folders = [...new Set(files.flatMap((file) => PACKAGE.exec(file)?.[0] ?? []))].sort();
  const packages = await Promise.all(folders.map(read));
  const unwelcome = packages.filter(
    ({ name, version, license }) => !WELCOME.has(license ?? '') && SAID[`${name} ${version}`] === undefined,
  );
  if (unwelcome.length > 0) {
    throw new Error(unwelcome.map(({ name, license = 'none' }) => `the licence of ${name} is ${license}`).join('\n'));
  }
  return packages;
}

/** The licences of packages as one text for those who get the bundle. */
export function thirdParty(packages: readonly Bundled[]): string {
  const titles = packages.map(({ name, version, license }) => `${name} ${version} (${license})`);
  const texts = packages.map(({ text }, index) => `${RULER}\n${titles[index]}\n${RULER}\n\n${text}`);
  return [`The bundle holds code of ${packages.length} packages:\n\n${titles.join('\n')}`, ...texts].join('\n\n');
}

const RULER = '-'.repeat(80);

async function read(folder: string): Promise<Bundled> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const { author } = manifest;
  const said = SAID[`${manifest.name} ${manifest.version}`];
  const license = said?.license ?? manifest.license;
  const by = (typeof author === 'string' ? author : author?.name) ?? 'its authors';
  const missing = `By ${by}, who give no text of the licence: see ${said?.page ?? `https://spdx.org/licenses/${license}.html`}`;
  return {
    ...manifest,
    ...(license !== undefined && { license }),
    folder,
    text: texts.length > 0 ? texts.map((text) => text.trim()).join('\n\n') : missing,
  };
}
