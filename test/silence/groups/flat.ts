import { setTimeout as sleep } from 'node:timers/promises';
import { Bundle, configured } from '../bundle.ts';
import { type Caller, deep, deliver, timers, webhook } from '../callers.ts';
import type { Behaviour } from '../door.ts';
import type { Group, Run } from '../group.ts';
import { timed } from '../row.ts';
import { type SilentStorage, silentStorage } from '../storage.ts';
import { chats } from './storage.ts';

const CALLERS: readonly Caller[] = [webhook, deep, deliver, ...timers];
const AT_ONCE = 25;
const MOST_BYTES = 10 * 1024 * 1024;

async function wave(bundle: Bundle, times = AT_ONCE): Promise<void> {
  const calls = CALLERS.flatMap((caller) => Array.from({ length: times }, () => caller.call(bundle, new Set())));
  await Promise.all(calls);
}

/** A hundred calls of each, of which nothing must be left: no connection, and no memory. */
export const flatGroup: Group = {
  name: 'flat',
  async run(run) {
    const { stack, folder, behaviours, progress } = run;
    const storage = await silentStorage(stack);
    const { config } = await chats(stack);
    const bundle = await Bundle.start(stack, folder, {
      AzureWebJobsStorage: storage.through,
      ...(await configured(stack, config)),
    });
    for (const behaviour of behaviours) {
      progress(`flat: ${behaviour}`);
      await hundred(run, bundle, storage, behaviour);
    }
  },
};

async function hundred(
  { note, short }: Run,
  bundle: Bundle,
  storage: SilentStorage,
  behaviour: Behaviour,
): Promise<void> {
  const times = short ? AT_ONCE : 100;
  const about = { dependency: 'storage', behaviour, figure: 'timer' } as const;
  await wave(bundle);
  const memory = await bundle.memory();
  storage.behaves(behaviour);
  const calls = await timed({ ...about, caller: `${times} calls of ${CALLERS.length}` }, async () => {
    for (let done = 0; done < times; done += AT_ONCE) await wave(bundle);
    return { result: 'all ended' };
  });
  note(calls);
  storage.behaves('well');
  await wave(bundle);
  note(
    await timed({ ...about, caller: 'connections left' }, async () => {
      while (storage.open > 0) await sleep(500);
      return { result: 'none' };
    }),
  );
  const now = await bundle.memory();
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  note({
    ...{ ...about, caller: 'heap, before and after', seconds: 0, result: `${megabytes(memory)}, ${megabytes(now)}` },
    ...(now > memory + MOST_BYTES && { fault: 'it grows' }),
  });
}
