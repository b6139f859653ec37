import '../../src/outbound/http/no-proxy.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { http, queues, timers } from '../../functions/definitions.ts';
import { compose, STORAGE_NAMES } from '../../src/app/compose.ts';
import { resolvedSchedule, settings, stopTelemetry, telemetry, use } from '../../src/app/main.ts';
import type { Config } from '../../src/config/config.ts';
import { stateName } from '../../src/drift/run.ts';
import { azureDriftState } from '../../src/outbound/storage/drift-state.ts';
import { queueClient, type StorageConnection } from '../../src/outbound/storage/storage.ts';
import { deliveryFacts } from '../../src/telemetry/line.ts';
import type { Observed } from '../../src/telemetry/observed.ts';
import { redact } from '../../src/telemetry/redact.ts';
import { startClock } from './clock.ts';
import { openDataFolder } from './data-folder.ts';
import { deliveryLine } from './delivery-line.ts';
import { type EmbeddedStorage, openEmbeddedStorage } from './embedded-storage.ts';
import { explained } from './explained.ts';
import { Fleet } from './fleet.ts';
import { hostSettings } from './host-settings.ts';
import { httpTrigger } from './http-trigger.ts';
import { Inbox } from './inbox.ts';
import { addressesOf, builtInReceivers } from './inbox-receivers.ts';
import { isTaken, listen, reserved } from './listen.ts';
import { openMailDoors } from './mail-door.ts';
import { pageAssets } from './page-assets.ts';
import { actionsAt, localActions, pressing } from './press.ts';
import { startQueueTrigger } from './queue-trigger.ts';
import { readyLines } from './ready-lines.ts';
import { refuseSecondRelay } from './second-relay.ts';
import { serve } from './server.ts';
import { timerTrigger } from './timer-trigger.ts';
import { webhookLine } from './webhook-line.ts';

// With what is ended after it, less than the 10 s that Docker and many others give. A chat answers within a second, or not at all.
const DRAIN_MILLISECONDS = 4_500;

// Whoever was just taken hears it.
const LAST_ANSWERS_MILLISECONDS = 500;

const SLOW_MILLISECONDS = 10_000;

const log = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)}  ${redact(line)}`);

async function start(): Promise<void> {
  const config = await settings({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development' });
  // From here on: a signal during the start must not leave Azurite behind.
  const ending = reasonToEnd(config);
  await openDataFolder(config.dataDir);
  if (config.storage === undefined) await refuseSecondRelay(config.dataDir, config.port);
  const run = await open(config);
  for (const line of readyLines(config, run)) console.log(line);
  for (const each of config.misspelt) log(`warning: ${each}`);
  log(`ending: ${await ending}`);
  await close(run);
  log('ended');
}

interface Run extends Awaited<ReturnType<typeof serveAt>> {
  readonly url: string;
  readonly embedded: EmbeddedStorage | undefined;
}

/** Everything that runs in a local run, once it takes webhooks. */
async function open(config: Config): Promise<Run> {
  const url = `http://127.0.0.1:${await reserved(config.port)}`;
  const embedded = config.storage === undefined ? await embeddedAt(url, config) : undefined;
  try {
    const storage = config.storage ?? { connectionString: embedded?.connectionString ?? '' };
    return { url, embedded, ...(await serveAt(url, config, storage, embedded)) };
  } catch (error) {
    await embedded?.stop();
    // Somebody took it meanwhile; where any port will do, the next one does.
    if (config.port === 0 && isTaken(error)) return open(config);
    throw error;
  }
}

async function embeddedAt(url: string, { dataDir }: Config): Promise<EmbeddedStorage> {
  const slow = setTimeout(() => log('waiting for Azurite, the embedded storage, to start'), SLOW_MILLISECONDS);
  return openEmbeddedStorage(dataDir, url).finally(() => clearTimeout(slow));
}

