import type { Command } from 'commander';

/** The command that a line is for: as far as its first words name one, and one inside it. */
export function commandMeant(program: Command, args: readonly string[]): Command {
  const [first, ...rest] = args.filter((arg) => arg !== '--json');
  const inside = program.commands.find((each) => each.name() === first);
  return inside === undefined ? program : commandMeant(inside, rest);
}

/** "npm run relay -- silence add", as it is typed. */
export const typed = (command: Command): string =>
  command.parent === null ? command.name() : `${typed(command.parent)} ${command.name()}`;
