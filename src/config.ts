import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { type ConfigFile, localeName, parseConfigFile, type SourceOptions, timeZone } from './config-file.ts';
import type { DestinationName } from './destinations.ts';
import { ConfigurationError, type Problem } from './errors.ts';
import type { LocaleName } from './locales/registry.ts';
import type { StorageConnection } from './outbound/storage.ts';
import type { Receiver } from './receiver.ts';
import { isDevelopment, urlProblem } from './receiver-url.ts';
import { type Conditions, matcher } from './routing/match.ts';
import type { Route } from './routing/routes.ts';
import type { Runbook } from './routing/runbooks.ts';

export interface Config {
  /** Whether this is a local run, where plain http: to this machine is allowed. */
  readonly development: boolean;
  readonly receivers: readonly Receiver[];
  readonly routes: readonly Route[];
  readonly runbooks: readonly Runbook[];
  /** By the name of the source. */
  readonly sources: Readonly<Record<string, SourceOptions>>;
  /** Undefined where none is named. */
  readonly storage: StorageConnection | undefined;
  readonly locale: LocaleName;
  readonly timeZone: string;
  readonly port: number;
  readonly dataDir: string;
  /** Whether npm runs this process, through a shell that keeps signals to itself. */
  readonly underNpm: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

// The Functions host and local.settings.json give an empty string for "not set".
const unset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const setting = <T extends z.ZodType>(schema: T) => z.preprocess(unset, schema);

const settings = z.object({
  SLACK_WEBHOOK_URL: setting(z.string().trim().optional()),
  TEAMS_WEBHOOK_URL: setting(z.string().trim().optional()),
  RELAY_CONFIG: setting(z.string().optional()),
  RELAY_LOCALE: setting(localeName.default('en')),
  RELAY_TIME_ZONE: setting(timeZone.default('UTC')),
  RELAY_DATA_DIR: setting(z.string().default('.relay')),
  PORT: setting(z.coerce.number({ error: 'expected a port number' }).int().min(0).max(65_535).default(7071)),
  npm_lifecycle_event: z.string().optional(),
  AzureWebJobsStorage: setting(z.string().optional()),
  AzureWebJobsStorage__accountName: setting(z.string().optional()),
  AzureWebJobsStorage__blobServiceUri: setting(z.url().optional()),
  AzureWebJobsStorage__queueServiceUri: setting(z.url().optional()),
  AzureWebJobsStorage__tableServiceUri: setting(z.url().optional()),
  AzureWebJobsStorage__clientId: setting(z.string().optional()),
});

type Settings = z.infer<typeof settings>;

const DEFAULT_FILE = 'relay.yaml';

/** The settings, checked; throws a ConfigurationError with every problem at once. No message repeats a setting's value. */
export async function readConfig(env: Env): Promise<Config> {
  const development = isDevelopment(env);
  const result = settings.safeParse(env);
  const file = await problemsIn(() => configFile(env));
  const problems = [
    ...(result.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message })),
    ...file.problems,
    ...urlProblems(env, development),
  ];
  if (!result.success || problems.length > 0) throw new ConfigurationError(problems);
  const given = result.data;
  const receivers = receiversOf(given, file.value);
  return {
    development,
    receivers,
    routes: file.value?.routes?.map(route) ?? [{ to: receivers.map(({ name }) => name) }],
    runbooks: file.value?.runbooks?.map(runbook) ?? [],
    sources: Object.fromEntries(
      Object.entries(file.value?.sources ?? {}).flatMap(([name, options]) => (options ? [[name, options]] : [])),
    ),
    storage: storageOf(given),
    locale: given.RELAY_LOCALE,
    timeZone: given.RELAY_TIME_ZONE,
    port: given.PORT,
    dataDir: given.RELAY_DATA_DIR,
    underNpm: given.npm_lifecycle_event !== undefined,
  };
}

/** The configuration file, if there is one: the named one must be there, `relay.yaml` may be. */
async function configFile(env: Env): Promise<ConfigFile | undefined> {
  const named = unset(env['RELAY_CONFIG']);
  let text: string;
  try {
    text = await readFile(typeof named === 'string' ? named : DEFAULT_FILE, 'utf8');
  } catch {
    if (named === undefined) return undefined;
    throw new ConfigurationError([{ path: 'RELAY_CONFIG', message: 'the file that it names cannot be read' }]);
  }
  return parseConfigFile(text, env);
}

async function problemsIn<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T | undefined; readonly problems: readonly Problem[] }> {
  try {
    return { value: await work(), problems: [] };
  } catch (error) {
    if (error instanceof ConfigurationError) return { value: undefined, problems: error.problems };
    throw error;
  }
}

const URL_SETTINGS = [
  ['SLACK_WEBHOOK_URL', 'slack'],
  ['TEAMS_WEBHOOK_URL', 'teams'],
] as const satisfies readonly (readonly [keyof Settings, DestinationName])[];

/** The receivers of the file; without a file, those of the two settings. */
function receiversOf({ RELAY_LOCALE, RELAY_TIME_ZONE, ...given }: Settings, file: ConfigFile | undefined): Receiver[] {
  const defaults = { locale: RELAY_LOCALE, timeZone: RELAY_TIME_ZONE };
  if (file !== undefined) {
    return Object.entries(file.receivers).map(([name, { type, url, ...own }]) => ({
      name,
      type,
      url,
      locale: own.locale ?? defaults.locale,
      timeZone: own.timeZone ?? defaults.timeZone,
    }));
  }
  return URL_SETTINGS.flatMap(([key, type]) => {
    const url = given[key];
    return url === undefined ? [] : [{ name: type, type, url, ...defaults }];
  });
}

const matching = (match: object | undefined) => match && { match: matcher(match as Conditions) };

const route = ({ match, ...rest }: NonNullable<ConfigFile['routes']>[number]): Route => ({
  to: rest.to,
  continue: rest.continue ?? false,
  ...matching(match),
});

const runbook = ({ match, url }: NonNullable<ConfigFile['runbooks']>[number]): Runbook => ({ url, ...matching(match) });

const urlProblems = (env: Env, development: boolean): Problem[] =>
  URL_SETTINGS.flatMap(([key, type]) => {
    const url = env[key]?.trim();
    const message = url ? urlProblem(url, type, development) : undefined;
    return message === undefined ? [] : [{ path: key, message }];
  });

function storageOf(given: Omit<Settings, 'RELAY_LOCALE' | 'RELAY_TIME_ZONE'>): StorageConnection | undefined {
  if (given.AzureWebJobsStorage !== undefined) return { connectionString: given.AzureWebJobsStorage };
  const account = given.AzureWebJobsStorage__accountName;
  const at = (service: string) =>
    account === undefined ? undefined : `https://${account}.${service}.core.windows.net`;
  const blobServiceUri = given.AzureWebJobsStorage__blobServiceUri ?? at('blob');
  const queueServiceUri = given.AzureWebJobsStorage__queueServiceUri ?? at('queue');
  const tableServiceUri = given.AzureWebJobsStorage__tableServiceUri ?? at('table');
  return blobServiceUri === undefined || queueServiceUri === undefined || tableServiceUri === undefined
    ? undefined
    : { blobServiceUri, queueServiceUri, tableServiceUri, clientId: given.AzureWebJobsStorage__clientId };
}
