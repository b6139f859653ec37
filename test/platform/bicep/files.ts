import { cp, glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bicep } from './compiler.ts';

const INFRA = 'infra';
const PARAMS = 'test/infra';

/** Does something in a folder that is gone afterwards. */
export async function inTemporary<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-bicep-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every line that the compiler warns with, once. A misspelt property is a warning and no error: the build ends with 0. */
export async function buildProblems(bicep: Bicep, out: string): Promise<readonly string[]> {
  const { code, text } = await bicep(['build', '--pattern', `${INFRA}/**/*.bicep`, '--outdir', out]);
  const problems = linesOf(text);
  return code === 0 || problems.length > 0 ? problems : [`bicep build ended with ${code}: ${text.trim()}`];
}

/** What a compiler told, without what it tells again for each file that uses a module. */
export const linesOf = (text: string): readonly string[] => [
  ...new Set(text.split('\n').filter((line) => / : (Warning|Error) /.test(line))),
];

/** The files that are not as `bicep format` writes them; with `isWritten`, it has written them. */
export async function formatProblems(bicep: Bicep, isWritten = false): Promise<readonly string[]> {
  const changed: string[] = [];
  await inTemporary(async (folder) => {
    for (const part of [INFRA, PARAMS]) await cp(part, join(folder, part), { recursive: true });
    for (const end of ['bicep', 'bicepparam']) await bicep(['format', '--pattern', `**/*.${end}`], folder);
    for await (const file of glob(['**/*.bicep', '**/*.bicepparam'], { cwd: folder })) {
      if ((await readFile(join(folder, file), 'utf8')) === (await readFile(file, 'utf8'))) continue;
      changed.push(file);
      if (isWritten) await cp(join(folder, file), file);
    }
  });
  return changed.sort().map((file) => `${file} is not as bicep format writes it`);
}
