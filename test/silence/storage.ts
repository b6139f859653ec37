import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import { QueueClient } from '@azure/storage-queue';
import { openEmbeddedStorage } from '../../dev/host/embedded-storage.ts';
import { STORAGE_NAMES } from '../../src/app/compose.ts';
import type { Certificate } from '../support/certificate.ts';
import type { Stack } from '../support/stack.ts';
import { type Behaviour, type Door, doorTo, type Through } from './door.ts';

const SERVICES = ['blob', 'queue', 'table'] as const;

type Service = (typeof SERVICES)[number];

/** A real Azurite behind a door for each of its services. */
export interface SilentStorage {
  /** Leads there without a door. */
  readonly straight: string;
  /** Leads through the doors. */
  readonly through: string;
  readonly doors: Readonly<Record<Service, Door>>;
  /** All of it, or some services, behave so from now on. */
  behaves(behaviour: Behaviour | 'well', services?: readonly Service[]): void;
  readonly open: number;
  /** The ids of the events that lie in the queue, which is empty then. */
  taken(): Promise<ReadonlySet<string>>;
}

const part = (text: string, name: string): string => new RegExp(`${name}=([^;]+)`).exec(text)?.[1] ?? '';

const ENDPOINTS = { blob: 'BlobEndpoint', queue: 'QueueEndpoint', table: 'TableEndpoint' } as const;

/** With a certificate the doors speak TLS and take any bearer token, as storage with identities does. */
export async function silentStorage(stack: Stack, own?: Certificate): Promise<SilentStorage> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-silence-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const storage = await openEmbeddedStorage(folder, 'http://127.0.0.1:1');
  stack.defer(() => storage.stop());
  const straight = storage.connectionString;
  const door = async (service: Service) =>
    stack.use(
      await doorTo({
        to: part(straight, ENDPOINTS[service]),
        ...(own !== undefined && { tls: own, through: signing(straight) }),
      }),
    );
  const doors = { blob: await door('blob'), queue: await door('queue'), table: await door('table') };
  const through = SERVICES.reduce(
    (text, service) => text.replace(new URL(part(straight, ENDPOINTS[service])).origin, doors[service].url),
    straight,
  );
  return {
    ...{ straight, through, doors },
    behaves(behaviour, services = SERVICES) {
      for (const service of services) doors[service].behaviour = behaviour;
    },
    get open() {
      return SERVICES.reduce((sum, service) => sum + doors[service].open, 0);
    },
    taken: () => taken(new QueueClient(straight, STORAGE_NAMES.deliveries)),
  };
}

/** Azurite checks no tokens, so that a key signs in their place. */
function signing(connection: string): Through {
  const key = new StorageSharedKeyCredential(part(connection, 'AccountName'), part(connection, 'AccountKey'));
  const wish = {
    expiresOn: new Date(Date.now() + 3_600_000),
    permissions: AccountSASPermissions.parse('rwdlacup'),
    resourceTypes: AccountSASResourceTypes.parse('sco').toString(),
    services: AccountSASServices.parse('bqt').toString(),
  };
  const sas = generateAccountSASQueryParameters(wish, key).toString();
  return ({ url = '/', headers: { authorization: _token, ...headers } }) => ({
    headers,
    path: `${url}${url.includes('?') ? '&' : '?'}${sas}`,
  });
}

async function taken(queue: QueueClient): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (;;) {
    const { receivedMessageItems: items } = await queue.receiveMessages({
      numberOfMessages: 32,
      visibilityTimeout: 3_600,
    });
    if (items.length === 0) return ids;
    for (const { messageText } of items) {
      const message = JSON.parse(Buffer.from(messageText, 'base64').toString('utf8')) as { event?: { id: string } };
      if (message.event !== undefined) ids.add(message.event.id);
    }
  }
}
