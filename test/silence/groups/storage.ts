import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '../../support/server.ts';
import { customBody } from '../bodies.ts';
import { answeredWell, Bundle, configured } from '../bundle.ts';
import { type Caller, deep, deliver, everybody, webhook } from '../callers.ts';
import type { Behaviour } from '../door.ts';
import type { Group, Run } from '../group.ts';
import { type Outcome, timed } from '../row.ts';
import { type SilentStorage, silentStorage } from '../storage.ts';

// As many as an installation of some size has: the watch looks after each of them.
const CHATS = Array.from({ length: 20 }, (_, index) => `chat-${index + 1}`);

/** A chat that is well, and the configuration that leads there. */
export async function chats(stack: Run['stack']) {
  const chat = stack.use(await listen({ status: 200, body: 'ok' }));
  const receivers = Object.fromEntries(CHATS.map((name) => [name, { type: 'slack', url: chat.url, rate: 'off' }]));
  return { chat, config: { receivers, routes: [{ to: ['chat-1'] }] } };
}

/** All callers at once, and then the first calls after the cure. */
export async function round(
  run: Run,
  bundle: Bundle,
  about: { dependency: string; behaviour: Behaviour; cure(): void },
  callers: readonly Caller[],
  taken: Set<string>,
): Promise<void> {
  const { dependency, behaviour, cure } = about;
  const one = async ({ caller, figure, call }: Caller) =>
    run.note(await timed({ dependency, behaviour, caller, figure }, () => call(bundle, taken)));
  await Promise.all(callers.map(one));
  cure();
  const afterwards = async ({ caller, call }: Caller) => {
    const about = { dependency, behaviour, caller: `then: ${caller}`, figure: 'cure' } as const;
    run.note(await timed(about, () => untilWell(() => call(bundle, taken))));
  };
  await Promise.all([webhook, deep, deliver].map(afterwards));
}

const isWell = ({ result, fault }: Outcome): boolean => fault === undefined && /^(2\d\d|done)$/.test(result);

/** Calls until it is well again: what nobody could say may be looked for once a second. */
async function untilWell(call: () => Promise<Outcome>): Promise<Outcome> {
  for (;;) {
    const outcome = await call();
    if (isWell(outcome)) return outcome;
    await sleep(250);
  }
}

/** Whether everything that was answered 202 lies in the queue. */
export async function lost(
  run: Run,
  dependency: string,
  storage: SilentStorage,
  taken: ReadonlySet<string>,
): Promise<void> {
  run.note(
    await timed({ dependency, behaviour: 'well', caller: 'lost of what was taken', figure: 'timer' }, async () => {
      const there = await storage.taken();
      const missing = [...taken].filter((id) => !there.has(id));
      return {
        result: `${missing.length} of ${taken.size}`,
        fault: missing.length > 0 ? 'events are lost' : undefined,
      };
    }),
  );
}

export const storageGroup: Group = {
  name: 'storage',
  async run(run) {
    const { stack, folder, behaviours, progress } = run;
    const storage = await silentStorage(stack);
    const { config } = await chats(stack);
    const env = { AzureWebJobsStorage: storage.through, ...(await configured(stack, config)) };
    const bundle = await Bundle.start(stack, folder, env);
    // The queue and the tables are there: what a first call makes is another matter.
    answeredWell(await bundle.asks('webhook', { body: customBody(), params: { source: 'custom' } }), 202);
    const taken = new Set<string>();
    for (const behaviour of behaviours) {
      progress(`storage: ${behaviour}`);
      storage.behaves(behaviour);
      await round(
        run,
        bundle,
        { dependency: 'storage', behaviour, cure: () => storage.behaves('well') },
        everybody,
        taken,
      );
    }
    progress('ledger: silent');
    storage.behaves('silent', ['table']);
    await round(
      run,
      bundle,
      { dependency: 'ledger', behaviour: 'silent', cure: () => storage.behaves('well') },
      everybody,
      taken,
    );
    await lost(run, 'storage', storage, taken);
    run.note(
      await timed(
        { dependency: 'storage', behaviour: 'well', caller: 'rejections unhandled', figure: 'deep' },
        async () => ({
          result: `${bundle.unhandled.length}`,
          fault: bundle.unhandled[0],
        }),
      ),
    );
  },
};
