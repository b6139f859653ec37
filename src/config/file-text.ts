import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../errors.ts';
import { unset } from './settings.ts';
import type { Env } from './variables.ts';

const DEFAULT_FILE = 'relay.yaml';

/**
 * The text of the configuration file; undefined where there is none. What RELAY_CONFIG names must be there, `relay.yaml`
 * may be. Throws a ConfigurationError.
 */
export async function fileText(env: Env): Promise<string | undefined> {
  const named = unset(env['RELAY_CONFIG']);
  const path = typeof named === 'string' ? named.trim() : DEFAULT_FILE;
  for (const place of [path, ...deployedIn(env).map((folder) => `${folder}/${path}`)]) {
    const text = await readFile(place, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  if (named === undefined) return undefined;
  throw new ConfigurationError([{ path: 'RELAY_CONFIG', message: 'the file that it names cannot be read' }]);
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
