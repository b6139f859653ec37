import { BlobServiceClient } from '@azure/storage-blob';
import { createFakeAzure } from '../../../dev/fake-azure/fake-azure.ts';
import { generateFleet } from '../../../dev/fake-azure/generate.ts';
import { listen } from '../../support/server.ts';
import { Bundle, endsWell } from '../bundle.ts';
import { type Caller, everybody } from '../callers.ts';
import { type Behaviour, type Door, doorTo } from '../door.ts';
import type { Group, Run } from '../group.ts';
import { timed } from '../row.ts';
import { type SilentStorage, silentStorage } from '../storage.ts';
import { chats, lost, round } from './storage.ts';

const HOUR = 3_600_000;

const drift: Caller = {
  ...{ caller: 'drift', figure: 'drift' },
  call: (bundle) => endsWell(bundle.runs('drift')),
};

interface World {
  readonly storage: SilentStorage;
  readonly bundle: Bundle;
  behaves(behaviour: Behaviour | 'well'): void;
}

/** Storage with the configuration in it, a chat, Resource Manager and a collector, each behind a door. */
async function world({ stack, folder }: Run): Promise<World> {
  const storage = await silentStorage(stack);
  const { chat, config } = await chats(stack);
  const fake = stack.use(await createFakeAzure({ fleet: generateFleet({ sets: 2 }) }));
  const collector = stack.use(
    await listen({ status: 200, body: '{}', headers: { 'content-type': 'application/json' } }),
  );
  const door = async (to: string): Promise<Door> => stack.use(await doorTo({ to }));
  const doors = { chat: await door(chat.url), azure: await door(fake.url), collector: await door(collector.url) };
  const container = BlobServiceClient.fromConnectionString(storage.straight).getContainerClient('config');
  await container.create();
  const text = JSON.stringify(config).replaceAll(chat.url, doors.chat.url);
  await container.getBlockBlobClient('relay.yaml').uploadData(Buffer.from(text));
  const bundle = await Bundle.start(stack, folder, {
    AzureWebJobsStorage: storage.through,
    RELAY_CONFIG_BLOB: 'config/relay.yaml',
    ARM_ENDPOINT: doors.azure.url,
    DRIFT_SCOPE: fake.fleet.subscriptions.map(({ id }) => `sub:${id}`).join(),
    OTEL_EXPORTER_OTLP_ENDPOINT: doors.collector.url,
  });
  return {
    ...{ storage, bundle },
    behaves(behaviour) {
      storage.behaves(behaviour);
      for (const each of Object.values(doors)) each.behaviour = behaviour;
    },
  };
}

/** All dependencies at once, while the clock is set an hour forth and back; and the end of the process. */
export const everythingGroup: Group = {
  name: 'everything',
  async run(run) {
    const { storage, bundle, behaves } = await world(run);
    const taken = new Set<string>();
    // With everything loaded: a first call is slow on a machine that is busy.
    for (const { call } of [...everybody, drift]) await call(bundle, taken);
    for (const behaviour of run.behaviours) {
      run.progress(`everything: ${behaviour}`);
      behaves(behaviour);
      const jumps = [2_000, 4_000].map((after, index) => setTimeout(() => bundle.jump(index === 0 ? HOUR : 0), after));
      const about = { dependency: 'everything', behaviour, cure: () => behaves('well') } as const;
      await round(run, bundle, about, [...everybody, drift], taken);
      for (const jump of jumps) clearTimeout(jump);
      await bundle.jump(0);
    }
    await lost(run, 'everything', storage, taken);
    behaves('silent');
    const end = { dependency: 'everything', behaviour: 'silent', caller: 'its end', figure: 'end' } as const;
    run.note(
      await timed(end, async () => {
        await bundle.terminate();
        return { result: 'ended' };
      }),
    );
  },
};
