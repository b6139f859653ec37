import * as z from 'zod';
import { type DestinationName, destinations } from './destinations.ts';
import { ConfigurationError, type Problem } from './errors.ts';
import { type LocaleName, locales } from './locales/registry.ts';
import type { StorageConnection } from './outbound/storage.ts';
import type { Receiver } from './receiver.ts';

export interface Config {
  /** Whether this is a local run, where plain http: to this machine is allowed. */
  readonly development: boolean;
  readonly receivers: readonly Receiver[];
  /** Undefined where none is named. */
  readonly storage: StorageConnection | undefined;
  readonly locale: LocaleName;
  readonly timeZone: string;
  readonly port: number;
  readonly dataDir: string;
  /** Whether npm runs this process, through a shell that keeps signals to itself. */
  readonly underNpm: boolean;
}

// The Functions host and local.settings.json give an empty string for "not set".
const unset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const setting = <T extends z.ZodType>(schema: T) => z.preprocess(unset, schema);

const localeNames = Object.keys(locales) as LocaleName[];

const settings = z.object({
  SLACK_WEBHOOK_URL: setting(z.string().trim().optional()),
  TEAMS_WEBHOOK_URL: setting(z.string().trim().optional()),
  RELAY_LOCALE: setting(
    z.enum(localeNames, { error: `expected one of the languages there are: ${localeNames.join(', ')}` }).default('en'),
  ),
  RELAY_TIME_ZONE: setting(
    z.string().refine(isTimeZone, 'expected an IANA time zone, such as Asia/Seoul').default('UTC'),
  ),
  RELAY_CONFIG: setting(
    z.undefined({ error: 'this version reads no configuration file; use SLACK_WEBHOOK_URL and TEAMS_WEBHOOK_URL' }),
  ),
  RELAY_DATA_DIR: setting(z.string().default('.relay')),
  PORT: setting(z.coerce.number({ error: 'expected a port number' }).int().min(0).max(65_535).default(7071)),
  npm_lifecycle_event: z.string().optional(),
  AzureWebJobsStorage: setting(z.string().optional()),
  AzureWebJobsStorage__accountName: setting(z.string().optional()),
  AzureWebJobsStorage__queueServiceUri: setting(z.url().optional()),
  AzureWebJobsStorage__tableServiceUri: setting(z.url().optional()),
  AzureWebJobsStorage__clientId: setting(z.string().optional()),
});

type Settings = z.infer<typeof settings>;

/** The settings, checked; throws a ConfigurationError with every problem at once. No message repeats a setting's value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const development = env['AZURE_FUNCTIONS_ENVIRONMENT'] === 'Development';
  const result = settings.safeParse(env);
  const problems = [
    ...(result.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message })),
    ...urlProblems(env, development),
  ];
  if (!result.success || problems.length > 0) throw new ConfigurationError(problems);
  const { RELAY_LOCALE: locale, RELAY_TIME_ZONE: timeZone, ...given } = result.data;
  const receivers = URL_SETTINGS.flatMap(([key, type]) => {
    const url = given[key];
    return url === undefined ? [] : [{ name: type, type, url, locale, timeZone }];
  });
  return {
    development,
    receivers,
    storage: storageOf(given),
    locale,
    timeZone,
    port: given.PORT,
    dataDir: given.RELAY_DATA_DIR,
    underNpm: given.npm_lifecycle_event !== undefined,
  };
}

const URL_SETTINGS = [
  ['SLACK_WEBHOOK_URL', 'slack'],
  ['TEAMS_WEBHOOK_URL', 'teams'],
] as const satisfies readonly (readonly [keyof Settings, DestinationName])[];

const urlProblems = (env: Readonly<Record<string, string | undefined>>, development: boolean): Problem[] =>
  URL_SETTINGS.flatMap(([key, type]) => {
    const url = env[key]?.trim();
    const message = url ? urlProblem(url, type, development) : undefined;
    return message === undefined ? [] : [{ path: key, message }];
  });

/** What is wrong with a receiver's URL, without repeating it: it is a secret even when it is mistyped. */
export function urlProblem(text: string, type: DestinationName, development: boolean): string | undefined {
  const url = URL.parse(text);
  if (url === null) return 'expected a whole URL, beginning with https://';
  if (development && isLoopback(url.hostname)) return undefined;
  if (url.protocol !== 'https:') return 'expected https: (plain http: is only for this machine, in a local run)';
  if (url.username !== '' || url.password !== '') return 'expected a URL without a user name or a password';
  // Microsoft retired the connectors of Office 365 in 2026: nothing sent there arrives.
  if (/(^|\.)(webhook\.)?office\.com$/.test(url.hostname)) {
    return 'this is an Office 365 connector, which Microsoft has retired; make a Workflows webhook for the channel instead';
  }
  if (url.port !== '' || !destinations[type].hosts.test(url.hostname))
    return `this is not the address of a ${type} webhook`;
  return undefined;
}

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function storageOf(given: Omit<Settings, 'RELAY_LOCALE' | 'RELAY_TIME_ZONE'>): StorageConnection | undefined {
  if (given.AzureWebJobsStorage !== undefined) return { connectionString: given.AzureWebJobsStorage };
  const account = given.AzureWebJobsStorage__accountName;
  const at = (service: string) =>
    account === undefined ? undefined : `https://${account}.${service}.core.windows.net`;
  const queueServiceUri = given.AzureWebJobsStorage__queueServiceUri ?? at('queue');
  const tableServiceUri = given.AzureWebJobsStorage__tableServiceUri ?? at('table');
  return queueServiceUri === undefined || tableServiceUri === undefined
    ? undefined
    : { queueServiceUri, tableServiceUri, clientId: given.AzureWebJobsStorage__clientId };
}
