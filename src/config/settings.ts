import * as z from 'zod';
import { deadAddress } from '../destinations/guide.ts';
import { isDevelopment, plainProblem, urlProblem } from '../destinations/receiver-url.ts';
import type { DestinationName } from '../destinations/registry.ts';
import { type CloudName, clouds } from '../event/cloud.ts';
import { localeNames } from '../locales/words-of.ts';
import type { StorageConnection } from '../outbound/storage/storage.ts';
import type { Problem } from '../problems/errors.ts';
import { worded } from '../problems/issues.ts';
import { timeZone } from '../routing/time-zone.ts';
import type { Env } from './variables.ts';

/** One of the languages there are. */
export const localeName = z.enum(localeNames);

// The Functions host and local.settings.json give an empty string for "not set".
export const unset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const setting = <T extends z.ZodType>(schema: T) => z.preprocess(unset, schema);

// https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
const BLOB = /^[a-z0-9](-?[a-z0-9]){2,62}\/[^/].{0,1023}$/;

const cloudNames = Object.keys(clouds) as [CloudName, ...CloudName[]];

/** The environment variables there are. */
export const settings = z.object({
  SLACK_WEBHOOK_URL: setting(z.string().trim().optional()).describe(
    'Without a file: the receiver `slack`, an incoming webhook at hooks.slack.com or hooks.slack-gov.com.',
  ),
  TEAMS_WEBHOOK_URL: setting(z.string().trim().optional()).describe(
    'Without a file: the receiver `teams`, a Workflows webhook at \\*.environment.api.powerplatform.com or \\*.logic.azure.com.',
  ),
  RELAY_CONFIG: setting(z.string().optional()).describe(
    'Path of the configuration file; without it, `relay.yaml` if there is one.',
  ),
  RELAY_CONFIG_BLOB: setting(z.string().regex(BLOB, 'expected <container>/<name>').optional()).describe(
    'The configuration file as a blob of that storage account: `<container>/<name>`. A change is in force within 30 s.',
  ),
  RELAY_LOCALE: setting(localeName.default('en')).describe('Language of the messages: `en`, `ko`, `cs` or `vi`.'),
  RELAY_TIME_ZONE: setting(timeZone.default('UTC')).describe(
    'IANA time zone of the written time in messages, such as `Asia/Seoul` (UTC is always beside it; both chats show each reader their own time as well).',
  ),
  RELAY_DOCS_URL: setting(z.url({ protocol: /^https$/, error: 'expected an https: URL' }).optional()).describe(
    'Where the documents are that notices link to: the address of `docs/` in your own copy of the repository. Without it they name the page.',
  ),
  AzureWebJobsStorage: setting(z.string().optional()).describe(
    'Storage connection string; the local run brings its own.',
  ),
  AzureWebJobsStorage__accountName: setting(z.string().optional()).describe(
    'Or, for an identity: the name of the account.',
  ),
  AzureWebJobsStorage__blobServiceUri: setting(z.url().optional()).describe(
    'Or, address by address: where its blobs are.',
  ),
  AzureWebJobsStorage__queueServiceUri: setting(z.url().optional()).describe(
    'Where its queues are; needed with the other two.',
  ),
  AzureWebJobsStorage__tableServiceUri: setting(z.url().optional()).describe(
    'Where its tables are; needed with the other two.',
  ),
  AzureWebJobsStorage__clientId: setting(z.string().optional()).describe('The client id of a user-assigned identity.'),
  AZURE_CLIENT_ID: setting(z.string().optional()).describe(
    "Client id of the user-assigned identity that reads scale sets and signs in at receivers; without it, that of the storage, else the system's own.",
  ),
  AZURE_CLOUD: setting(z.enum(cloudNames, `expected ${cloudNames.join(', ')}`).default('public')).describe(
    'The cloud of Azure: `public`, `usgov` or `china`. It says where its portal, Resource Manager and sign-in are, and who calls secure webhooks.',
  ),
  PORT: setting(z.coerce.number({ error: 'expected a port number' }).int().min(0).max(65_535).default(7071)).describe(
    'Local run: Port, on 127.0.0.1 only; 0 takes any free one.',
  ),
  RELAY_DATA_DIR: setting(z.string().default('.relay')).describe(
    'Local run: Folder of the embedded storage and the inbox.',
  ),
  npm_lifecycle_event: z.string().optional(),
});

export type Settings = z.infer<typeof settings>;

/** The settings that are right, and what is wrong with the others. */
export function readSettings(env: Env): {
  readonly given: Settings | undefined;
  readonly problems: readonly Problem[];
} {
  const { data, error } = settings.safeParse(env, { error: worded });
  const wrong = (error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message }));
  const twice =
    data?.RELAY_CONFIG !== undefined && data.RELAY_CONFIG_BLOB !== undefined
      ? [{ path: 'RELAY_CONFIG_BLOB', message: 'RELAY_CONFIG names a file as well: set one of them' }]
      : [];
  return { given: data, problems: [...wrong, ...twice] };
}

/** The settings that make a receiver without a file. */
export const URL_SETTINGS = [
  ['SLACK_WEBHOOK_URL', 'slack'],
  ['TEAMS_WEBHOOK_URL', 'teams'],
] as const satisfies readonly (readonly [keyof Settings, DestinationName])[];

/** What is wrong with addresses in settings. That of Azure is not looked at where nobody reads it. */
export function addressProblems(env: Env, readsAzure = false): readonly Problem[] {
  const development = isDevelopment(env);
  const problem = (key: string, check: (url: string) => string | undefined): readonly Problem[] => {
    const url = env[key]?.trim();
    const message = url ? check(url) : undefined;
    return message === undefined ? [] : [{ path: key, message }];
  };
  return [
    ...URL_SETTINGS.flatMap(([key, type]) => problem(key, (url) => urlProblem(url, type, development))),
    ...[...STORAGE_SETTINGS, ...(readsAzure ? ['ARM_ENDPOINT'] : [])].flatMap((key) =>
      problem(key, (url) => plainProblem(url, development)),
    ),
  ];
}

/** Addresses in settings that cannot work, for `lint`. */
export const deadAddresses = (env: Env): readonly Problem[] =>
  URL_SETTINGS.flatMap(([path, type]) => {
    const url = env[path]?.trim();
    const message = url ? deadAddress(url, type) : undefined;
    return message === undefined ? [] : [{ path, message }];
  });

/** The settings that say where storage is, by address. */
const STORAGE_SETTINGS: readonly string[] = [
  'AzureWebJobsStorage__blobServiceUri',
  'AzureWebJobsStorage__queueServiceUri',
  'AzureWebJobsStorage__tableServiceUri',
] satisfies readonly (keyof Settings)[];

export function storageOf(given: Settings): StorageConnection | undefined {
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
