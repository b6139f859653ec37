import { readFile } from 'node:fs/promises';
import { type Config, configBlob, readConfig } from '../config.ts';
import type { Receiver } from '../receiver.ts';
import { didYouMean } from '../spelling.ts';
import { CommandFailure } from './failure.ts';
import type { Shell } from './shell.ts';

type Env = Shell['env'];

/** The settings that `npm start` would read here. Throws a ConfigurationError. */
export async function settingsHere(env: Env): Promise<Config> {
  const file = await configurationFile(env);
  return readConfig(asStarted(env), file?.text);
}

/** The environment with what `npm start` adds: plain http: to this machine is allowed. */
export const asStarted = (env: Env): Env => ({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development', ...env });

/** A configuration file, wherever it is kept. */
export interface File {
  readonly name: string;
  readonly text: string;
}

const DEFAULT_FILE = 'relay.yaml';
const BLOB = 'RELAY_CONFIG_BLOB';

/**
 * The file that is named by the command, by RELAY_CONFIG or by RELAY_CONFIG_BLOB; else relay.yaml, if there is one.
 * Throws where what is named cannot be read.
 */
export async function configurationFile(env: Env, given?: string): Promise<File | undefined> {
  const named = given ?? (env['RELAY_CONFIG']?.trim() || undefined);
  const blob = named === undefined ? configBlob(env) : undefined;
  if (blob !== undefined) {
    const { azureText } = await import('../outbound/azure-text.ts');
    const found = await azureText(blob.storage, { ...blob, setting: BLOB })();
    return found === 'unchanged' ? undefined : { name: `${blob.container}/${blob.name}`, text: found.text };
  }
  try {
    const name = named ?? DEFAULT_FILE;
    return { name, text: await readFile(name, 'utf8') };
  } catch {
    if (named === undefined) return undefined;
    throw new CommandFailure(`${named} cannot be read.`, { status: given === undefined ? 1 : 2 });
  }
}

/** The receiver of that name. Throws where there is none. */
export function receiverNamed(name: string, receivers: readonly Receiver[]): Receiver {
  const receiver = receivers.find((each) => each.name === name);
  if (receiver !== undefined) return receiver;
  const names = receivers.map((each) => each.name);
  throw new CommandFailure(`There is no receiver ${name}${didYouMean(name, names)}`, {
    status: 2,
    next: names.length > 0 ? `There are ${names.join(', ')}.` : NO_RECEIVER,
  });
}

export const NO_RECEIVER =
  'No receiver is configured: set SLACK_WEBHOOK_URL, TEAMS_WEBHOOK_URL or both, or write a relay.yaml.';
