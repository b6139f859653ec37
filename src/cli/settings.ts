import { type Config, configBlob, readConfig } from '../config/config.ts';
import { DEFAULT_FILE, type File, readConfigText, shown, TOO_LARGE, whyUnreadable } from '../config/file-text.ts';
import { URL_SETTINGS } from '../config/settings.ts';
import type { Receiver } from '../destinations/receiver.ts';
import { typedHere } from '../event/command.ts';
import { didYouMean } from '../problems/spelling.ts';
import { toAll } from '../routing/routes.ts';
import { CommandFailure } from './failure.ts';
import type { WrittenEnvironment } from './idle-environments.ts';
import type { WrittenRoute } from './route-verdicts.ts';
import type { Shell } from './shell.ts';

type Env = Shell['env'];

/** A configuration without a problem. */
export interface Good {
  /** Undefined where there is no file, only settings. */
  readonly file: string | undefined;
  readonly config: Config;
  /** The routes as they are written. */
  readonly written: readonly WrittenRoute[];
  /** The rules of `environments`, likewise. */
  readonly environments: readonly WrittenEnvironment[];
  /** What is said of variables that were probably meant to be settings. */
  readonly misspelt: readonly string[];
}

/** The settings that `npm start` would read here. Throws a ConfigurationError. */
export async function settingsHere(env: Env): Promise<Config> {
  const file = await configurationFile(env);
  return readConfig(asStarted(env), file?.text, file?.name);
}

/** The environment with what `npm start` adds: plain http: to this machine is allowed. */
export const asStarted = (env: Env): Env => ({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development', ...env });

const BLOB = 'RELAY_CONFIG_BLOB';

/**
 * The file that is named by the command, by RELAY_CONFIG or by RELAY_CONFIG_BLOB; else relay.yaml, if there is one.
 * Throws where what is named cannot be read.
 */
export async function configurationFile(env: Env, given?: string): Promise<File | undefined> {
  const named = given ?? (env['RELAY_CONFIG']?.trim() || undefined);
  const blob = named === undefined ? configBlob(env) : undefined;
  if (blob !== undefined) {
    const { azureText } = await import('../outbound/storage/text.ts');
    const found = await azureText(blob.storage, { ...blob, setting: BLOB })();
    return found === 'unchanged' ? undefined : { name: `${blob.container}/${blob.name}`, text: found.text };
  }
  try {
    const name = named ?? DEFAULT_FILE;
    return { name, text: await readConfigText(name) };
  } catch (error) {
    const reason = whyUnreadable(error);
    if (named === undefined && reason !== TOO_LARGE) return undefined;
    if (given !== undefined) throw new CommandFailure(`${given}: ${reason}.`, { status: 2 });
    if (named === undefined) throw new CommandFailure(`${DEFAULT_FILE}: ${reason}.`);
    throw new CommandFailure(`RELAY_CONFIG: ${shown(named, reason)}.`);
  }
}

/** The receiver of that name. Throws where there is none. */
export function receiverNamed(name: string, receivers: readonly Receiver[]): Receiver {
  const receiver = receivers.find((each) => each.name === name);
  if (receiver !== undefined) return receiver;
  throw noReceiver(
    name,
    receivers.map((each) => each.name),
  );
}

/** That there is no receiver of a name, and which there are. */
export const noReceiver = (name: string, names: readonly string[]): CommandFailure =>
  new CommandFailure(`There is no receiver ${name}${didYouMean(name, names) || '.'}`, {
    status: 2,
    next: names.length > 0 ? `There are ${names.join(', ')}.` : NO_RECEIVER,
  });

export const NO_RECEIVER = `No receiver is configured. ${typedHere.start} then uses its own inbox. For real ones: set SLACK_WEBHOOK_URL, TEAMS_WEBHOOK_URL or both, or ${typedHere.sample}.`;

/** Settings without receivers, with those of a plain local run. */
export function withBuiltIn(config: Config): Config {
  const { locale, timeZone } = config;
  const receivers = URL_SETTINGS.map(([, type]) => ({
    ...{ name: `inbox-${type}`, type, url: '', locale, timeZone },
  }));
  return { ...config, receivers, routes: toAll(receivers.map(({ name }) => name)) };
}
