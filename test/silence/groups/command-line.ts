import { tmpdir } from 'node:os';
import { BlobServiceClient } from '@azure/storage-blob';
import { cli } from '../../cli/support/cli.ts';
import { listen } from '../../support/server.ts';
import { configured } from '../bundle.ts';
import { doorTo } from '../door.ts';
import type { Group, Run } from '../group.ts';
import { timed } from '../row.ts';
import { silentStorage } from '../storage.ts';
import { chats } from './storage.ts';

const OF_THE_RELAY = [
  'health',
  'deliveries',
  'show abcdef12',
  'dead-letters',
  'replay abcdef12',
  'silence list',
  'drift',
  'fleet',
];

interface Command {
  readonly dependency: string;
  readonly command: string;
  /** What follows it, and where it runs. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A receiver of each type, all behind one door. */
async function sending(stack: Run['stack'], url: string): Promise<Command> {
  const receivers = Object.fromEntries(
    ['slack', 'teams', 'webhook'].map((type) => [
      type,
      { type, url, ...(type === 'webhook' && { secret: 'its-own-secret' }) },
    ]),
  );
  const env = await configured(stack, { receivers, routes: [{ to: Object.keys(receivers) }] });
  return { dependency: 'receivers', command: 'send', env };
}

/** The command line, before a relay, receivers and a configuration that say nothing. */
export const commandsGroup: Group = {
  name: 'commands',
  async run({ stack, behaviours, note, progress }) {
    const relay = stack.use(await listen({ status: 200, body: '{}', headers: { 'content-type': 'application/json' } }));
    const door = stack.use(await doorTo({ to: relay.url }));
    const storage = await silentStorage(stack);
    const container = BlobServiceClient.fromConnectionString(storage.straight).getContainerClient('config');
    await container.create();
    const { config } = await chats(stack);
    await container.getBlockBlobClient('relay.yaml').uploadData(Buffer.from(JSON.stringify(config)));
    const commands: readonly Command[] = [
      ...OF_THE_RELAY.map((command) => ({ dependency: 'relay', command, args: ['--url', door.url] })),
      await sending(stack, door.url),
      {
        ...{ dependency: 'configuration', command: 'lint' },
        env: { AzureWebJobsStorage: storage.through, RELAY_CONFIG_BLOB: 'config/relay.yaml' },
      },
    ];
    for (const behaviour of behaviours) {
      progress(`commands: ${behaviour}`);
      door.behaviour = behaviour;
      storage.behaves(behaviour);
      await Promise.all(
        commands.map(async ({ dependency, command, args = [], env = {} }) => {
          const about = { dependency, behaviour, caller: `relay ${command}`, figure: 'command' } as const;
          note(
            await timed(about, async () => {
              const all = [...command.split(' '), ...args];
              const { status, stdout, stderr } = await cli(all, { cwd: tmpdir(), env });
              const [said = ''] = (stderr || stdout).split('\n');
              return {
                result: `exit ${status}, ${said.slice(0, 60)}`,
                fault: status === 0 || status === 1 ? undefined : 'expected 0 or 1',
              };
            }),
          );
        }),
      );
    }
  },
};
