import { setTimeout as sleep } from 'node:timers/promises';
import { http, queues, timers } from '../../functions/definitions.ts';
import { stateName } from '../check-drift/drift-check.ts';
import type { Config } from '../config.ts';
import type { DeliveryReport } from '../dispatch/dispatch.ts';
import { ConfigurationError } from '../errors.ts';
import type { HttpRequest } from '../http.ts';
import { settings, stopTelemetry, telemetry, use } from '../main.ts';
import { compose, STORAGE_NAMES } from '../main-compose.ts';
import { azureDriftState } from '../outbound/azure-drift-state.ts';
import { queueClient, type StorageConnection } from '../outbound/storage.ts';
import type { Receiver } from '../receiver.ts';
import { redact } from '../telemetry/redact.ts';
import { type EmbeddedStorage, openEmbeddedStorage } from './embedded-storage.ts';
import { Fleet } from './fleet.ts';
import { hostSettings } from './host-settings.ts';
import { httpTrigger } from './http-trigger.ts';
import { builtIn, Inbox } from './inbox.ts';
import { pageAssets } from './page-assets.ts';
import { startQueueTrigger } from './queue-trigger.ts';
import { listen, serve } from './server.ts';
import { timerTrigger } from './timer-trigger.ts';
import { webhookLine } from './webhook-line.ts';

const DRAIN_MILLISECONDS = 12_000;

const log = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)}  ${redact(line)}`);

async function start(): Promise<void> {
  const config = await settings({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development' });
  // From here on: a signal during the start must not leave Azurite behind.
  const ending = reasonToEnd(config);
  const host = await hostSettings();
  const inbox = new Inbox(config.dataDir, config);
  const fleet = new Fleet();
  let receivers: readonly Receiver[] = config.receivers;
  const server = serve({
    functions: httpTrigger(Object.values({ ...http, webhook: logged }), host.routePrefix),
    timers: timerTrigger({ ...timers, drift: fleet.following(timers.drift) }, log),
    inbox,
    fleet: (call) => fleet.answer(call),
    assets: once(pageAssets),
    receivers: () => ({ receivers: receivers.map(({ name }) => name), builtIn: config.receivers.length === 0 }),
    log,
  });
  const url = `http://127.0.0.1:${await listen(server, config.port)}`;

  const embedded = config.storage === undefined ? await openEmbeddedStorage(config.dataDir, url) : undefined;
  const storage = config.storage ?? { connectionString: embedded?.connectionString ?? '' };
  if (receivers.length === 0) receivers = builtInReceivers(url, config);
  const routes = config.receivers.length === 0 ? [{ to: receivers.map(({ name }) => name) }] : config.routes;
  use(compose({ ...config, receivers, routes, storage }, { telemetry: await telemetry() }));
  const { drift } = config;
  if (drift !== undefined) {
    fleet.reads(() => azureDriftState(storage, STORAGE_NAMES.drift).readOverview(stateName(drift)));
  }
  await embedded?.claim();
  const triggers = await startTriggers(storage, host.queues, inbox);

  console.log(
    `ready  ${url}  (inbox: ${url}/ · webhooks: POST ${url}/api/webhooks · ${describe(receivers, embedded)})`,
  );
  log(`ending: ${await ending}`);
  inbox.close();
  server.close();
  // Whatever is on its way to a chat is let finish; the queue keeps the rest.
  await Promise.race([Promise.all(triggers.map((trigger) => trigger.stop())), sleep(DRAIN_MILLISECONDS)]);
  server.closeAllConnections();
  await Promise.all([embedded?.stop(), stopTelemetry()]);
  log('ended');
}

/** Azure tells every function how to log; the web server of the local run does not. */
const logged = {
  ...http.webhook,
  handler: (request: HttpRequest) =>
    http.webhook.handler(request, {
      log: (_name, facts) => {
        const line = webhookLine(String(facts));
        if (line !== undefined) log(line);
      },
    }),
};

const builtInReceivers = (url: string, { locale, timeZone }: Config): Receiver[] =>
  builtIn.map((type) => ({
    name: `inbox-${type}`,
    type,
    url: `${url}/inbox/${type}`,
    locale,
    timeZone,
  }));

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
          return handler(message, { triggerMetadata, log: (_, line) => log(told(JSON.parse(String(line)))) });
        },
        log,
      }),
    ),
  );

const told = ({ outcome, receiver, eventId, reason, delay, milliseconds }: DeliveryReport): string =>
  [
    outcome.padEnd(9),
    receiver ?? '',
    eventId === undefined ? '' : `event ${eventId.slice(0, 12)}`,
    reason ?? '',
    delay === undefined ? '' : `next try in ${delay} s`,
    milliseconds === undefined ? '' : `${milliseconds} ms`,
  ]
    .filter((part) => part !== '')
    .join('  ');

const describe = (receivers: readonly Receiver[], embedded: EmbeddedStorage | undefined): string =>
  [
    `receivers: ${receivers.map(({ name }) => name).join(', ')}`,
    embedded === undefined ? 'storage: as configured' : `storage: Azurite${embedded.found ? ', found running' : ''}`,
  ].join(' · ');

/** Why this process should end: a signal, or the end of the npm that started it. */
const reasonToEnd = ({ underNpm }: Config): Promise<string> =>
  new Promise((done) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      // A second signal ends at once: the default, once this listener is gone.
      process.once(name, () => done(name));
    }
    // npm passes SIGTERM to the shell it runs us in, which dies of it and leaves us behind.
    const parent = process.ppid;
    if (underNpm) setInterval(() => process.ppid !== parent && done('npm has ended'), 250).unref();
  });

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

function explained(error: unknown): string {
  if (error instanceof ConfigurationError) {
    return ['The settings cannot be used:', ...error.problems.map(({ path, message }) => `  ${path}: ${message}`)].join(
      '\n',
    );
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'The port is taken. Choose another one: PORT=7072 npm start';
  }
  return error instanceof Error ? error.message : String(error);
}

try {
  await start();
  process.exit(0);
} catch (error) {
  console.error(explained(error));
  process.exit(1);
}
