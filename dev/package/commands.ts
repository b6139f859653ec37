import { examples } from '../../src/cli/options.ts';
import type { Define } from '../../src/cli/shell.ts';

const start: Define = (program) => {
  program
    .command('start')
    .summary('run the relay here, with storage and an inbox page of its own')
    .description(
      'Runs the relay at http://127.0.0.1:7071 until Ctrl-C. It reads relay.yaml of this folder, if there is one, and the settings of the environment; what it keeps is in .relay.',
    )
    .addHelpText(
      'after',
      `${examples(['start', 'then open http://127.0.0.1:7071'])}\n\nPORT=0 before it takes a free port, RELAY_DATA_DIR another folder than .relay.`,
    )
    .action(async () => {
      await import('../host/start.ts');
    });
};

const fakeAzure: Define = (program) => {
  program
    .command('fake-azure')
    .summary('a made-up Azure with scale sets, to try the drift report and connect')
    // Its options are its own, and so is its help.
    .argument('[options...]')
    .helpOption(false)
    .allowUnknownOption()
    .action(async (options: readonly string[]) => (await import('../fake-azure-run.ts')).fakeAzure(options));
};

/** What the npm package has beside the command line; in a clone, they are scripts of npm. */
export const packaged: readonly Define[] = [start, fakeAzure];
