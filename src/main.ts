import { type Config, readConfig } from './config.ts';
import { sourceSettings } from './credentials.ts';
import type { DeadLetter, Delivery } from './delivery/delivery.ts';
import { ConfigurationError } from './errors.ts';
import { problem } from './http.ts';
import { azureLedger } from './outbound/azure-ledger.ts';
import { azureQueue } from './outbound/azure-queue.ts';
import { azureRejected } from './outbound/azure-rejected.ts';
import { slackWebhook } from './outbound/slack-webhook.ts';
import type { StorageConnection } from './outbound/storage.ts';
import { teamsWorkflow } from './outbound/teams-workflow.ts';
import type { Ports } from './ports.ts';
import { createRelay, type Relay } from './relay.ts';

/** The names of what the relay keeps in storage. The queue's is also in functions/deliver.ts, where Azure reads it. */
export const STORAGE_NAMES = {
  deliveries: 'deliveries',
  deadLetters: 'dead-letters',
  ledger: 'deliveries',
  rejected: 'rejected',
} as const;

/** Everything outside, for real. */
const connect = (storage: StorageConnection): Ports => ({
  deliveries: azureQueue<Delivery>(storage, STORAGE_NAMES.deliveries),
  deadLetters: azureQueue<DeadLetter>(storage, STORAGE_NAMES.deadLetters),
  ledger: azureLedger(storage, STORAGE_NAMES.ledger),
  rejected: azureRejected(storage, STORAGE_NAMES.rejected),
  transports: { 'slack-webhook': slackWebhook, 'teams-workflow': teamsWorkflow },
  clock: { now: Date.now },
  random: Math.random,
});

/** The settings of this process, with some more. Throws a ConfigurationError. */
export const settings = (more: Readonly<Record<string, string>> = {}): Promise<Config> =>
  readConfig({ ...process.env, ...more });

/** One finished relay from its settings. Throws a ConfigurationError. */
export function compose({ receivers, routes, runbooks, sources, storage }: Config): Relay {
  if (storage === undefined) {
    throw new ConfigurationError([{ path: 'AzureWebJobsStorage', message: 'expected a storage connection' }]);
  }
  if (receivers.length === 0) {
    const message =
      'no receiver is configured; set SLACK_WEBHOOK_URL, TEAMS_WEBHOOK_URL or both, or write a relay.yaml';
    throw new ConfigurationError([{ path: '', message }]);
  }
  return createRelay({ receivers, routes, runbooks, sources: sourceSettings(sources), ports: connect(storage) });
}

let current: Promise<Relay> | undefined;

/** The relay of this process, made when first needed. */
export function relay(): Promise<Relay> {
  current ??= composed();
  return current;
}

/** Puts a relay in place before the first call: the local run brings storage and receivers of its own. */
export function use(relay: Relay): void {
  current = Promise.resolve(relay);
}

/** A relay that cannot be made yet answers 503, so that senders try again once the settings are mended. */
async function composed(): Promise<Relay> {
  try {
    return compose(await settings());
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const unavailable = async () => problem(error);
    const impossible = () => Promise.reject(error);
    return { accept: unavailable, preview: unavailable, health: unavailable, deliver: impossible, clean: impossible };
  }
}
