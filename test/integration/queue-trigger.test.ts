import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'vitest';
import { eventually } from './eventually.ts';
import { create, encoded, left, triggerWith } from './trigger.ts';

// Most of these wait; together they wait once.
describe.concurrent('the queue trigger of the local run', () => {
  it('hands over the message with its id, and deletes it when the handler returns', async ({ expect }) => {
    const calls: unknown[][] = [];
    const handler = async (...call: unknown[]) => void calls.push(call);
    await using trigger = await triggerWith(handler, { prepare: create });

    const { messageId } = await trigger.queue.sendMessage(encoded({ greeting: '안녕' }));

    await eventually(async () => expect(await left(trigger.queue)).toBe(0));
    // Where the machine is so slow that its time in hand is over, it comes once more.
    expect(calls[0]).toStrictEqual([
      { greeting: '안녕' },
      { id: messageId, dequeueCount: 1, insertionTime: expect.any(Date) },
    ]);
  });

  it('hands over text that is no JSON as text', async ({ expect }) => {
    const got: unknown[] = [];
    await using trigger = await triggerWith(async (message) => void got.push(message), { prepare: create });

    await trigger.queue.sendMessage(Buffer.from('{"cut').toString('base64'));

    await eventually(() => expect(got).toStrictEqual(['{"cut']));
  });

  it('waits for a queue that is not there yet, without a word', async ({ expect }) => {
    const got: unknown[] = [];
    await using trigger = await triggerWith(async (message) => void got.push(message));

    await sleep(100);
    await trigger.queue.create();
    await trigger.queue.sendMessage(encoded('first'));

    await eventually(() => expect(got).toStrictEqual(['first']));
    expect(trigger.lines).toStrictEqual([]);
  });

  it('hands a message to a slow handler once, however long that takes', async ({ expect }) => {
    let tries = 0;
    const handler = async () => {
      tries += 1;
      await sleep(8_000);
    };
    await using trigger = await triggerWith(handler, { prepare: create });

    await trigger.queue.sendMessage(encoded('slow'));

    await eventually(async () => expect(await left(trigger.queue)).toBe(0));
    await trigger.stop();
    expect(tries).toBe(1);
  });

  it('waits for running handlers when it is stopped, and takes nothing more', async ({ expect }) => {
    const gate = Promise.withResolvers<void>();
    const got: unknown[] = [];
    const handler = async (message: unknown) => {
      got.push(message);
      await gate.promise;
    };
    await using trigger = await triggerWith(handler, { prepare: create });
    await trigger.queue.sendMessage(encoded('running'));
    await eventually(() => expect(got).toHaveLength(1));

    let stopped = false;
    const stop = trigger.stop().then(() => {
      stopped = true;
    });
    // A receive that is under way may still get what comes now; one more of the trigger's pauses rules that out.
    await sleep(400);
    await trigger.queue.sendMessage(encoded('too late'));
    await sleep(400);
    expect(stopped).toBe(false);
    gate.resolve();
    await stop;

    expect(got).toStrictEqual(['running']);
    expect(await left(trigger.queue)).toBe(1);
  });

  it('runs messages at the same time, and never more than a batch beyond the threshold', async ({ expect }) => {
    let now = 0;
    let most = 0;
    const handler = async () => {
      now += 1;
      most = Math.max(most, now);
      await sleep(50);
      now -= 1;
    };
    await using trigger = await triggerWith(handler, {
      settings: { batchSize: 4, newBatchThreshold: 2 },
      prepare: async (queue) => {
        await create(queue);
        await Promise.all(Array.from({ length: 24 }, (_, index) => queue.sendMessage(encoded(index))));
      },
    });

    await eventually(async () => expect(await left(trigger.queue)).toBe(0));

    expect(most).toBeGreaterThanOrEqual(4);
    expect(most).toBeLessThanOrEqual(6);
  });
});
