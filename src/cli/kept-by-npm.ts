import type { Command, Option } from 'commander';
import { CommandFailure } from './failure.ts';
import type { Shell } from './shell.ts';

// npm has these itself: whoever has set them may have meant npm.
const OF_NPM = ['force', 'json', 'yes', 'version', 'help'];

// npm 11 takes --to for the beginning of a name of its own, and says so only in a warning.
const COMPLETED: Readonly<Record<string, string>> = { to: 'token_description' };

/**
 * npm takes options before `--` for its own, also those that it does not have, and hands on what is left: `send --to x`
 * would post to everybody. They are found where npm puts them, in its settings. Tried with npm 10.9 and 11.19.
 */
export function keptByNpm(program: Command, args: readonly string[], env: Shell['env']): CommandFailure | undefined {
  if (env['npm_lifecycle_event'] !== 'relay') return undefined;
  const command = commandMeant(program, args);
  const kept = command.options.flatMap((option) => {
    const name = option.name();
    const value = env[`npm_config_${name}`] || env[`npm_config_${COMPLETED[name]}`];
    return !value || OF_NPM.includes(name) || args.some((arg) => arg.startsWith(`--${name}`))
      ? []
      : [{ option, value }];
  });
  if (kept.length === 0) return undefined;
  const names = kept.map(({ option }) => option.long).join(', ');
  const better = `${typed(command)} ${kept.map(({ option, value }) => written(option, value)).join(' ')}`;
  return new CommandFailure(`npm kept ${names} for itself: write ${better}`, { status: 2 });
}

/** Where npm takes an option for a switch, its value is among the arguments, and nobody knows which of them it is. */
const written = ({ long, flags, required }: Option, value: string): string =>
  !required ? `${long}` : value === 'true' ? flags : `${long} ${value}`;

/** The command that a line is for: as far as its first words name one, and one inside it. */
export function commandMeant(program: Command, args: readonly string[]): Command {
  const [first, ...rest] = args.filter((arg) => arg !== '--json');
  const inside = program.commands.find((each) => each.name() === first);
  return inside === undefined ? program : commandMeant(inside, rest);
}

/** "npm run relay -- silence add", as it is typed. */
export const typed = (command: Command): string =>
  command.parent === null ? command.name() : `${typed(command.parent)} ${command.name()}`;
