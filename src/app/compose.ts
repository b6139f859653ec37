import './without-code.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, clientIdIn, configBlob, readConfig } from '../config/config.ts';
import { fileText } from '../config/file-text.ts';
import { misspeltSettings } from '../config/misspelt.ts';
import { reloading } from '../config/reload.ts';
import type { Env } from '../config/variables.ts';
import type { Ports } from '../delivery/ports.ts';
import type { QueueMessage } from '../delivery/rules/delivery.ts';
import { noticeOf } from '../delivery/rules/notice.ts';
import { isDevelopment } from '../destinations/receiver-url.ts';
import { poster } from '../outbound/http/post.ts';
import { transportsWithin } from '../outbound/http/transports.ts';
import { signInAs } from '../outbound/sign-in/signed-in.ts';
import { storageNow } from '../outbound/storage/clock.ts';
import { azureLedger } from '../outbound/storage/ledger.ts';
import { azurePoison } from '../outbound/storage/poison.ts';
import { azureQueue } from '../outbound/storage/queue.ts';
import { azureRejected } from '../outbound/storage/rejected.ts';
import type { StorageConnection } from '../outbound/storage/storage.ts';
import { azureText } from '../outbound/storage/text.ts';
import { ConfigurationError, type Problem } from '../problems/errors.ts';
import { createRelay } from '../relay/relay.ts';
import { ownSources } from '../sources/registry.ts';
import { type Observed, observed } from '../telemetry/observed.ts';
import { observedPorts } from '../telemetry/observed-ports.ts';
import { redact, secretsOf } from '../telemetry/redact.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { identityOf } from './azure.ts';
import { teamsCalls } from './bots.ts';
import { sourceSettings } from './credentials.ts';
import { driftReports } from './drift.ts';
import { machinesOf } from './machines.ts';
import { telemetryOf } from './telemetry.ts';

/** The names of what the relay keeps in storage. The queue's is also in functions/deliver.ts, where Azure reads it. */
export const STORAGE_NAMES = {
  deliveries: 'deliveries',
  ledger: 'deliveries',
  rejected: 'rejected',
  drift: 'drift',
} as const;

/** Everything outside, for real. */
const connect = (storage: StorageConnection, who: Parameters<typeof identityOf>[0]): Ports => {
  const reach = who.development ? 'local' : 'public';
  const signIn = signInAs(identityOf(who), poster(reach));
  return {
    deliveries: azureQueue<QueueMessage>(storage, STORAGE_NAMES.deliveries),
    poison: azurePoison(storage, STORAGE_NAMES.deliveries),
    ledger: azureLedger(storage, STORAGE_NAMES.ledger),
    rejected: azureRejected(storage, STORAGE_NAMES.rejected),
    transports: transportsWithin(reach, signIn),
    signIn,
    calledByTeams: teamsCalls(),
    answer: poster(who.development ? 'local' : 'public'),
    clock: { now: storageNow, wait: sleep },
    random: Math.random,
  };
};

const BLOB = 'RELAY_CONFIG_BLOB';

export interface Given extends Config {
  /** What is said of variables that were probably meant to be settings. */
  readonly misspelt: readonly string[];
}

/** The settings there are. Throws a ConfigurationError, or a StorageError where they are kept there. */
export async function settings(env: Env): Promise<Given> {
  const text = await blobText(env);
  const config = await readConfig(env, text);
  return { ...config, misspelt: misspeltSettings(env, text ?? (await fileText(env))?.text) };
}

async function blobText(env: Env): Promise<string | undefined> {
  const blob = configBlob(env);
  if (blob === undefined) return undefined;
  const found = await azureText(blob.storage, { ...blob, setting: BLOB })();
  return found === 'unchanged' ? '' : found.text;
}

/** What a relay goes by, as it is configured. */
function rulesIn({
  receivers,
  environments,
  routes,
  mayChoose,
  severities,
  ...config
}: Omit<Config, 'sources' | 'storage'>) {
  const { notices, docs, runbooks, owners, quiet, joins, drill, reviews, expects } = config;
  const told = { notices, docs, runbooks, owners, quiet, joins, drill, reviews, expects };
  return { receivers, environments, routes, mayChoose, severities, ...told };
}

/** One finished relay from its settings. Throws a ConfigurationError. */
export function compose(
  { storage, sources, ...config }: Config,
  { ports, telemetry }: { readonly ports?: Ports; readonly telemetry?: Telemetry | undefined } = {},
): Observed {
  if (storage === undefined) {
    throw new ConfigurationError([{ path: 'AzureWebJobsStorage', message: 'expected a storage connection' }]);
  }
  if (config.receivers.length === 0) {
    const message =
      'no receiver is configured; set SLACK_WEBHOOK_URL, TEAMS_WEBHOOK_URL or both, or write a relay.yaml';
    throw new ConfigurationError([{ path: '', message }]);
  }
  const { receivers } = config;
  const outside = ports ?? connect(storage, config);
  const relay = createRelay({
    ...rulesIn(config),
    sources: sourceSettings(sources),
    own: ownSources(sources),
    drift: driftReports(config, storage, STORAGE_NAMES.drift),
    machines: machinesOf(config),
    actions: config.actions,
    signIn: { platform: config.appServiceSignIn, local: config.development, rules: config.page },
    ports: telemetry === undefined ? outside : observedPorts(outside, receivers, telemetry),
  });
  return observed(relay, telemetry, [...(config.actions?.rules.keys ?? []), ...secretsOf(receivers)]);
}

/** The relay of the settings; of a blob, one that is made anew whenever that has changed. */
export function opened(env: Env): () => Promise<Observed> {
  const blob = configBlob(env);
  const telemetry = telemetryOf(env);
  if (blob === undefined) {
    const made = settings(env).then((config) => compose(config, { telemetry }));
    return () => made;
  }
  const ports = connect(blob.storage, { development: isDevelopment(env), azureClientId: clientIdIn(env) });
  let notices: readonly string[] = [];
  return reloading({
    read: azureText(blob.storage, { ...blob, setting: BLOB }),
    async make(text) {
      const config = await readConfig(env, text);
      const made = compose(config, { ports, telemetry });
      notices = config.notices;
      return made;
    },
    onProblem: (problems, at, state) =>
      tellOf(problems, { about: `${blob.container}/${blob.name}`, at, state, notices, ports }),
    now: Date.now,
  });
}

/** A configuration that is not taken is told in the log and to whoever looks after the relay, once by all instances. */
function tellOf(
  problems: readonly Problem[],
  {
    about,
    at,
    state,
    notices,
    ports,
  }: { about: string; at: string; state: string; notices: readonly string[]; ports: Ports },
): void {
  for (const { path, message } of problems) console.error(redact(`configuration ${path}: ${message}`));
  if (notices.length === 0) return;
  const reason = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  const event = noticeOf('configuration', about, at, { reason, began: state });
  const acceptedAt = new Date().toISOString();
  ports.deliveries
    .send({ version: 1, event, receivers: [...notices], attempt: 0, acceptedAt })
    .catch((error: unknown) => console.error(redact(`configuration ${about}: nobody could be told: ${String(error)}`)));
}
