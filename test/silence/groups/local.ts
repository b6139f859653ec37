import { setTimeout as sleep } from 'node:timers/promises';
import { shortId } from '../../../src/event/identity.ts';
import { dataFolder, type LocalRun, postJson, startRun } from '../../support/local-run.ts';
import { listen } from '../../support/server.ts';
import { alertsBody, customBody } from '../bodies.ts';
import type { Behaviour } from '../door.ts';
import type { Group, Run } from '../group.ts';
import { type Figure, type Outcome, timed } from '../row.ts';
import { type SilentStorage, silentStorage } from '../storage.ts';

const LASTS_MILLISECONDS = 15_000;
const PAUSE_MILLISECONDS = 1_000;

/** A local run behind doors, its chat, and what was posted to it. */
interface Scene {
  readonly storage: SilentStorage;
  readonly told: readonly { readonly body: string; readonly at: number }[];
  start(): LocalRun;
  /** When each event that was answered 202 was posted, by its short id. */
  readonly taken: Map<string, number>;
}

async function scene(stack: Run['stack']): Promise<Scene> {
  const storage = await silentStorage(stack);
  const chat = stack.use(await listen({ status: 200, body: 'ok' }));
  const folder = stack.use(await dataFolder());
  const receivers = { chat: { type: 'slack', url: chat.url, rate: 'off' } };
  const file = await folder.write('relay.yaml', JSON.stringify({ receivers, routes: [{ to: ['chat'] }] }));
  const env = { AzureWebJobsStorage: storage.through, RELAY_CONFIG: file };
  return { storage, told: chat.received, taken: new Map(), start: () => stack.use(startRun(folder, env)) };
}

/** Posts one body and notes what was taken of it. */
async function posted(
  { taken }: Scene,
  url: string,
  source: string,
  body: unknown,
): Promise<Outcome & { readonly ids: readonly string[] }> {
  const began = Date.now();
  const answer = await postJson(`${url}/api/webhooks/${source}`, body);
  const { accepted = [] } = (await answer.json()) as { accepted?: { id: string }[] };
  const ids = answer.status === 202 ? accepted.map(({ id }) => shortId(id)) : [];
  for (const id of ids) taken.set(id, began);
  const isGood = answer.status === 202 || (answer.status === 503 && answer.headers.has('retry-after'));
  return { result: `${answer.status}`, fault: isGood ? undefined : 'expected 202 or 503', ids };
}

const timesTold = ({ told }: Scene, id: string): number =>
  told.filter(({ body }) => body.includes(`event-${id}`)).length;

async function untilTold(scene: Scene, ids: Iterable<string>): Promise<void> {
  for (const id of ids) while (timesTold(scene, id) === 0) await sleep(50);
}

/** What came more than once, and was not in hand while the ledger said nothing. */
function twice(scene: Scene, from: number, to: number): Outcome {
  const doubled = [...scene.taken.keys()].filter((id) => timesTold(scene, id) > 1);
  const firstAt = (id: string) => scene.told.find(({ body }) => body.includes(`event-${id}`))?.at ?? 0;
  const wrong = doubled.filter(
    (id) => firstAt(id) < from - PAUSE_MILLISECONDS || firstAt(id) > to + PAUSE_MILLISECONDS,
  );
  return {
    result: `${doubled.length} of ${scene.taken.size}`,
    fault: wrong.length > 0 ? 'also outside of the silence' : undefined,
  };
}

async function whileItLasts(run: Run, scene: Scene, url: string, behaviour: Behaviour): Promise<void> {
  const row = async (caller: string, source: string, body: unknown) =>
    run.note(
      await timed({ dependency: 'local run', behaviour, caller, figure: 'webhook' }, () =>
        posted(scene, url, source, body),
      ),
    );
  const until = Date.now() + LASTS_MILLISECONDS;
  const all = [row('webhook, 200 alerts', 'alertmanager', alertsBody(200))];
  while (Date.now() < until) {
    all.push(row('webhook', 'custom', customBody()));
    await sleep(5 * PAUSE_MILLISECONDS);
  }
  await Promise.all(all);
}

async function observed(run: Run, scene: Scene, behaviour: Behaviour): Promise<void> {
  const { storage, start, taken } = scene;
  const local = start();
  const url = await local.ready();
  const row = async (caller: string, figure: Figure, work: () => Promise<Outcome>) =>
    run.note(await timed({ dependency: 'local run', behaviour, caller, figure }, work));
  await untilTold(scene, (await posted(scene, url, 'custom', customBody())).ids);
  const from = Date.now();
  storage.behaves(behaviour);
  await whileItLasts(run, scene, url, behaviour);
  storage.behaves('well');
  const to = Date.now();
  // Looks at the queue that were given up are carried out late, and keep what they find out of sight for six seconds each.
  await row('then: an event is told', behaviour === 'late' ? 'deliver' : 'cure', async () => {
    const { ids, ...outcome } = await posted(scene, url, 'custom', customBody());
    await untilTold(scene, ids);
    return outcome;
  });
  await row('then: all are told', 'timer', async () => {
    await untilTold(scene, taken.keys());
    return { result: `0 lost of ${taken.size}` };
  });
  await row('told twice', 'deep', async () => twice(scene, from, to));
  storage.behaves(behaviour);
  await sleep(PAUSE_MILLISECONDS);
  await row('SIGTERM', 'end', async () => {
    process.kill(local.pid, 'SIGTERM');
    const code = await local.ended;
    return { result: `ended with ${code}`, fault: code === 0 ? undefined : 'expected 0' };
  });
  storage.behaves('well');
}

/** `npm start` with storage elsewhere: webhooks, delivery and its end. */
export const localGroup: Group = {
  name: 'local',
  async run(run) {
    for (const behaviour of run.behaviours) {
      run.progress(`local run: ${behaviour}`);
      await observed(run, await scene(run.stack), behaviour);
    }
  },
};
