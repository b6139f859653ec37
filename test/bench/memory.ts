import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { figure, median } from './median.ts';

const EVENTS = 100_000;

interface Row {
  readonly events: number;
  readonly heapUsed: number;
  readonly rss: number;
}

/** Memory of one relay over many events, each about another resource, stored in memory and forgotten as in Azure. */
export async function memoryFigures(): Promise<string> {
  const script = fileURLToPath(new URL('memory-run.ts', import.meta.url));
  const child = fork(script, [String(EVENTS)], { execArgv: ['--expose-gc'] });
  const [{ rows, sent }] = (await once(child, 'message')) as [{ rows: readonly Row[]; sent: number }];
  const quarter = rows.length / 4;
  // The first quarter fills what is kept for thirty days, and warms up.
  const early = rows.slice(quarter, 2 * quarter);
  const late = rows.slice(-quarter);
  const line = (what: string, of: (row: Row) => number) => {
    const [before, after] = [median(early.map(of)), median(late.map(of))];
    const megabytes = [before, after].map((bytes) => figure(bytes / 2 ** 20, 'MB'));
    return `  ${what.padEnd(20)} ${megabytes.join(' → ')}  = ${(after / before).toFixed(2)} × (aim: at most 1.1)`;
  };
  return [
    `memory over ${figure(EVENTS, 'events')}, ${figure(sent, 'messages')}: second quarter → last quarter`,
    line('heap after collection', ({ heapUsed }) => heapUsed),
    line('resident', ({ rss }) => rss),
  ].join('\n');
}
