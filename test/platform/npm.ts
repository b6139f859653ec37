import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './command.ts';
import { FOLDER } from './dotnet.ts';
import { Missing } from './part.ts';

/** Loads a package by its name. */
export type Load = <T>(name: string) => Promise<T>;

/** Packages of npm that are no dependencies, installed beside them. Rejects with `Missing` where they do not come. */
export async function npmPackages(versions: Readonly<Record<string, string>>): Promise<Load> {
  const folder = join(FOLDER, 'npm');
  const manifest = join(folder, 'package.json');
  const wanted = JSON.stringify({ private: true, dependencies: versions });
  await mkdir(folder, { recursive: true });
  const names = Object.keys(versions);
  const isThere = names.every((name) => existsSync(join(folder, 'node_modules', name, 'package.json')));
  if (!isThere || (await readFile(manifest, 'utf8').catch(() => '')) !== wanted) {
    await writeFile(manifest, wanted);
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'];
    const { code, text } = await run('npm', args, { cwd: folder });
    if (code !== 0) throw new Missing(`the packages of npm did not come (${text.trim().slice(-200)})`);
    // As it was asked for: npm writes it anew.
    await writeFile(manifest, wanted);
  }
  const from = createRequire(manifest);
  return async <T>(name: string) => (await import(pathToFileURL(from.resolve(name)).href)) as T;
}
