import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readConfigText, whyUnreadable } from '../config/file-text.ts';
import type { Config } from '../config.ts';
import { PayloadError, type Problem } from '../errors.ts';
import { ownSources } from '../sources/own-sources.ts';
import type { Source } from '../sources/source.ts';

/** What is wrong with the sample bodies of mappings, each read as if it had been posted. `name` and `text` are the configuration's. */
export async function sampleProblems(
  { name, text }: { readonly name: string; readonly text: string },
  sources: Config['sources'],
): Promise<readonly Problem[]> {
  const lines = text.split('\n');
  const found = ownSources(sources).map(async (own) => {
    const source = await own.load();
    const { samples = [], like } = sources[own.name] ?? {};
    const line = lines.findIndex((each) => each.trimStart().startsWith(`${own.name}:`)) + 1 || 1;
    const messages = await Promise.all(
      samples.map((each) => faultsOf(join(dirname(name), each), source, like !== undefined)),
    );
    return messages.flat().map((message) => ({ path: `${name}:${line}:1  sources.${own.name}.samples`, message }));
  });
  return (await Promise.all(found)).flat();
}

async function faultsOf(pattern: string, source: Source, hasLike: boolean): Promise<readonly string[]> {
  const folder = dirname(pattern);
  try {
    const files =
      basename(pattern) === '*.json'
        ? (await readdir(folder)).filter((each) => each.endsWith('.json'))
        : [basename(pattern)];
    if (files.length === 0) return [`${pattern}: there is no such file`];
    const faults = await Promise.all(files.sort().map((each) => faultOf(join(folder, each), source, hasLike)));
    return faults.flatMap((each) => each ?? []);
  } catch (error) {
    return [`${pattern}: ${whyUnreadable(error)}`];
  }
}

async function faultOf(file: string, source: Source, hasLike: boolean): Promise<string | undefined> {
  let body: unknown;
  try {
    body = JSON.parse(await readConfigText(file));
  } catch (error) {
    return `${file}: ${error instanceof SyntaxError ? 'it is no JSON' : whyUnreadable(error)}`;
  }
  const headers = new Headers();
  if (hasLike && !source.detects(body, headers)) return `${file}: it is not as \`like\` says`;
  try {
    source.read(body, { headers, receivedAt: new Date().toISOString(), includes: () => false });
    return undefined;
  } catch (error) {
    if (error instanceof PayloadError) return `${file}: ${error.message}`;
    throw error;
  }
}
