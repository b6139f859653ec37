import { BlobServiceClient } from '@azure/storage-blob';
import { Bundle } from '../bundle.ts';
import { type Caller, deep, deliver, webhook } from '../callers.ts';
import type { Group } from '../group.ts';
import { timed } from '../row.ts';
import { silentStorage } from '../storage.ts';
import { chats, round } from './storage.ts';

const CALLERS: readonly Caller[] = [webhook, deep, deliver];
const MINUTE = 60_000;

/** relay.yaml as a blob: when it is first read, and when it is looked for again. */
export const configurationGroup: Group = {
  name: 'configuration',
  async run(run) {
    const { stack, folder, behaviours, progress } = run;
    const storage = await silentStorage(stack);
    const { config } = await chats(stack);
    const container = BlobServiceClient.fromConnectionString(storage.straight).getContainerClient('config');
    await container.create();
    await container.getBlockBlobClient('relay.yaml').uploadData(Buffer.from(JSON.stringify(config)));
    const env = { AzureWebJobsStorage: storage.through, RELAY_CONFIG_BLOB: 'config/relay.yaml' };
    for (const behaviour of behaviours) {
      progress(`configuration: ${behaviour}`);
      storage.behaves(behaviour, ['blob']);
      const bundle = await Bundle.start(stack, folder, env);
      const cure = () => storage.behaves('well');
      const taken = new Set<string>();
      await round(run, bundle, { dependency: 'first configuration', behaviour, cure }, CALLERS, taken);
      // It is due again, and nobody waits for it.
      await bundle.jump(MINUTE);
      storage.behaves(behaviour, ['blob']);
      for (const { caller, call } of CALLERS) {
        const about = { dependency: 'next configuration', behaviour, caller, figure: 'cure' } as const;
        run.note(await timed(about, () => call(bundle, taken)));
      }
      cure();
      await bundle[Symbol.asyncDispose]();
    }
  },
};
