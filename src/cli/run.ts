import { readFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { Command, CommanderError } from 'commander';
import { typedHere } from '../event/command.ts';
import { RelayError } from '../problems/errors.ts';
import { commands } from './commands.ts';
import { CommandFailure } from './failure.ts';
import { commandMeant, keptByNpm, typed } from './kept-by-npm.ts';
import { examples } from './options.ts';
import { createScreen, type Define, type Screen, type Shell, type Work } from './shell.ts';

/**
 * Runs one command line; resolves with the exit status: 0, 1 (something is wrong) or 2 (wrong usage). `more` are commands
 * that only some who run it have.
 */
export async function run(args: readonly string[], shell: Shell, more: readonly Define[] = []): Promise<number> {
  const screen = createScreen(shell, args.includes('--json'));
  let status = 0;
  const wrong = () => {
    status = 1;
  };
  const program = programOf({ shell, screen, wrong }, more);
  try {
    const kept = keptByNpm(program, args, shell.env);
    if (kept !== undefined) throw kept;
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    return failed(error, screen, commandMeant(program, args));
  }
}

function programOf(work: Work, more: readonly Define[]): Command {
  const { stdout, stderr } = work.shell;
  const bold = (text: string) => styleText('bold', text, { validateStream: false });
  const program = new Command(typedHere.relay)
    .description('Checks, tries and operates an autoscale-relay.')
    .option('--json', 'one JSON document instead of text; errors as JSON on standard error')
    .version(version(), '-V, --version')
    .configureHelp({ showGlobalOptions: true, styleTitle: bold })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => work.screen.json || stderr.write(text),
      // Told below, as every other failure is.
      outputError: () => {},
    })
    .exitOverride()
    .addHelpText(
      'after',
      examples(
        ['lint', 'is the configuration good, and who gets what?'],
        ['send', 'a test message to every receiver'],
        ['deliveries --since 1h --state failed', 'what was given up in the last hour'],
        ['<command> --help', 'more of one command'],
      ),
    );
  for (const define of [...more, ...commands]) define(program, work);
  return program;
}

const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

/** Says what went wrong with a command, where that is not said yet, and gives the exit status. */
function failed(error: unknown, screen: Screen, command: Command): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (error.code === 'commander.help') return 2;
    const [message = '', ...more] = error.message.replace(/^error: /, '').split('\n');
    const next = more.join(' ').replace(/^\((.*)\)$/, '$1') || `${typed(command)} --help lists what there is.`;
    screen.fail({ message, status: 2, next, problems: [] });
    return 2;
  }
  const failure = error instanceof RelayError ? foreseen(error) : error;
  if (failure instanceof CommandFailure) {
    screen.fail(failure);
    return failure.status;
  }
  const said = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  screen.fail({
    message: `This is a mistake in the command itself: ${said}`,
    status: 1,
    next: undefined,
    problems: [],
  });
  return 1;
}

function foreseen({ code, message, problems }: RelayError): CommandFailure {
  const configuration = code === 'configuration';
  return new CommandFailure(configuration ? 'The configuration cannot be used:' : message, {
    problems: configuration ? problems : problems.slice(3),
    next: configuration ? `${typedHere.relay} lint checks it again.` : undefined,
  });
}
