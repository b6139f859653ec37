import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { share } from '../support/sweep.ts';

const run = promisify(execFile);
const FLOOD = fileURLToPath(new URL('support/flood.ts', import.meta.url));

const outcome = z.object({ left: z.number(), twice: z.number(), unnamed: z.number() });

// The heap of a process in 512 MiB is four times as large; all that waits here does not fit into this one together.
const HEAP = '--max-old-space-size=64';

it.each([
  ['flush', 'parked'],
  ['release', 'held'],
])(
  'a %s of the largest events for six receivers at once fits into a small heap, and tells each once',
  async (_, place) => {
    const events = share(900);
    const { stdout } = await run(process.execPath, [HEAP, FLOOD, place, '6', `${events}`]);
    expect(outcome.parse(JSON.parse(stdout))).toStrictEqual({ left: 6 * events, twice: 0, unnamed: 0 });
  },
);