/** The relay is whole before the first request is taken: whoever asks early finds nobody, and no half-made answer. */
async function serveAt(url: string, config: Config, storage: StorageConnection, embedded: EmbeddedStorage | undefined) {
  const host = await hostSettings();
  const builtIn = config.receivers.length === 0;
  const receivers = builtIn ? builtInReceivers(url, config) : config.receivers;
  const names = receivers.map(({ name }) => name);
  const routes = builtIn ? [{ to: names }] : config.routes;
  const { elsewhere, voices } = addressesOf(receivers, url);
  const inbox = new Inbox(config.dataDir, config);
  inbox.hears(voices);
  const fleet = new Fleet();
  showDrift(fleet, config, storage);
  const actions = builtIn ? localActions(url) : actionsAt(url, config.actions?.rules);
  use(logged(compose({ ...config, receivers, routes, storage, actions }, { telemetry: await telemetry() })));
  const followed = { ...timers, drift: fleet.following(timers.drift) };
  const server = serve({
    functions: httpTrigger(Object.values(http), host.routePrefix),
    timers: timerTrigger(followed, log),
    inbox,
    fleet: (call) => fleet.answer(call),
    assets: once(pageAssets),
    receivers: () => ({ receivers: names, builtIn, elsewhere }),
    press: pressing({ rules: actions?.rules, receivers, slack: http.slack.handler, act: http.act.handler }),
    log,
  });
  await listen(server, Number(new URL(url).port));
  const closeMail = await openMailDoors({ receivers, inbox, log });
  await embedded?.claim();
  const clock = await startClock({ timers: followed, resolve: resolvedSchedule, folder: config.dataDir, log });
  return {
    receivers,
    inbox,
    server,
    closeMail,
    triggers: [...(await startTriggers(storage, host.queues, inbox)), clock],
  };
}

function showDrift(fleet: Fleet, { drift }: Config, storage: StorageConnection): void {
  if (drift === undefined) return;
  const state = azureDriftState(storage, STORAGE_NAMES.drift);
  fleet.reads(() => state.readOverview(stateName(drift)), drift.armEndpoint);
}

async function close({ inbox, server, closeMail, triggers, embedded }: Run): Promise<void> {
  inbox.close();
  // Whatever is on its way to a chat is let finish; the queue keeps the rest. The inbox is a chat too: it goes after that.
  await Promise.race([Promise.all(triggers.map((trigger) => trigger.stop())), sleep(DRAIN_MILLISECONDS)]);
  await Promise.race([new Promise((done) => server.close(done)), sleep(LAST_ANSWERS_MILLISECONDS)]);
  server.closeAllConnections();
  await Promise.all([closeMail(), embedded?.stop(), stopTelemetry()]);
}

/** The same relay; the log tells in words what became of webhooks and deliveries. */
const logged = (relay: Observed): Observed => ({
  ...relay,
  async accept(...given) {
    const receipt = await relay.accept(...given);
    const line = webhookLine(receipt);
    if (line !== undefined) log(line);
    return receipt;
  },
  async deliver(...given) {
    const reports = await relay.deliver(...given);
    for (const report of reports) log(deliveryLine(deliveryFacts(report)));
    return reports;
  },
});

const startTriggers = (
  storage: StorageConnection,
  queueSettings: Awaited<ReturnType<typeof hostSettings>>['queues'],
  inbox: Inbox,
) =>
  Promise.all(
    Object.values(queues).map(async ({ queueName, handler }) =>
      startQueueTrigger({
        queue: await queueClient(storage, queueName),
        poison: await queueClient(storage, `${queueName}-poison`),
        settings: queueSettings,
        handler: (message, triggerMetadata) => {
          inbox.remember(message);
          const tell = (about: string, line: unknown) => {
            if (about !== 'delivery') log(`${about} ${line}`);
          };
          return handler(message, { triggerMetadata, log: tell });
        },
        log,
      }),
    ),
  );

/** Why this process should end: a signal, or the end of the npm that started it. */
const reasonToEnd = ({ underNpm }: Config): Promise<string> =>
  new Promise((done) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      // A second signal ends at once: the default, once this listener is gone.
      process.once(name, () => done(name));
    }
    // A terminal that closes says so more than once: its shell passes on what its programs have had already.
    process.on('SIGHUP', () => done('SIGHUP'));
    // npm passes SIGTERM to the shell it runs us in, which dies of it and leaves us behind.
    const parent = process.ppid;
    if (underNpm) setInterval(() => process.ppid !== parent && done('npm has ended'), 250).unref();
  });

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

try {
  await start();
  process.exit(0);
} catch (error) {
  console.error(explained(error));
  process.exit(1);
}
