import { parseArgs } from 'node:util';
import { answers, baseline, slowAnswers } from './faults/answers.ts';
import { emptied } from './faults/emptied.ts';
import { killed } from './faults/killed.ts';
import { machine } from './faults/machine.ts';
import { oddAndQuiet } from './faults/odd.ts';
import type { Scenario } from './faults/scenario.ts';
import { storageFaults } from './faults/storage-faults.ts';
import { storm } from './faults/storm.ts';
import { heading, line } from './faults/table.ts';
import type { Figures } from './faults/tally.ts';
import { tenMinutes } from './faults/ten-minutes.ts';
import { twoRelays } from './faults/two-relays.ts';
import { endAll } from './faults/world.ts';

// Faults against the real local run: what becomes of events that it has answered for. Ends with 1 where one was lost,
// or doubled without need.

/** One after the other; those in one line at the same time, for most of their time is waiting. */
const TURNS: readonly (readonly Scenario[])[] = [
  [baseline],
  [answers, slowAnswers, tenMinutes],
  [oddAndQuiet, twoRelays],
  [storageFaults, emptied],
  [killed],
  [storm],
];
const NAMES = TURNS.flat().flatMap(({ names }) => names);

const { values } = parseArgs({
  options: {
    case: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: '20261121' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const unknown = values.case.filter((each) => !NAMES.includes(each));

if (values.help || unknown.length > 0) {
  console.log(`npm run bench:faults -- [--case name]… [--seed number] [--json]\n\ncases: ${NAMES.join(', ')}`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

const began = Date.now();
const seconds = () => ((Date.now() - began) / 1_000).toFixed(0);
const progress = (text: string) => {
  if (!values.json) process.stderr.write(`  ${seconds().padStart(4)} s  ${text}\n`);
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => endAll().finally(() => process.exit(130)));
}

const rows: Figures[] = [];
if (!values.json) console.log(`${machine()}\n\n${heading()}`);

async function shown({ names, run }: Scenario): Promise<void> {
  const wanted = names.filter((name) => values.case.length === 0 || values.case.includes(name));
  if (wanted.length === 0) return;
  for (const row of await run(wanted, { seed: Number(values.seed), progress })) {
    rows.push(row);
    if (!values.json) console.log(line(row));
  }
}

for (const scenarios of TURNS) await Promise.all(scenarios.map(shown));
const isKept = rows.every(({ ok }) => ok);
const lost = rows.reduce((sum, row) => sum + row.lost, 0);
if (values.json) console.log(JSON.stringify({ machine: machine(), seed: Number(values.seed), rows }, undefined, 2));
else
  console.log(
    `\n${lost === 0 ? '0' : `LOST: ${lost}, not 0`} lost everywhere${isKept ? '' : '; NOT KEPT: see above'}  ${seconds()} s`,
  );
process.exit(isKept && lost === 0 ? 0 : 1);
