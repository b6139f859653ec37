import { setTimeout as sleep } from 'node:timers/promises';
import { QueueClient } from '@azure/storage-queue';
import type { Random } from '../../dev/fake-azure/random.ts';
import { STORAGE_NAMES } from '../../src/app/compose.ts';
import { deliveryTo } from '../support/deliveries.ts';
import { examples } from '../support/examples.ts';
import { mutated, planted } from './mutations.ts';
import type { Stand } from './stand.ts';

const WHOLE: readonly unknown[] = [
  ...Object.values(examples).map((event) => deliveryTo(['webhook'], { event })),
  { version: 1, flush: 'slack' },
  { version: 1, release: 'a'.repeat(32), receivers: ['slack'] },
];

const BROKEN = [
  '',
  'null',
  '[]',
  '7',
  '"x"',
  '{',
  '['.repeat(20_000),
  `{"version":1,"event":${'{"a":'.repeat(9_000)}`,
  '\u0000',
  '{"__proto__":{}}',
];

// Whoever writes to the queue may have chats told it, and have it kept; but it is nothing for the log.
const SECRET = planted(0).replace('pl4nted', 'l3tters');

// The largest message that storage takes is 64 KiB, in Base64.
const MOST_BYTES = 48_000;
const MOST_LOOKS = 600;

/** Puts into the queue what nobody of ours would, and waits until each is dealt with. Resolves with how many there were. */
export async function tryLetters(there: Stand, random: Random, many: number): Promise<number> {
  const queue = new QueueClient(there.storage.connectionString, STORAGE_NAMES.deliveries);
  const texts = [
    ...BROKEN,
    ...Array.from({ length: many }, (_, at) => mutated(WHOLE[at % WHOLE.length], random, SECRET).toString('utf8')),
  ].filter((text) => Buffer.byteLength(text) < MOST_BYTES);
  await queue.createIfNotExists();
  await Promise.all(texts.map((text) => queue.sendMessage(Buffer.from(text).toString('base64'))));
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    // Those that are put off are hidden for a while: what counts is that nobody has failed over them.
    const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: 1 });
    if (peekedMessageItems.length === 0) {
      const at = there.run.output.search(/l3tters/i);
      const seen = there.run.output.slice(Math.max(0, at - 80), at + 80);
      if (at >= 0) there.falls.push({ law: 'no secret of a message in the log', seen });
      return texts.length;
    }
    await sleep(100);
  }
  there.falls.push({ law: 'every message of the queue is dealt with', seen: 'some still wait' });
  return texts.length;
}
