import { tmpdir } from 'node:os';
import { cli } from '../../cli/support/cli.ts';
import { listen } from '../../support/server.ts';
import { doorTo } from '../door.ts';
import type { Group } from '../group.ts';
import { timed } from '../row.ts';

const COMMANDS = [
  'health',
  'deliveries',
  'show abcdef12',
  'dead-letters',
  'replay abcdef12',
  'silence list',
  'drift',
  'fleet',
];

/** The command line, before a relay that says nothing. */
export const commandsGroup: Group = {
  name: 'commands',
  async run({ stack, behaviours, note, progress }) {
    const relay = stack.use(await listen({ status: 200, body: '{}', headers: { 'content-type': 'application/json' } }));
    const door = stack.use(await doorTo({ to: relay.url }));
    for (const behaviour of behaviours) {
      progress(`commands: ${behaviour}`);
      door.behaviour = behaviour;
      await Promise.all(
        COMMANDS.map(async (command) => {
          const about = { dependency: 'relay', behaviour, caller: `relay ${command}`, figure: 'command' } as const;
          note(
            await timed(about, async () => {
              const { status, stdout, stderr } = await cli([...command.split(' '), '--url', door.url], {
                cwd: tmpdir(),
              });
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
