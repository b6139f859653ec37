import type { Command } from 'commander';
import type { Screen } from './screen.ts';

/** What a process gets from whoever starts it. */
export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** What every command works with. */
export interface Work {
  readonly shell: Shell;
  readonly screen: Screen;
  /** Ends the process with status 1, once the command has said what is wrong. */
  wrong(): void;
}

/** Adds a command to the program. What it needs when it runs is imported then: `--help` must not wait for it. */
export type Define = (program: Command, work: Work) => void;
