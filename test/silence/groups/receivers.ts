import { listen } from '../../support/server.ts';
import { fresh, message } from '../bodies.ts';
import { Bundle, configured } from '../bundle.ts';
import { type Behaviour, doorTo } from '../door.ts';
import type { Group, Run } from '../group.ts';
import { type Outcome, timed } from '../row.ts';
import { silentStorage } from '../storage.ts';

const TYPES = { slack: { status: 200, body: 'ok' }, teams: { status: 202 }, webhook: { status: 204 } } as const;
const BAD = Object.keys(TYPES) as (keyof typeof TYPES)[];

/** What the log says of each receiver: its name, and what became of the message. */
function statesOf(logs: readonly string[]): string {
  const told = logs
    .flatMap((each) => [...each.matchAll(/\{.*\}/g)])
    .map(([text]) => JSON.parse(text) as { receiver?: string; outcome?: string });
  return told.map(({ receiver, outcome }) => `${receiver} ${outcome}`).join(', ');
}

async function chatsOf(stack: Run['stack']) {
  const chats = await Promise.all(
    BAD.map(async (name) => {
      const chat = stack.use(await listen(TYPES[name]));
      return { name, chat, door: stack.use(await doorTo({ to: chat.url })) };
    }),
  );
  const well = stack.use(await listen(TYPES.slack));
  const receivers = {
    ...Object.fromEntries(
      chats.map(({ name, door }) => [
        name,
        { type: name, url: door.url, rate: 'off', ...(name === 'webhook' && { secret: 'a-secret-of-its-own' }) },
      ]),
    ),
    well: { type: 'slack', url: well.url, rate: 'off' },
  };
  return { chats, well, config: { receivers, routes: [{ to: Object.keys(receivers) }] } };
}

/** Three receivers that say nothing, and one that is well and must not wait for them. */
export const receiversGroup: Group = {
  name: 'receivers',
  async run(run) {
    const { stack, folder, behaviours, progress } = run;
    const storage = await silentStorage(stack);
    const { chats, well, config } = await chatsOf(stack);
    const all = [...BAD, 'well'];
    const start = async () =>
      Bundle.start(stack, folder, { AzureWebJobsStorage: storage.through, ...(await configured(stack, config)) });
    const behave = (behaviour: Behaviour | 'well') => {
      for (const { door } of chats) door.behaviour = behaviour;
    };
    for (const behaviour of behaviours) {
      progress(`receivers: ${behaviour}`);
      const bundle = await start();
      behave(behaviour);
      const told = well.received.length;
      const began = performance.now();
      const first = timed(
        { dependency: 'receivers', behaviour, caller: 'the one that is well', figure: 'cure' },
        async (): Promise<Outcome> => {
          while (well.received.length === told) await new Promise((done) => setTimeout(done, 50));
          return { result: `told after ${((performance.now() - began) / 1_000).toFixed(1)} s` };
        },
      );
      const deliver = timed(
        { dependency: 'receivers', behaviour, caller: 'deliver to four', figure: 'deliver' },
        async () => ({
          result: statesOf(await bundle.delivers(message(all), fresh())),
        }),
      );
      for (const row of await Promise.all([first, deliver])) run.note(row);
      behave('well');
      await bundle[Symbol.asyncDispose]();
    }
  },
};
