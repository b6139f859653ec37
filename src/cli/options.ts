import { type Command, InvalidArgumentError } from 'commander';
import { typedHere } from '../event/command.ts';

/** Examples below a command's help: what to write, and what for. */
export function examples(...lines: readonly (readonly [command: string, purpose: string])[]): string {
  const widest = Math.max(...lines.map(([command]) => command.length));
  return `\nExamples:\n${lines.map(([command, what]) => `  ${typedHere.relay} ${command.padEnd(widest)}  # ${what}`).join('\n')}`;
}

/** For commands that talk to a relay. */
export const remote = (command: Command): Command =>
  command
    .option(
      '--url <url>',
      `the relay to talk to (RELAY_URL; else http://127.0.0.1:7071, where ${typedHere.start} listens)`,
    )
    .addHelpText('after', '\nThe key of a deployed relay is read from RELAY_KEY: its master key, never an argument.');

/** "90s", "30m", "1h", "7d", or an ISO date with its zone: the relay reads the same. */
export function moment(text: string): string {
  if (/^\d{1,6}[smhd]$/.test(text)) return text;
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('Expected 90s, 30m, 1h or 7d, or an ISO date with its zone.');
}

export function duration(text: string): string {
  if (/^\d{1,6}[smhd]$/.test(text) && Number.parseInt(text, 10) > 0) return text;
  throw new InvalidArgumentError('Expected 90s, 30m, 1h or 7d.');
}

/** How many deliveries a relay lists at once. */
export const MOST_LISTED = 1_000;

export function listable(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text) && Number(text) <= MOST_LISTED) return Number(text);
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST_LISTED}.`);
}

/** For options that may be given several times. */
export const collected = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];
