import { type DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { describe, expect, inject, it, vi } from 'vitest';
import type { Queue } from '../../src/delivery/ports.ts';
import { azureQueue } from '../../src/outbound/storage/queue.ts';
import { MemoryQueue } from '../support/ports.ts';
import { newQueueName } from './storage-names.ts';

interface Subject {
  readonly queue: Queue<unknown>;
  /** The messages that a reader gets now. */
  visible(): Promise<unknown[]>;
}

function inMemory(): Subject {
  const queue = new MemoryQueue<unknown>();
  return {
    queue,
    visible: async () => queue.sent.filter(({ delay }) => delay === 0).map(({ message }) => message),
  };
}

function inAzure(): Subject {
  const { queue, client } = real();
  return { queue, visible: async () => (await received(client)).map(({ messageText }) => decoded(messageText)) };
}

function real() {
  const name = newQueueName();
  const connectionString = inject('storage');
  return { queue: azureQueue({ connectionString }, name), client: new QueueClient(connectionString, name) };
}

const received = async (client: QueueClient) =>
  (await client.receiveMessages({ numberOfMessages: 32 })).receivedMessageItems;

const decoded = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64').toString('utf8'));

describe.each([
  ['in memory', inMemory],
  ['of Azure Storage', inAzure],
] as const)('a queue %s', (_where, open) => {
  it.each([
    ['an object', { version: 1, list: [1, null, { deep: true }] }],
    ['text beyond ASCII', { text: '확장됨 – ☂ 🚀 "<&>\u0000' }],
    ['a large message', { text: 'x'.repeat(46_000) }],
  ])('gives %s back as it was sent', async (_what, message) => {
    const { queue, visible } = open();

    await queue.send(message);

    expect(await visible()).toStrictEqual([message]);
  });

  it('keeps a delayed message out of sight, and only that one', async () => {
    const { queue, visible } = open();

    await queue.send('later', 600);
    await queue.send('now');

    expect(await visible()).toStrictEqual(['now']);
  });

  it('holds a copy: what becomes of the message afterwards does not matter', async () => {
    const { queue, visible } = open();
    const message = { count: 1 };

    await queue.send(message);
    message.count = 2;

    expect(await visible()).toStrictEqual([{ count: 1 }]);
  });

  it('keeps every message when many are the first at the same time', async () => {
    const { queue, visible } = open();
    const numbers = Array.from({ length: 20 }, (_, index) => index);

    await Promise.all(numbers.map((number) => queue.send(number)));

    expect((await visible()).map(Number).sort((a, b) => a - b)).toStrictEqual(numbers);
  });

  it('can be checked before anything was sent', async () => {
    await expect(open().queue.check()).resolves.toBeUndefined();
  });
});

describe('a queue of Azure Storage', () => {
  it('is made by the first message, and not before', async () => {
    const { queue, client } = real();
    expect(await client.exists()).toBe(false);

    await queue.send('first');

    expect(await client.exists()).toBe(true);
  });

  it('is made by a check', async () => {
    const { queue, client } = real();

    await queue.check();

    expect(await client.exists()).toBe(true);
  });

  it('shows a delayed message once the delay is over', async () => {
    const { queue, client } = real();

    await queue.send('soon', 1);

    expect(await received(client)).toHaveLength(0);
    expect(await first(client)).toMatchObject({ dequeueCount: 1 });
  });

  it.each([0, 1])('never lets a message expire, sent with a delay of %i s', async (delay) => {
    const { queue, client } = real();

    await queue.send('kept', delay);

    expect((await first(client)).expiresOn.getUTCFullYear()).toBe(9999);
  });
});

/** The first message to become visible. */
const first = (client: QueueClient): Promise<DequeuedMessageItem> =>
  vi.waitFor(
    async () => {
      const [message] = await received(client);
      if (message === undefined) throw new Error('no message has become visible');
      return message;
    },
    { timeout: 60_000, interval: 50 },
  );
