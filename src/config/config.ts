import type { Receiver } from '../destinations/receiver.ts';
import { isDevelopment } from '../destinations/receiver-url.ts';
import { destinations } from '../destinations/registry.ts';
import { type ArmSettings, armSettings, type DriftSettings, driftSettings } from '../drift/rules/settings.ts';
import { serveCloud } from '../event/cloud.ts';
import type { StorageConnection } from '../outbound/storage/storage.ts';
import { ConfigurationError, problemsIn } from '../problems/errors.ts';
import { NO_MUTES } from '../routing/mutes.ts';
import { toAll } from '../routing/routes.ts';
import type { actionsIn } from './actions.ts';
import type { Defaults, Rules } from './compile.ts';
import { DEFAULT_FILE, type File, fileText } from './file-text.ts';
import type { ConfigFile } from './schema.ts';
import { addressProblems, readSettings, type Settings, storageOf, URL_SETTINGS } from './settings.ts';
import type { Env } from './variables.ts';

export interface Config extends Rules, Defaults {
  /** Whether this is a local run, where plain http: to this machine is allowed. */
  readonly development: boolean;
  /** Whether App Service signs people in, and tells who they are. */
  readonly appServiceSignIn: boolean;
  /** Undefined where none is named. */
  readonly storage: StorageConnection | undefined;
  /** Undefined where the drift report is off. */
  readonly drift: DriftSettings | undefined;
  /** Where Azure is read; undefined where nothing wants to. */
  readonly arm: ArmSettings | undefined;
  /** Client id of the user-assigned identity that the relay is to Azure; undefined for the system's. */
  readonly azureClientId: string | undefined;
  /** What names the receivers, for people: a file, a blob, or settings; undefined where nothing does. */
  readonly origin: string | undefined;
  /** What people can do by buttons; undefined where that is off. */
  readonly actions: ReturnType<typeof actionsIn> | undefined;
  /** Where the documents are, with a slash at the end. */
  readonly docs: string | undefined;
  readonly port: number;
  readonly dataDir: string;
  /** Whether npm runs this process, through a shell that keeps signals to itself. */
  readonly underNpm: boolean;
}

/**
 * The settings, checked; throws a ConfigurationError with every problem at once. No message repeats a setting's value, but
 * for the name of the file.
 * `text` is that of the configuration file, where it is read already, and `name` what its problems are told by.
 */
export async function readConfig(env: Env, text?: string, name = nameIn(env)): Promise<Config> {
  const development = isDevelopment(env);
  const { given, problems } = readSettings(env);
  const file = await problemsIn(() => configFile(env, text === undefined ? undefined : { name, text }));
  const drift = await problemsIn(async () => driftSettings(env));
  const wantsMachines = file.value?.scaling?.machines === true;
  const hasDrift = Boolean(env['DRIFT_SCOPE']?.trim());
  const arm = await problemsIn(async () => (wantsMachines && !hasDrift ? armSettings(env) : drift.value));
  const addresses = addressProblems(env, wantsMachines || hasDrift);
  const all = [...problems, ...file.problems, ...addresses, ...drift.problems, ...arm.problems];
  if (given === undefined || all.length > 0) throw new ConfigurationError(all);
  serveCloud(given.AZURE_CLOUD);
  const defaults = { locale: given.RELAY_LOCALE, timeZone: given.RELAY_TIME_ZONE };
  return {
    development,
    appServiceSignIn: env['WEBSITE_AUTH_ENABLED']?.trim().toLowerCase() === 'true',
    ...defaults,
    ...(file.value === undefined ? withoutFile(receiversOf(given, defaults)) : await rulesOf(file.value, defaults)),
    storage: storageOf(given),
    actions: await actionsOf(file.value, env, given.PORT),
    drift: drift.value,
    arm: arm.value,
    azureClientId: clientIdIn(env),
    origin: file.value === undefined ? namedIn(given) : (given.RELAY_CONFIG?.trim() ?? name),
    docs: given.RELAY_DOCS_URL?.replace(/\/?$/, '/'),
    port: given.PORT,
    dataDir: given.RELAY_DATA_DIR,
    underNpm: given.npm_lifecycle_event !== undefined,
  };
}

/** The user-assigned identity that the relay is. */
export const clientIdIn = (env: Env): string | undefined =>
  env['AZURE_CLIENT_ID']?.trim() || env['AzureWebJobsStorage__clientId']?.trim() || undefined;

/** The blob that holds the configuration file, where the settings name one. Throws a ConfigurationError. */
export function configBlob(
  env: Env,
): { readonly storage: StorageConnection; readonly container: string; readonly name: string } | undefined {
  const { given } = readSettings(env);
  const [, container, name] = /^([^/]+)\/(.+)$/.exec(given?.RELAY_CONFIG_BLOB ?? '') ?? [];
  if (given === undefined || container === undefined || name === undefined) return undefined;
  const storage = storageOf(given);
  const problems = addressProblems(env).filter(({ path }) => path.startsWith('AzureWebJobsStorage'));
  if (problems.length > 0) throw new ConfigurationError(problems);
  if (storage !== undefined) return { storage, container, name };
  throw new ConfigurationError([
    { path: 'RELAY_CONFIG_BLOB', message: 'expected AzureWebJobsStorage, which holds it' },
  ]);
}

// Most relays have no buttons.
const actionsOf = async (file: ConfigFile | undefined, env: Env, port: number) =>
  file?.actions && (await import('./actions.ts')).actionsIn(file.actions, env, port);

const nameIn = (env: Env): string => env['RELAY_CONFIG_BLOB']?.trim() || DEFAULT_FILE;

async function configFile(env: Env, given: File | undefined): Promise<ConfigFile | undefined> {
  const file = given ?? (await fileText(env));
  return file === undefined ? undefined : parsed(file, env);
}

// Most relays have no file: its schema, and what reads it, are loaded when there is one.
const parsed = async ({ name, text }: File, env: Env) => (await import('./file.ts')).parseConfigFile(text, env, name);
const rulesOf = async (file: ConfigFile, defaults: Defaults) => (await import('./compile.ts')).compiled(file, defaults);

/** What there is without a file: every event to every receiver. */
const withoutFile = (receivers: readonly Receiver[]): Rules => ({
  receivers,
  routes: toAll(receivers.map(({ name }) => name)),
  ...{ environments: [], notices: [], runbooks: [], owners: [] },
  ...{
    quiet: NO_MUTES,
    joins: undefined,
    drill: undefined,
    reviews: [],
    expects: [],
    page: { viewers: [], operators: [] },
    machines: false,
    sources: {},
    mayChoose: [],
    severities: {},
  },
});

/** The settings that name receivers, for people. */
const namedIn = (given: Settings): string | undefined =>
  URL_SETTINGS.flatMap(([key]) => (given[key] === undefined ? [] : [key])).join(', ') || undefined;

/** The receivers that the settings name themselves. */
const receiversOf = (given: Settings, defaults: Defaults): Receiver[] =>
  URL_SETTINGS.flatMap(([key, type]) => {
    const url = given[key];
    return url === undefined ? [] : [{ name: type, type, url, rate: destinations[type].rate, ...defaults }];
  });
