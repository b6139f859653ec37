import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../errors.ts';
import { unset } from './settings.ts';
import type { Env } from './variables.ts';

/** A configuration file, wherever it is kept. `name` is for whoever has to mend it. */
export interface File {
  readonly name: string;
  readonly text: string;
}

export const DEFAULT_FILE = 'relay.yaml';

/**
 * The configuration file; undefined where there is none. What RELAY_CONFIG names must be there, `relay.yaml` may be.
 * Throws a ConfigurationError.
 */
export async function fileText(env: Env): Promise<File | undefined> {
  const named = unset(env['RELAY_CONFIG']);
  const path = typeof named === 'string' ? named.trim() : DEFAULT_FILE;
  const reasons: string[] = [];
  for (const place of [path, ...deployedIn(env).map((folder) => `${folder}/${path}`)]) {
    try {
      return { name: path, text: await readFile(place, 'utf8') };
    } catch (error) {
      reasons.push(whyUnreadable(error));
    }
  }
  if (named === undefined) return undefined;
  // Where it lies in one of the places, what keeps it from being read there is what matters.
  const reason = reasons.find((each) => each !== NOT_THERE) ?? NOT_THERE;
  throw new ConfigurationError([{ path: 'RELAY_CONFIG', message: shown(path, reason) }]);
}

/** A reason with the file that it is about. What is no name of such a file may be a secret in the wrong place. */
export const shown = (path: string, reason: string): string =>
  /^[^?#]+\.(ya?ml|json)$/i.test(path) ? `${path}: ${reason}` : reason;

const NOT_THERE = 'there is no such file';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: NOT_THERE,
  ENOTDIR: NOT_THERE,
  EISDIR: 'it is a folder',
  EACCES: 'reading it is not permitted',
  EPERM: 'reading it is not permitted',
};

/** Why a file could not be read, as the end of a sentence that names it. */
export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? 'it cannot be read';
}

/**
 * The folders that were deployed. Azure's worker need not run in them (it has been seen in a system folder,
 * https://github.com/serverless/serverless-azure-functions/issues/90), and the variable that names the root is not set
 * everywhere (https://github.com/Azure/Azure-Functions/issues/1146); but what is built knows where it lies.
 */
function deployedIn(env: Env): readonly string[] {
  const root = env['AzureWebJobsScriptRoot']?.trim();
  // The source is an ES module, which has no such name. What is built has this in `lazy`: scripts/build.ts.
  const built = typeof __dirname === 'string' ? __dirname.replace(/[\\/]lazy$/, '') : undefined;
  return [root, built].flatMap((folder) => folder || []);
}
