import { open } from 'node:fs/promises';
import { ConfigurationError } from '../problems/errors.ts';
import { unset } from './settings.ts';
import type { Env } from './variables.ts';

/** A configuration file, wherever it is kept. `name` is for whoever has to mend it. */
export interface File {
  readonly name: string;
  readonly text: string;
}

export const DEFAULT_FILE = 'relay.yaml';

/**
 * The most that a configuration may have, in bytes. A receiver with its routes takes some 500: this is two thousand of them, and
 * what is larger is another file, whose reading would hold up the process.
 */
export const MOST_CONFIG_BYTES = 1024 * 1024;

export const TOO_LARGE = 'it is larger than 1 MiB, the most that a configuration may be';

class TooLarge extends Error {}

/** The text of a file. Rejects where it cannot be read, and once it turns out to be larger than a configuration may be. */
export async function readConfigText(path: string): Promise<string> {
  const file = await open(path);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // A device has no size that could be asked for.
    for await (const chunk of file.createReadStream({ autoClose: false, end: MOST_CONFIG_BYTES })) {
      chunks.push(Buffer.from(chunk));
      bytes += chunk.length;
    }
  } finally {
    await file.close();
  }
  if (bytes > MOST_CONFIG_BYTES) throw new TooLarge(TOO_LARGE);
  return Buffer.concat(chunks).toString('utf8');
}

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
      return { name: path, text: await readConfigText(place) };
    } catch (error) {
      reasons.push(whyUnreadable(error));
    }
  }
  if (named === undefined && !reasons.includes(TOO_LARGE)) return undefined;
  // Where it lies in one of the places, what keeps it from being read there is what matters.
  const reason = reasons.find((each) => each !== NOT_THERE) ?? NOT_THERE;
  throw new ConfigurationError([
    { path: named === undefined ? path : 'RELAY_CONFIG', message: named === undefined ? reason : shown(path, reason) },
  ]);
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
  if (error instanceof TooLarge) return TOO_LARGE;
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
