import { styleText } from 'node:util';
import type { CommandFailure } from './failure.ts';
import type { Shell } from './shell.ts';

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

/** Text from elsewhere, without what could move a terminal's cursor, ring its bell or reorder what is read. */
export const safe = (text: string): string => text.replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '');

/** The same on one line. */
export const safeLine = (text: string): string => safe(text.replace(/\s+/g, ' ')).trim();
