import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueueClient } from '@azure/storage-queue';
import { openEmbeddedStorage } from '../../../dev/host/embedded-storage.ts';
import { queues } from '../../../functions/definitions.ts';
import { Chat } from '../../bench/faults/chat.ts';
import { scaleBody } from '../../bench/faults/events.ts';
import type { Accepted } from '../../bench/faults/sender.ts';
import { rowsOf } from '../../bench/faults/world.ts';
import { proxyTo, type StorageProxy } from '../../integration/storage-proxy.ts';
import { Bundle, built, configured } from '../../silence/bundle.ts';
import type { Stack } from '../../support/stack.ts';
import { Bridge } from './bridge.ts';
import { Host } from './host.ts';

/** The names of the receivers are the types of their chats. */
export const RECEIVERS = ['slack', 'webhook'] as const;

const WAIT_MILLISECONDS = 500;
const SECRET = `whsec_${Buffer.from('a stand has no secrets of its own').toString('base64')}`;

/** The deployed folder behind the real trigger, on a storage that can go away; what takes webhooks is a process of its own, as on the plan Flex Consumption. */
export class Stand {
  readonly chats: ReadonlyMap<string, Chat>;
  readonly storage: StorageProxy;
  readonly bridge: Bridge;
  readonly #intake: Bundle;
  readonly #straight: string;
  #sets = 0;

  private constructor(given: Pick<Stand, 'chats' | 'storage' | 'bridge'>, intake: Bundle, straight: string) {
    ({ chats: this.chats, storage: this.storage, bridge: this.bridge } = given);
    this.#intake = intake;
    this.#straight = straight;
  }

  static async open(stack: Stack): Promise<Stand> {
    const folder = await mkdtemp(join(tmpdir(), 'relay-queue-'));
    stack.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    const embedded = await openEmbeddedStorage(folder, 'http://127.0.0.1:1');
    stack.defer(() => embedded.stop());
    const storage = stack.use(await proxyTo(embedded.connectionString));
    const chats = new Map<string, Chat>();
    for (const type of RECEIVERS) chats.set(type, stack.use(await new Chat(type).listen()));
    // Without a rate: how fast a chat is called is not the subject.
    const receivers = Object.fromEntries(
      [...chats].map(([type, { url }]) => [
        type,
        { type, url, rate: 'off', ...(type === 'webhook' && { secret: SECRET }) },
      ]),
    );
    const config = await configured(stack, { receivers, routes: [{ to: RECEIVERS }] });
    const app = await built(stack);
    const start = () => Bundle.start(stack, app, { AzureWebJobsStorage: storage.connectionString, ...config });
    const bridge = stack.use(await new Bridge(start).listen());
    return new Stand({ chats, storage, bridge }, await start(), embedded.connectionString);
  }

  /** The real trigger on the queue of the product, with a host.json. */
  host(program: string, hostJson: string): Promise<Host> {
    const [queue, worker] = [queues.deliver.queueName, this.bridge.url];
    return Host.start(program, { hostJson, storage: this.storage.connectionString, queue, worker });
  }

  /** Sends one event of a scale set of its own until it is accepted. */
  async post(): Promise<Accepted> {
    this.#sets += 1;
    const step = { set: `set-${this.#sets}`, from: 3, to: 4 };
    const body = scaleBody(step);
    for (;;) {
      const postedAt = Date.now();
      const { status, json } = await this.#intake.asks('webhook', { body });
      const [first] = status === 202 ? (json as { accepted: readonly { id: string }[] }).accepted : [];
      if (first !== undefined) return { id: first.id, step, postedAt, refused: [] };
      if (status !== 503) throw new Error(`the webhook was answered ${status}: ${JSON.stringify(json)}`);
      await sleep(WAIT_MILLISECONDS);
    }
  }

  /** The rows of a receiver, also while storage is away for the product. */
  rows(receiver: string) {
    return rowsOf(this.#straight, receiver);
  }

  /** Messages of the queue, in sight or not. */
  async waiting(): Promise<number> {
    const properties = await new QueueClient(this.#straight, queues.deliver.queueName).getProperties();
    return properties.approximateMessagesCount ?? 0;
  }
}
