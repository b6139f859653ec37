import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueClient } from '@azure/storage-queue';
import { describe, expect, inject, it } from 'vitest';
import { eventually } from './eventually.ts';
import { proxyTo } from './storage-proxy.ts';
import { create, encoded, type Handler, left, texts, triggerWith } from './trigger.ts';

/** Puts a message into the queue that was handed out twice before and came back. */
async function handedOutTwice(queue: QueueClient): Promise<void> {
  await create(queue);
  const { messageId } = await queue.sendMessage(encoded('deadly'));
  for (let times = 0; times < 2; times += 1) {
    const [message] = (await queue.receiveMessages()).receivedMessageItems;
    await queue.updateMessage(messageId, message?.popReceipt ?? '', undefined, 0);
  }
}

// Most of these wait; together they wait once.
describe.concurrent('the queue trigger of the local run, when something fails', () => {
  it('shows a message again after the visibility time-out, as the second try', async ({ expect }) => {
    const tries: { at: number; metadata: Readonly<Record<string, unknown>> }[] = [];
    const handler: Handler = async (_, metadata) => {
      tries.push({ at: Date.now(), metadata });
      if (tries.length === 1) throw new Error('not now');
    };
    await using trigger = await triggerWith(handler, { settings: { visibilitySeconds: 2 }, prepare: create });

    const { messageId } = await trigger.queue.sendMessage(encoded('again'));

    await eventually(async () => expect(await left(trigger.queue)).toBe(0));
    const [first, second, ...more] = tries;
    expect(more).toStrictEqual([]);
    expect(second?.metadata).toMatchObject({ id: messageId, dequeueCount: 2 });
    // Azurite counts in whole seconds.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(1_000);
    expect(trigger.lines).toStrictEqual([expect.stringContaining('not now')]);
  });

  it('moves a message that keeps failing to the poison queue, text unchanged', async ({ expect }) => {
    let tries = 0;
    const handler: Handler = async () => {
      tries += 1;
      throw new Error('never');
    };
    await using trigger = await triggerWith(handler, { prepare: create });
    const text = encoded({ poison: '☠' });

    await trigger.queue.sendMessage(text);

    await eventually(async () => expect(await left(trigger.queue)).toBe(0));
    expect(await texts(trigger.poison)).toStrictEqual([text]);
    expect(tries).toBe(2);
  });

  it('moves a message that was handed out too often to the poison queue without a run', async ({ expect }) => {
    let tries = 0;
    const handler: Handler = async () => {
      tries += 1;
    };
    await using trigger = await triggerWith(handler, { prepare: handedOutTwice });

    await eventually(async () => expect(await left(trigger.queue)).toBe(0));

    expect(await texts(trigger.poison)).toStrictEqual([encoded('deadly')]);
    expect(tries).toBe(0);
  });

  it('goes on when storage has been away, and says so once each way', async ({ expect }) => {
    await using storage = await proxyTo(inject('storage'));
    const got: unknown[] = [];
    const handler: Handler = async (message) => void got.push(message);
    await using trigger = await triggerWith(handler, { connectionString: storage.connectionString, prepare: create });
    await storage.shut();
    await eventually(() => expect(trigger.lines).toStrictEqual([expect.stringContaining('cannot be reached')]));
    await trigger.queue.sendMessage(encoded('meanwhile'));

    await storage.reopen();

    await eventually(async () => expect(await left(trigger.queue)).toBe(0));
    await trigger.stop();
    expect(got).toStrictEqual(['meanwhile']);
    expect(trigger.lines).toStrictEqual([
      expect.stringContaining('cannot be reached'),
      expect.stringContaining('is back'),
    ]);
  });

  it('goes on when storage has taken calls without an answer, also with what it had in hand', async ({ expect }) => {
    await using storage = await proxyTo(inject('storage'));
    const got: unknown[] = [];
    const { promise: hung, resolve: hangs } = Promise.withResolvers<void>();
    const handler: Handler = async (message) => {
      got.push(message);
      if (message !== 'in hand') return;
      storage.fault = 'hang';
      hangs();
    };
    await using trigger = await triggerWith(handler, {
      connectionString: storage.connectionString,
      settings: { maxDequeueCount: 100 },
      prepare: create,
    });
    await trigger.queue.sendMessage(encoded('in hand'));
    await hung;
    await trigger.queue.sendMessage(encoded('meanwhile'));
    await eventually(() => expect(trigger.lines.join()).toContain('cannot be reached'));

    storage.fault = undefined;

    await eventually(() => expect(got).toContain('meanwhile'));
    storage.fault = 'hang';
    await trigger.stop();
  });

  it('goes on with a message that it could not keep out of sight, and does not run it twice', async ({ expect }) => {
    await using storage = await proxyTo(inject('storage'));
    let runs = 0;
    const handler: Handler = async () => {
      runs += 1;
      await sleep(12_000);
    };
    await using trigger = await triggerWith(handler, {
      connectionString: storage.connectionString,
      settings: { maxDequeueCount: 100 },
      prepare: create,
    });
    await trigger.queue.sendMessage(encoded('slow'));
    await eventually(() => expect(runs).toBe(1));
    storage.fault = { status: 503, body: '' };
    await sleep(7_000);

    storage.fault = undefined;

    await eventually(async () => expect(await left(trigger.queue)).toBe(0));
    expect(runs).toBe(1);
  });

  it.each(['plain text', '{"kind":"custom"}', 'YWJj!', 'YWJ', 'YQ='])(
    'gives up at once, without a run, what is no Base64: %j',
    async (text) => {
      const runs: unknown[] = [];
      await using trigger = await triggerWith(async (message) => void runs.push(message), { prepare: create });

      await trigger.queue.sendMessage(text);

      await eventually(async () => expect(await texts(trigger.poison)).toStrictEqual([text]));
      expect(runs).toStrictEqual([]);
      expect(await left(trigger.queue)).toBe(0);
    },
  );

  it('tries to the end, and never passes on, what is Base64 of something else than UTF-8', async ({ expect }) => {
    const runs: unknown[] = [];
    await using trigger = await triggerWith(async (message) => void runs.push(message), { prepare: create });
    const text = Buffer.from([0xff, 0xfe, 0x00]).toString('base64');

    await trigger.queue.sendMessage(text);

    await eventually(async () => expect(await texts(trigger.poison)).toStrictEqual([text]));
    expect(runs).toStrictEqual([]);
    expect(trigger.lines.join()).toContain('not UTF-8');
  });

  it('brings a message back that was handled while storage was away', async ({ expect }) => {
    await using storage = await proxyTo(inject('storage'));
    const tries: unknown[] = [];
    const handler: Handler = async (_, { dequeueCount }) => {
      tries.push(dequeueCount);
      if (tries.length === 1) await storage.shut();
    };
    await using trigger = await triggerWith(handler, { connectionString: storage.connectionString, prepare: create });
    await trigger.queue.sendMessage(encoded('unsettled'));
    await eventually(() => expect(trigger.lines.join()).toContain('comes back'));

    await storage.reopen();

    await eventually(async () => expect(await left(trigger.queue)).toBe(0));
    expect(tries).toStrictEqual([1, 2]);
  });
});
