import { styleText } from 'node:util';
import type { Command } from 'commander';
import type { CommandFailure } from './failure.ts';
import { safe } from './text.ts';

/** What a process gets from whoever starts it. */
export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** As node:util names it. */
export type Colour = 'bold' | 'cyan' | 'dim' | 'green' | 'red' | 'yellow';

/** What a command shows: text for people, or one JSON document for programs. */
export interface Screen {
  readonly json: boolean;
  /** Lines for people. */
  print(...lines: readonly string[]): void;
  /** A remark beside the result: kept from programs, and from whoever reads the output through a pipe. */
  remark(line: string): void;
  document(value: unknown): void;
  /** One of many documents, each on a line of its own (https://jsonlines.org). */
  line(value: unknown): void;
  fail(failure: Pick<CommandFailure, 'message' | 'status' | 'next' | 'problems'>): void;
  /** In colour where standard output is a terminal, unless NO_COLOR says otherwise. */
  paint(colour: Colour, text: string): string;
  /** Columns, fitted into the terminal; the columns of `flexible` are cut where they do not fit. */
  table(head: readonly string[], rows: readonly (readonly string[])[], flexible: readonly number[]): Promise<void>;
}

export function createScreen({ stdout, stderr }: Shell, json: boolean): Screen {
  const write = (stream: NodeJS.WritableStream, text: string) => void stream.write(`${text}\n`);
  const tint = (colour: Colour, text: string, stream: NodeJS.WritableStream) => styleText(colour, text, { stream });
  return {
    json,
    print(...lines) {
      if (!json) for (const each of lines) write(stdout, each);
    },
    remark(text) {
      if (!json) write(stderr, tint('dim', text, stderr));
    },
    line: (value) => write(stdout, JSON.stringify(value)),
    document: (value) => write(stdout, JSON.stringify(value, undefined, 2)),
    fail({ message, status, next, problems }) {
      if (json) {
        const told = {
          message: safe(message),
          status,
          ...(problems.length > 0 && { problems }),
          ...(next && { next }),
        };
        write(stderr, JSON.stringify({ error: told }, undefined, 2));
        return;
      }
      write(stderr, `${tint('red', 'error', stderr)}  ${safe(message)}`);
      for (const { path, message: what } of problems) write(stderr, safe(`  ${path ? `${path}: ` : ''}${what}`));
      if (next) write(stderr, safe(next));
    },
    paint: (colour, text) => tint(colour, text, stdout),
    async table(head, rows, flexible) {
      const { tableLines } = await import('./table.ts');
      const titles = head.map((title) => tint('dim', title, stdout));
      // Some terminals do not know their width, and say 0.
      const room = (stdout.isTTY && stdout.columns) || undefined;
      this.print(...tableLines([titles, ...rows], flexible, room));
    },
  };
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
