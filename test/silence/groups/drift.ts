import { createFakeAzure } from '../../../dev/fake-azure/fake-azure.ts';
import { generateFleet } from '../../../dev/fake-azure/generate.ts';
import { Bundle, configured } from '../bundle.ts';
import { type Behaviour, doorTo } from '../door.ts';
import type { Group, Run } from '../group.ts';
import { timed } from '../row.ts';
import { silentStorage } from '../storage.ts';
import { chats } from './storage.ts';

const outcomeOf = (logs: readonly string[]): string =>
  /"outcome":"[\w-]+"/.exec(logs.join())?.[0].slice(11, -1) ?? 'none';

/** Resource Manager and Resource Graph. Each behaviour has storage and a process of its own, and all run side by side. */
export const driftGroup: Group = {
  name: 'drift',
  async run(run) {
    run.progress(`drift: ${run.behaviours.join(', ')}`);
    await Promise.all(run.behaviours.map((behaviour) => reports(run, behaviour)));
  },
};

async function reports({ stack, folder, note }: Run, behaviour: Behaviour): Promise<void> {
  const storage = await silentStorage(stack);
  const fake = stack.use(await createFakeAzure({ fleet: generateFleet({ sets: 4, driftedShare: 0.5 }) }));
  const door = stack.use(await doorTo({ to: fake.url }));
  const { config } = await chats(stack);
  const bundle = await Bundle.start(stack, folder, {
    AzureWebJobsStorage: storage.through,
    ARM_ENDPOINT: door.url,
    DRIFT_SCOPE: fake.fleet.subscriptions.map(({ id }) => `sub:${id}`).join(),
    ...(await configured(stack, config)),
  });
  const check = async () => ({ result: outcomeOf(await bundle.runs('drift')) });
  door.behaviour = behaviour;
  note(await timed({ dependency: 'Resource Manager', behaviour, caller: 'drift', figure: 'drift' }, check));
  door.behaviour = 'well';
  const about = { dependency: 'Resource Manager', behaviour, caller: 'then: drift', figure: 'timer' } as const;
  note(
    await timed(about, async () => {
      const { result } = await check();
      return { result, fault: result === 'done' ? undefined : 'is not well again' };
    }),
  );
}
